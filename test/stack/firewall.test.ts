import { describe, expect, test } from '@jest/globals';
import { maxBodyBytes } from '../../lambda/contract/limits.ts';
import { refusals } from '../../lambda/contract/result-codes.ts';
import { type StageName, stageNamed } from '../../lib/stages.ts';
import { stageNames } from '../support/assemblies.ts';
import { propertiesOf, templatesByStage, textOf } from '../support/templates.ts';

const templates = templatesByStage();

interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: Readonly<Record<string, unknown>>;
  readonly Action?: { readonly Block: { readonly CustomResponse: Readonly<Record<string, unknown>> } };
  readonly OverrideAction?: unknown;
  readonly VisibilityConfig: Readonly<Record<string, unknown>>;
}

const noTransformation = [{ Priority: 0, Type: 'NONE' }];

describe('the firewall', () => {
  test.each(stageNames)("of %s stands before the API's stage", (stage) => {
    expect(aclOf(stage)['Scope']).toBe('REGIONAL');
    const { ResourceArn, WebACLArn } = propertiesOf(templates[stage], 'AWS::WAFv2::WebACLAssociation');
    expect(textOf(WebACLArn)).toBe('<FirewallAcl.Arn>');
    expect(textOf(ResourceArn)).toBe(
      `arn:<AWS::Partition>:apigateway:<AWS::Region>::/restapis/<GatewayApi>/stages/<GatewayApiDeploymentStage${stage}>`,
    );
  });

  test.each(stageNames)(
    'of %s has these rules, each with a priority of its own, and lets the rest through',
    (stage) => {
      const rules = rulesOf(stage);
      expect(rules.toSorted((one, other) => one.Priority - other.Priority).map(({ Name }) => Name)).toEqual([
        'BodyTooLarge',
        'RatePerAccessKey',
        'RatePerAddress',
        'AWSManagedRulesKnownBadInputsRuleSet',
        'AWSManagedRulesCommonRuleSet',
      ]);
      expect(new Set(rules.map(({ Priority }) => Priority)).size).toBe(rules.length);
      expect(aclOf(stage)['DefaultAction']).toEqual({ Allow: {} });
    },
  );

  test.each(stageNames)('of %s blocks a body over 64 KiB with 413, whether it looked at all of it or not', (stage) => {
    const { Statement, Action } = ruleOf(stage, 'BodyTooLarge');
    expect(maxBodyBytes).toBe(65_536);
    expect(Statement).toEqual({
      SizeConstraintStatement: {
        FieldToMatch: { Body: { OversizeHandling: 'MATCH' } },
        ComparisonOperator: 'GT',
        Size: 65_536,
        TextTransformations: noTransformation,
      },
    });
    expect(Action?.Block.CustomResponse).toEqual({ ResponseCode: 413, CustomResponseBodyKey: 'TooLarge' });
  });

  test.each(stageNames)('of %s looks at bodies up to the limit of the contract', (stage) => {
    expect(aclOf(stage)['AssociationConfig']).toEqual({
      RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } },
    });
  });

  test.each([
    { stage: 'dev', limit: 10_000 },
    { stage: 'staging', limit: 30_000 },
    { stage: 'prod', limit: 60_000 },
  ] as const)('of $stage lets $limit requests of an access key through in five minutes', ({ stage, limit }) => {
    expect(stageNamed(stage).rateLimits.perAccessKey).toBe(limit);
    expect(ruleOf(stage, 'RatePerAccessKey').Statement).toEqual({
      RateBasedStatement: {
        AggregateKeyType: 'CUSTOM_KEYS',
        CustomKeys: [{ Header: { Name: 'x-access-key', TextTransformations: noTransformation } }],
        EvaluationWindowSec: 300,
        Limit: limit,
      },
    });
  });

  test.each([
    { stage: 'dev', limit: 10_000 },
    { stage: 'staging', limit: 30_000 },
    { stage: 'prod', limit: 60_000 },
  ] as const)('of $stage lets $limit requests of an address through in five minutes', ({ stage, limit }) => {
    expect(stageNamed(stage).rateLimits.perAddress).toBe(limit);
    expect(ruleOf(stage, 'RatePerAddress').Statement).toEqual({
      RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: limit },
    });
  });

  test.each(stageNames.flatMap((stage) => ['RatePerAccessKey', 'RatePerAddress'].map((name) => ({ stage, name }))))(
    'of $stage responds with 429 for $name, and says when to come back',
    ({ stage, name }) => {
      expect(ruleOf(stage, name).Action?.Block.CustomResponse).toEqual({
        ResponseCode: 429,
        CustomResponseBodyKey: 'Throttled',
        ResponseHeaders: [{ Name: 'Retry-After', Value: expect.stringMatching(/^[1-9]\d*$/) }],
      });
    },
  );

  test.each(stageNames)(
    "of %s has AWS's rules on, but for two that would block what the contract allows: those are counted",
    (stage) => {
      for (const [name, counted] of [
        ['AWSManagedRulesKnownBadInputsRuleSet', []],
        [
          'AWSManagedRulesCommonRuleSet',
          ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'].map((Name) => ({ Name, ActionToUse: { Count: {} } })),
        ],
      ] as const) {
        const { Statement, OverrideAction } = ruleOf(stage, name);
        expect(OverrideAction).toEqual({ None: {} });
        expect(Statement).toEqual({
          ManagedRuleGroupStatement: { VendorName: 'AWS', Name: name, RuleActionOverrides: counted },
        });
      }
    },
  );

  test.each(stageNames)('of %s counts what it does, and keeps no samples of requests, which hold keys', (stage) => {
    const visibility = [aclOf(stage)['VisibilityConfig'], ...rulesOf(stage).map((rule) => rule.VisibilityConfig)];
    for (const config of visibility) {
      expect(config).toEqual({
        CloudWatchMetricsEnabled: true,
        MetricName: expect.any(String),
        SampledRequestsEnabled: false,
      });
    }
    const names = visibility.map((config) => (config as { readonly MetricName: string }).MetricName);
    // The names themselves, so that a metric's dimensions can be read in the template.
    expect(names).toEqual([aclOf(stage)['Name'], ...rulesOf(stage).map(({ Name }) => Name)]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("the firewall's log", () => {
  test.each(stageNames)('of %s goes into a group that AWS WAF writes to, by the ARN that it takes', (stage) => {
    const { LogGroupName } = propertiesOf(templates[stage], 'AWS::Logs::LogGroup', 'FirewallLog');
    expect(LogGroupName).toBe(`aws-waf-logs-payment-cancel-${stage}`);
    const { ResourceArn, LogDestinationConfigs } = loggingOf(stage);
    expect(textOf(ResourceArn)).toBe('<FirewallAcl.Arn>');
    expect((LogDestinationConfigs as unknown[]).map(textOf)).toEqual([
      'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:<FirewallLog>',
    ]);
  });

  test.each(stageNames)('of %s has what was blocked or counted, and nothing else', (stage) => {
    expect(loggingOf(stage)['LoggingFilter']).toEqual({
      DefaultBehavior: 'DROP',
      Filters: [
        {
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
        },
      ],
    });
  });

  test.each(stageNames)('of %s shows no access key, no signature and nothing of a body', (stage) => {
    const { DataProtections } = aclOf(stage)['DataProtectionConfig'] as { readonly DataProtections: unknown };
    // Without exceptions: the match details of a rule are protected too.
    expect(DataProtections).toEqual([
      { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['x-access-key', 'x-ebp-signature'] } },
      { Action: 'SUBSTITUTION', Field: { FieldType: 'BODY' } },
      { Action: 'SUBSTITUTION', Field: { FieldType: 'QUERY_STRING' } },
    ]);
  });
});

describe('what the firewall responds with', () => {
  test.each([
    {
      key: 'TooLarge',
      resultCode: 'EBP-C-0006',
      message: `${refusals.BODY_TOO_LARGE.message.en} / ${refusals.BODY_TOO_LARGE.message.ko}`,
    },
    { key: 'Throttled', resultCode: 'EBP-C-0011', message: expect.stringMatching(/^[A-Z][^/]*\. \/ .*[가-힣].*\.$/) },
  ])('$key is the envelope, with $resultCode', ({ key, resultCode, message }) => {
    for (const stage of stageNames) {
      const { ContentType, Content } = bodiesOf(stage)[key] ?? { ContentType: '', Content: 'null' };
      expect(ContentType).toBe('APPLICATION_JSON');
      expect(Content).toMatch(/^[ -~]+$/);
      expect(JSON.parse(Content)).toEqual({
        resultCode,
        message,
        requestId: '',
        timestamp: '',
        data: null,
        errors: [],
      });
      // The most that AWS WAF takes of one.
      expect(Buffer.byteLength(Content)).toBeLessThan(4096);
    }
  });

  test('is what its rules name, and nothing more', () => {
    const named = rulesOf('prod').flatMap(({ Action }) => Action?.Block.CustomResponse['CustomResponseBodyKey'] ?? []);
    expect(new Set(named)).toEqual(new Set(Object.keys(bodiesOf('prod'))));
  });
});

function aclOf(stage: StageName): Readonly<Record<string, unknown>> {
  return propertiesOf(templates[stage], 'AWS::WAFv2::WebACL');
}

function loggingOf(stage: StageName): Readonly<Record<string, unknown>> {
  return propertiesOf(templates[stage], 'AWS::WAFv2::LoggingConfiguration');
}

function rulesOf(stage: StageName): readonly Rule[] {
  return aclOf(stage)['Rules'] as readonly Rule[];
}

function ruleOf(stage: StageName, name: string): Rule {
  const rule = rulesOf(stage).find(({ Name }) => Name === name);
  if (rule === undefined) throw new Error(`There is no rule ${name}.`);
  return rule;
}

function bodiesOf(
  stage: StageName,
): Readonly<Record<string, { readonly ContentType: string; readonly Content: string }>> {
  return aclOf(stage)['CustomResponseBodies'] as ReturnType<typeof bodiesOf>;
}
