import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { maxBodyBytes } from '../lambda/contract/limits.ts';
import { gatewayRefusals } from '../lambda/contract/result-codes.ts';
import { asciiJson } from './ascii-json.ts';
import type { Stage } from './stages.ts';

/** The web ACL before the gateway: what is too large, too often, or known to be an attack does not reach the function. */
export class Firewall extends Construct {
  private readonly aclName: string;
  private readonly rules: readonly Rule[];

  constructor(scope: Construct, id: string, { stage, api }: { readonly stage: Stage; readonly api: RestApi }) {
    super(scope, id);
    this.aclName = `payment-cancel-${stage.name}`;
    this.rules = [
      oversizeRule,
      rateRule('RatePerAccessKey', {
        limit: stage.rateLimits.perAccessKey,
        aggregateKeyType: 'CUSTOM_KEYS',
        customKeys: [{ header: { name: 'x-access-key', textTransformations: [{ priority: 0, type: 'NONE' }] } }],
      }),
      rateRule('RatePerAddress', { limit: stage.rateLimits.perAddress, aggregateKeyType: 'IP' }),
      managedRule('AWSManagedRulesKnownBadInputsRuleSet', []),
      // What two of its rules block, the contract allows: bodies from 8 KB on, and clients that do not name themselves.
      managedRule('AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY', 'NoUserAgent_HEADER']),
    ];
    const acl = new CfnWebACL(this, 'Acl', {
      // CloudWatch knows the web ACL by its metric's name: with one name for both there is nothing to mix up.
      name: this.aclName,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(this.aclName),
      dataProtectionConfig: { dataProtections: protectedFields },
      // Bodies are looked at up to the contract's limit. What is longer is blocked, not let through unseen.
      associationConfig: { requestBody: { API_GATEWAY: { defaultSizeInspectionLimit: 'KB_64' } } },
      customResponseBodies: {
        TooLarge: { contentType: 'APPLICATION_JSON', content: envelope(gatewayRefusals.REQUEST_TOO_LARGE) },
        Throttled: { contentType: 'APPLICATION_JSON', content: envelope(gatewayRefusals.THROTTLED) },
      },
      rules: this.rules.map((rule, priority) => ({ ...rule, priority })),
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: api.deploymentStage.stageArn,
      webAclArn: acl.attrArn,
    });
    addLog(this, stage, acl);
  }

  /** What each rule blocked. */
  blockedByRule(options: MetricOptions): Metric[] {
    return this.rules.map(({ name }) => {
      const dimensionsMap = { WebACL: this.aclName, Region: Stack.of(this).region, Rule: name };
      return new Metric({
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        dimensionsMap,
        label: name,
        ...options,
      });
    });
  }
}

type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>;

/** What no log, sample or match detail of the firewall shows: who signs, with what, and bank accounts. */
const protectedFields: CfnWebACL.DataProtectProperty[] = [
  { field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['x-access-key', 'x-ebp-signature'] }, action: 'SUBSTITUTION' },
  { field: { fieldType: 'BODY' }, action: 'SUBSTITUTION' },
  { field: { fieldType: 'QUERY_STRING' }, action: 'SUBSTITUTION' },
];

/** A line for every request that a rule blocked or counted: which rule it was, so that a false alarm can be told. */
function addLog(scope: Construct, stage: Stage, acl: CfnWebACL): void {
  const log = new LogGroup(scope, 'Log', {
    // AWS WAF writes to groups of this prefix alone.
    logGroupName: `aws-waf-logs-payment-cancel-${stage.name}`,
    retention: stage.logRetentionDays as RetentionDays,
    removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  });
  new CfnLoggingConfiguration(scope, 'Logging', {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [
      Stack.of(scope).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: log.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
    loggingFilter: {
      DefaultBehavior: 'DROP',
      Filters: [
        {
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
        },
      ],
    },
  });
}

const oversizeRule: Rule = {
  name: 'BodyTooLarge',
  statement: {
    sizeConstraintStatement: {
      fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
      comparisonOperator: 'GT',
      size: maxBodyBytes,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  },
  action: { block: { customResponse: { responseCode: 413, customResponseBodyKey: 'TooLarge' } } },
  visibilityConfig: visibility('BodyTooLarge'),
};

function rateRule(name: string, statement: CfnWebACL.RateBasedStatementProperty): Rule {
  return {
    name,
    statement: { rateBasedStatement: { evaluationWindowSec: 300, ...statement } },
    action: {
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: 'Throttled',
          responseHeaders: [{ name: 'Retry-After', value: '60' }],
        },
      },
    },
    visibilityConfig: visibility(name),
  };
}

function managedRule(name: string, counted: readonly string[]): Rule {
  return {
    name,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    overrideAction: { none: {} },
    visibilityConfig: visibility(name),
  };
}

/** No sampled requests: they would show headers, and among them access keys and signatures. */
function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}

/** The envelope as the firewall can write it: it puts nothing in, so the request has no id here and no time. */
function envelope({ resultCode, message }: { readonly resultCode: string; readonly message: string }): string {
  return asciiJson({ resultCode, message, requestId: '', timestamp: '', data: null, errors: [] });
}
