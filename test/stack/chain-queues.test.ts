import { describe, expect, test } from '@jest/globals';
import { quickReceives, redeliveryHours } from '../../lambda/environment/redelivery-times.ts';
import { stageNames } from '../support/assemblies.ts';
import { nameOf, propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';
import type { StageName } from '../../lib/stages.ts';

const templates = templatesByStage();
const queueOf = (stage: StageName, name: string) => propertiesOf(templates[stage], 'AWS::SQS::Queue', name);
const names = [
  'RefundsOutDeadLetters',
  'RefundsBackQueue',
  'RefundsBackDeadLetters',
  'RefundsInQueue',
  'RefundsInDeadLetters',
  'RefundsWebhooksQueue',
  'RefundsWebhooksDeadLetters',
];
const ofAll = stageNames.flatMap((stage) => names.map((name) => ({ stage, name })));

interface Statement {
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition: unknown;
}

interface OfOneRule {
  readonly ArnEquals: Readonly<Record<string, unknown>>;
}

function statementsOf(stage: StageName, name: string): readonly Statement[] {
  const { PolicyDocument } = propertiesOf(templates[stage], 'AWS::SQS::QueuePolicy', `${name}Policy`);
  return (PolicyDocument as { readonly Statement: readonly Statement[] }).Statement;
}

describe('the queues', () => {
  test.each(stageNames)('of %s are these', (stage) => {
    const found = resourcesOf(templates[stage], 'AWS::SQS::Queue').map(([id]) => nameOf(id));
    expect(new Set(found)).toEqual(new Set(names));
  });

  test.each(ofAll)('of $stage are encrypted, and keep messages as long as SQS can: $name', ({ stage, name }) => {
    expect(queueOf(stage, name)).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
  });

  test.each(ofAll)('of $stage take and give nothing without TLS: $name', ({ stage, name }) => {
    expect(statementsOf(stage, name)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  // Otherwise any rule of any account could put a report there without the bus.
  test.each(stageNames)('of %s let one rule send, to its queue and to its dead letters, and nothing else', (stage) => {
    const senders = names.flatMap((name) =>
      statementsOf(stage, name)
        .filter(({ Effect }) => Effect !== 'Deny')
        .map(({ Principal, Condition, Resource }) => ({
          ...(Principal as object),
          rule: textOf((Condition as OfOneRule).ArnEquals['aws:SourceArn']),
          queue: textOf(Resource),
        })),
    );
    const ofOrders = { Service: 'events.amazonaws.com', rule: '<RefundsInEvents.Arn>' };
    const ofReports = { Service: 'events.amazonaws.com', rule: '<RefundsBackReports.Arn>' };
    const ofWebhooks = { Service: 'events.amazonaws.com', rule: '<RefundsWebhooksEvents.Arn>' };
    expect(senders).toEqual([
      { ...ofReports, queue: '<RefundsBackQueue.Arn>' },
      { ...ofReports, queue: '<RefundsBackDeadLetters.Arn>' },
      { ...ofOrders, queue: '<RefundsInQueue.Arn>' },
      { ...ofOrders, queue: '<RefundsInDeadLetters.Arn>' },
      { ...ofWebhooks, queue: '<RefundsWebhooksQueue.Arn>' },
      { ...ofWebhooks, queue: '<RefundsWebhooksDeadLetters.Arn>' },
    ]);
  });

  test.each(stageNames)(
    'of %s: a report that is not taken comes again for an hour, and is a dead letter then',
    (stage) => {
      const { RedrivePolicy, VisibilityTimeout } = queueOf(stage, 'RefundsBackQueue') as {
        readonly RedrivePolicy: { readonly deadLetterTargetArn: unknown; readonly maxReceiveCount: number };
        readonly VisibilityTimeout: number;
      };
      expect(RedrivePolicy.maxReceiveCount * VisibilityTimeout).toBe(3600);
      expect(textOf(RedrivePolicy.deadLetterTargetArn)).toBe('<RefundsBackDeadLetters.Arn>');
      const { Timeout } = propertiesOf(templates[stage], 'AWS::Lambda::Function', 'RefundsBackTakerFunction');
      // As AWS recommends, so that no message is delivered again while it is being taken.
      expect(VisibilityTimeout).toBe(6 * Number(Timeout));
    },
  );

  test.each(stageNames)('of %s: an event that is not taken comes again for six hours', (stage) => {
    const { RedrivePolicy, VisibilityTimeout } = queueOf(stage, 'RefundsInQueue') as {
      readonly RedrivePolicy: { readonly deadLetterTargetArn: unknown; readonly maxReceiveCount: number };
      readonly VisibilityTimeout: number;
    };
    // The first ones come again in seconds, which the function sees to.
    expect((RedrivePolicy.maxReceiveCount - quickReceives) * VisibilityTimeout).toBe(redeliveryHours * 3600);
    expect(redeliveryHours).toBe(6);
    expect(textOf(RedrivePolicy.deadLetterTargetArn)).toBe('<RefundsInDeadLetters.Arn>');
    const { Timeout } = propertiesOf(templates[stage], 'AWS::Lambda::Function', 'RefundsInTakerFunction');
    expect(VisibilityTimeout).toBe(6 * Number(Timeout));
  });

  test.each(stageNames)('of %s that have dead letters hand them to nobody', (stage) => {
    const last = names.filter((name) => name.endsWith('DeadLetters'));
    for (const name of last) {
      expect(queueOf(stage, name)).not.toHaveProperty('RedrivePolicy');
    }
  });
});
