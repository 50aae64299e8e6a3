import { describe, expect, test } from '@jest/globals';
import {
  eventTypes,
  executorSource,
  platformEventTypes,
  platformSource,
  reportType,
  serviceSource,
} from '../../lambda/events/event-names.ts';
import type { Stage, StageName } from '../../lib/stages.ts';
import { stageNames } from '../support/assemblies.ts';
import { isLetThrough } from '../support/bus-policy.ts';
import { fits } from '../support/event-patterns.ts';
import { templateOf } from '../support/synthesize-template.ts';
import { nameOf, propertiesOf, resourcesOf, type Template, templatesByStage, textOf } from '../support/templates.ts';
import { unfilledStage } from '../support/unfilled-stage.ts';

const templates = templatesByStage();
const publisher = '<RefundsOutPublisherRole.Arn>';
const stranger = 'arn:aws:iam::111111111111:role/some-other';
const executor = 'arn:aws:iam::111111111111:role/refund-executor';
const foreignExecutor = 'arn:aws:iam::222222222222:role/refund-executor';
const operator = 'arn:aws:iam::111111111111:role/operator';
const platform = 'arn:aws:iam::111111111111:role/platform';
const foreignPlatform = 'arn:aws:iam::222222222222:role/platform';

/** The statements of the bus, with ARNs as text. */
function statementsOf(template: Template): unknown[] {
  const { Policy } = propertiesOf(template, 'AWS::Events::EventBus') as {
    readonly Policy: { readonly Statement: readonly unknown[] };
  };
  return Policy.Statement.map(withTexts);
}

/** References, which are objects of one name that CloudFormation knows, as text. */
function withTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value || 'Fn::GetAtt' in value || 'Fn::Join' in value) return textOf(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withTexts(one)]));
}

/** Roles that a bus lets through with an entry of each source, when their own account allows them everything. */
function letThrough(template: Template, sources: readonly string[]): string[] {
  const statements = statementsOf(template);
  return [publisher, stranger, executor, foreignExecutor, operator, platform, foreignPlatform].filter((principal) =>
    isLetThrough(statements, {
      principal,
      sources,
      isAllowedByOwnPolicy: true,
      isOfTheAccount: principal !== foreignExecutor && principal !== foreignPlatform,
    }),
  );
}

const archiveOf = (stage: StageName) => propertiesOf(templates[stage], 'AWS::Events::Archive');
const platformRuleOf = (stage: StageName) => propertiesOf(templates[stage], 'AWS::Events::Rule', 'RefundsInEvents');
const ruleOf = (stage: StageName) => propertiesOf(templates[stage], 'AWS::Events::Rule', 'RefundsBackReports');

const filledIn = (filled: Partial<Stage>) => templateOf({ ...unfilledStage('prod'), ...filled });

describe('the bus', () => {
  test.each(stageNames)('of %s has the name of the stage', (stage) => {
    expect(propertiesOf(templates[stage], 'AWS::Events::EventBus')['Name']).toBe(`payment-cancel-${stage}`);
  });

  test.each(stageNames)('of %s is the one that its policy is about', (stage) => {
    for (const statement of statementsOf(templates[stage])) {
      expect(statement).toMatchObject({
        Action: 'events:PutEvents',
        Resource: `arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:event-bus/payment-cancel-${stage}`,
      });
    }
  });

  test.each(stageNames)('of %s takes refunds that are asked for from the publisher alone', (stage) => {
    expect(letThrough(templates[stage], [serviceSource])).toEqual([publisher]);
  });

  test('takes them from operators who are filled in, too', () => {
    expect(letThrough(filledIn({ operators: [operator] }), [serviceSource])).toEqual([publisher, operator]);
  });

  test('of dev takes reports from whoever has the right in its account', () => {
    expect(letThrough(templates.dev, [executorSource])).toEqual([publisher, stranger, executor, operator, platform]);
  });

  test.each(['staging', 'prod'] as const)('of %s takes reports from nobody until executors are filled in', (stage) => {
    expect(letThrough(templates[stage], [executorSource])).toEqual([]);
  });

  test('takes reports from executors that are filled in, also of another account, and from nobody else', () => {
    const template = filledIn({ executors: [executor, foreignExecutor], operators: [operator] });
    expect(letThrough(template, [executorSource])).toEqual([executor, foreignExecutor]);
  });

  test('of dev takes events of the platform from whoever has the right in its account', () => {
    expect(letThrough(templates.dev, [platformSource])).toEqual([publisher, stranger, executor, operator, platform]);
  });

  test.each(['staging', 'prod'] as const)('of %s takes them from nobody until platforms are filled in', (stage) => {
    expect(letThrough(templates[stage], [platformSource])).toEqual([]);
  });

  test('takes them from platforms that are filled in, also of another account, and from nobody else', () => {
    const template = filledIn({ executors: [executor], operators: [operator], platforms: [platform, foreignPlatform] });
    expect(letThrough(template, [platformSource])).toEqual([platform, foreignPlatform]);
    // Each has its own source only.
    expect(letThrough(template, [executorSource])).toEqual([executor]);
    expect(letThrough(template, [platformSource, executorSource])).toEqual([]);
    expect(letThrough(template, [])).not.toContain(foreignPlatform);
  });

  test('takes no call that has an entry of another source beside a report', () => {
    const template = filledIn({ executors: [executor, foreignExecutor], operators: [operator] });
    expect(letThrough(template, [executorSource, serviceSource])).toEqual([]);
    // Of the account's own roles, IAM decides about other sources. Those of another account have no right to them.
    expect(letThrough(template, [executorSource, 'other'])).toEqual([executor]);
    expect(letThrough(template, [])).not.toContain(foreignExecutor);
  });

  test('takes nothing from a role without a right of its own, unless it is an executor that is named', () => {
    const statements = statementsOf(filledIn({ executors: [executor] }));
    const call = { sources: [executorSource], isAllowedByOwnPolicy: false, isOfTheAccount: true };
    expect(isLetThrough(statements, { ...call, principal: executor })).toBe(true);
    expect(isLetThrough(statements, { ...call, principal: stranger })).toBe(false);
  });
});

