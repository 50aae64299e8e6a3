import { describe, expect, test } from '@jest/globals';
import type { DeployedFunction } from '../../../../tools/local/template.ts';
import { readChain, withQueueUrls } from '../../../../tools/local/template-chain.ts';

type Resources = Parameters<typeof readChain>[0];

const sender: DeployedFunction = { name: 'Sender', codeFile: 'a', export: 'handler', timeoutMs: 1, environment: {} };
const resources: Resources = [
  ['Bus', { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus-1' } }],
  ['Letters', { Type: 'AWS::SQS::Queue', Properties: {} }],
  [
    'Queue',
    {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 180,
        RedrivePolicy: { maxReceiveCount: 12, deadLetterTargetArn: { 'Fn::GetAtt': ['Letters', 'Arn'] } },
      },
    },
  ],
];

const rule = (properties: object): Resources[number] => [
  'Rule',
  { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['a'] }, ...properties } },
];
const mapping = (properties: object): Resources[number] => [
  'Mapping',
  {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: 'Sender' }, BatchSize: 10, ...properties },
  },
];
const read = (...more: Resources) =>
  readChain(
    [...resources, ...more],
    () => sender,
    (value) => `the table ${(value as { Ref: string }).Ref}`,
  );
const ofQueue = { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } };

describe('what localhost reads of the chain', () => {
  test('is the bus, and each queue with its dead letters', () => {
    expect(read()).toMatchObject({
      busName: 'bus-1',
      queues: [
        { name: 'Letters', visibilityMs: 30_000, maxReceiveCount: undefined, deadLetters: undefined },
        { name: 'Queue', visibilityMs: 180_000, maxReceiveCount: 12, deadLetters: 'Letters' },
      ],
    });
  });

  test('are the rules of the bus, and not those of AWS itself', () => {
    const targets = { Targets: [{ Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] };
    expect(read(rule({ EventBusName: { Ref: 'Bus' }, ...targets }), rule(targets)).rules).toEqual([
      { pattern: { source: ['a'] }, queues: ['Queue'] },
    ]);
  });

  test('is no rule that leads to something else than a queue', () => {
    const elsewhere = { EventBusName: { Ref: 'Bus' }, Targets: [{ Arn: { 'Fn::GetAtt': ['Sender', 'Arn'] } }] };
    expect(() => read(rule(elsewhere))).toThrow('an event can only go to a queue');
  });

  test.each([
    ['no limit', {}, 5],
    ['a limit', { ScalingConfig: { MaximumConcurrency: 50 } }, 50],
  ])('is how many batches a function works on at once, with %s', (_what, properties, concurrency) => {
    const [only] = read(mapping({ ...ofQueue, ...properties })).mappings;
    expect(only).toEqual({ function: sender, batchSize: 10, concurrency, from: { queue: 'Queue' }, filters: [] });
  });

  test('is the stream of a table, with the filters', () => {
    const filter = JSON.stringify({ eventName: ['INSERT'] });
    const [only] = read(
      mapping({
        EventSourceArn: { 'Fn::GetAtt': ['Orders', 'StreamArn'] },
        FilterCriteria: { Filters: [{ Pattern: filter }] },
      }),
    ).mappings;
    expect(only).toMatchObject({ from: { table: 'the table Orders' }, filters: [{ eventName: ['INSERT'] }] });
  });
});

test('the URLs of queues are where they are served, and nothing else is changed', () => {
  const environment = { QUEUE_URL: 'queue:Queue', NAME: 'a queue:Queue' };
  expect(withQueueUrls(environment, 'http://127.0.0.1:4000')).toEqual({
    QUEUE_URL: 'http://127.0.0.1:4000/000000000000/Queue',
    NAME: 'a queue:Queue',
  });
});
