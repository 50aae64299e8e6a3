import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { maxBodyBytes } from '../lambda/contract/limits.ts';
import { gatewayRefusals } from '../lambda/contract/result-codes.ts';
import { asciiJson } from './ascii-json.ts';
import { serviceLogGroup, type ServiceLogGroupProps } from './service-log-group.ts';
import { firewallLogName, type Stage } from './stages.ts';

interface FirewallProps {
  readonly stage: Stage;
  /** Encrypts the firewall's log. */
  readonly key: IKey;
  readonly api: RestApi;
}

/**
 * The web ACL in front of the gateway. Requests that are too large, too frequent or known attacks do not reach a
 * function.
 */
export class Firewall extends Construct {
  private readonly aclName: string;
  private readonly rules: readonly Rule[];

  constructor(scope: Construct, id: string, { stage, key, api }: FirewallProps) {
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
      // Two rules that only count, because the contract allows what they would block: bodies of more than 8 KB, and
      // requests without User-Agent.
      managedRule('AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY', 'NoUserAgent_HEADER']),
    ];
    const acl = new CfnWebACL(this, 'Acl', {
      // CloudWatch identifies the web ACL by the name of its metric: one name for both avoids confusion.
      name: this.aclName,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(this.aclName),
      dataProtectionConfig: { dataProtections: protectedFields },
      // Bodies are inspected up to the limit of the contract. Longer ones are blocked, not let through without
      // inspection.
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
    addLog(this, { stage, key, logGroupName: firewallLogName(stage.name) }, acl);
  }

  /** The number of requests that each rule blocked. */
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

/**
 * What logs, samples and match details of the firewall must not show: access keys, signatures, and bodies with bank
 * accounts.
 */
const protectedFields: CfnWebACL.DataProtectProperty[] = [
  { field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['x-access-key', 'x-ebp-signature'] }, action: 'SUBSTITUTION' },
  { field: { fieldType: 'BODY' }, action: 'SUBSTITUTION' },
  { field: { fieldType: 'QUERY_STRING' }, action: 'SUBSTITUTION' },
];

/** Logs each request that a rule blocked or counted, and the rule, so that a false alarm can be recognized. */
function addLog(scope: Construct, named: ServiceLogGroupProps, acl: CfnWebACL): void {
  const log = serviceLogGroup(scope, 'Log', named);
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

/** Without sampled requests: they would show headers, and so access keys and signatures. */
function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}

/** The envelope as the firewall can write it: a fixed text, without request id and time. */
function envelope({ resultCode, message }: { readonly resultCode: string; readonly message: string }): string {
  return asciiJson({ resultCode, message, requestId: '', timestamp: '', data: null, errors: [] });
}