describe('the archive', () => {
  test.each(stageNames)('of %s keeps what is on the bus for 30 days', (stage) => {
    const { SourceArn, RetentionDays, ArchiveName } = archiveOf(stage);
    expect({ RetentionDays, ArchiveName }).toEqual({ RetentionDays: 30, ArchiveName: `payment-cancel-${stage}` });
    expect(textOf(SourceArn)).toBe('<RefundsEventsBus.Arn>');
  });

  test.each(stageNames)('of %s has every event and every report, and nothing of others', (stage) => {
    const pattern = archiveOf(stage)['EventPattern'];
    const types = [
      ...eventTypes.map((type) => [serviceSource, type]),
      ...platformEventTypes.map((type) => [platformSource, type]),
      [executorSource, reportType],
    ];
    for (const [source, type] of types) expect(fits(pattern, { source, 'detail-type': type })).toBe(true);
    expect(fits(pattern, { source: 'aws.backup', 'detail-type': reportType })).toBe(false);
  });
});

describe('the bus', () => {
  test.each(stageNames)(
    'of %s has a rule for reports, one for the platform and one for webhooks, all switched on, and no other',
    (stage) => {
      const rules = resourcesOf(templates[stage], 'AWS::Events::Rule').filter(
        ([, { Properties }]) => Properties['EventBusName'] !== undefined,
      );
      expect(rules.map(([id, { Properties }]) => [nameOf(id), Properties['State']])).toEqual([
        ['RefundsBackReports', 'ENABLED'],
        ['RefundsInEvents', 'ENABLED'],
        ['RefundsWebhooksEvents', 'ENABLED'],
      ]);
      for (const [, { Properties }] of rules) expect(textOf(Properties['EventBusName'])).toBe('<RefundsEventsBus>');
    },
  );
});

describe('the rule for reports', () => {
  const report = { source: executorSource, 'detail-type': reportType, detail: {} };

  test.each([
    ['a report of an executor', report, true],
    ["an event of the service's own, by which it could report to itself", { ...report, source: serviceSource }, false],
    ['a report of a later version', { ...report, 'detail-type': 'executor.report.v2' }, false],
    ['a report without a source', { ...report, source: undefined }, false],
  ])('fits %s: %#', (_what, event, isFitting) => {
    for (const stage of stageNames) expect(fits(ruleOf(stage)['EventPattern'], event)).toBe(isFitting);
  });

  test.each(stageNames)(
    'of %s sends to the queue for a day, and what it cannot deliver to the dead letters',
    (stage) => {
      const [target, ...more] = ruleOf(stage)['Targets'] as ReadonlyArray<Readonly<Record<string, unknown>>>;
      const { Arn, DeadLetterConfig, RetryPolicy, Id: _id, ...others } = target ?? {};
      expect({ more, others, RetryPolicy }).toEqual({
        more: [],
        others: {},
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400 },
      });
      expect(textOf(Arn)).toBe('<RefundsBackQueue.Arn>');
      expect(textOf((DeadLetterConfig as { readonly Arn: unknown }).Arn)).toBe('<RefundsBackDeadLetters.Arn>');
    },
  );
});

describe('the rule for events of the platform', () => {
  test.each(stageNames)('of %s takes each of them, from the platform only', (stage) => {
    const { EventPattern, EventBusName, State } = platformRuleOf(stage);
    expect({ bus: textOf(EventBusName), State }).toEqual({ bus: '<RefundsEventsBus>', State: 'ENABLED' });
    for (const type of platformEventTypes) {
      expect(fits(EventPattern, { source: platformSource, 'detail-type': type })).toBe(true);
      for (const source of [serviceSource, executorSource, undefined]) {
        expect(fits(EventPattern, { source, 'detail-type': type })).toBe(false);
      }
    }
    expect(fits(EventPattern, { source: platformSource, 'detail-type': 'payment.captured.v2' })).toBe(false);
  });

  test.each(stageNames)(
    'of %s sends to its queue for a day, and what it cannot deliver to its dead letters',
    (stage) => {
      const [target, ...more] = platformRuleOf(stage)['Targets'] as ReadonlyArray<{
        readonly Arn: unknown;
        readonly DeadLetterConfig: { readonly Arn: unknown };
        readonly RetryPolicy: unknown;
      }>;
      expect(more).toEqual([]);
      expect([target?.Arn, target?.DeadLetterConfig.Arn].map(textOf)).toEqual([
        '<RefundsInQueue.Arn>',
        '<RefundsInDeadLetters.Arn>',
      ]);
      expect(target?.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400 });
    },
  );
});
