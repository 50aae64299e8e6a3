import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { maxBodyBytes } from '../lambda/contract/limits.ts';
import { gatewayRefusals } from '../lambda/contract/result-codes.ts';
import type { Stage } from './stages.ts';

/** The web ACL before the gateway: what is too large, too often, or known to be an attack does not reach the function. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { stage, api }: { readonly stage: Stage; readonly api: RestApi }) {
    super(scope, id);
    const rules = [
      oversizeRule,
      rateRule('RatePerAccessKey', {
        limit: stage.rateLimits.perAccessKey,
        aggregateKeyType: 'CUSTOM_KEYS',
        customKeys: [{ header: { name: 'x-access-key', textTransformations: [{ priority: 0, type: 'NONE' }] } }],
      }),
      rateRule('RatePerAddress', { limit: stage.rateLimits.perAddress, aggregateKeyType: 'IP' }),
      managedRule('AWSManagedRulesKnownBadInputsRuleSet', []),
      // Its own size rule would block what the contract allows: bodies from 8 KB on.
      managedRule('AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
    ];
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('Firewall'),
      // Bodies are looked at up to the contract's limit. What is longer is blocked, not let through unseen.
      associationConfig: { requestBody: { API_GATEWAY: { defaultSizeInspectionLimit: 'KB_64' } } },
      customResponseBodies: {
        TooLarge: { contentType: 'APPLICATION_JSON', content: envelope(gatewayRefusals.REQUEST_TOO_LARGE) },
        Throttled: { contentType: 'APPLICATION_JSON', content: envelope(gatewayRefusals.THROTTLED) },
      },
      rules: rules.map((rule, priority) => ({ ...rule, priority })),
    });
    new CfnWebACLAssociation(this, 'Association', {
      resourceArn: api.deploymentStage.stageArn,
      webAclArn: acl.attrArn,
    });
  }
}

type Rule = Omit<CfnWebACL.RuleProperty, 'priority'>;

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
  return JSON.stringify({ resultCode, message, requestId: '', timestamp: '', data: null, errors: [] });
}
