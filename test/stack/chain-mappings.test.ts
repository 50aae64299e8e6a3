import { describe, expect, test } from '@jest/globals';
import { stageNames } from '../support/assemblies.ts';
import { fits } from '../support/event-patterns.ts';
import { propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';
import type { StageName } from '../../lib/stages.ts';

const templates = templatesByStage();
const mappingOf = (stage: StageName, name: string) =>
  propertiesOf(templates[stage], 'AWS::Lambda::EventSourceMapping', name);

const streams = [
  { name: 'RefundsOutCancellations', table: 'TablesCancellations', taken: 'INSERT' },
  { name: 'RefundsOutExecutions', table: 'TablesExecutions', taken: 'MODIFY' },
] as const;
const ofStreams = stageNames.flatMap((stage) => streams.map((stream) => ({ stage, ...stream })));
const hour = 3600;

describe('the mappings', () => {
  test.each(stageNames)('of %s are five', (stage) => {
    expect(resourcesOf(templates[stage], 'AWS::Lambda::EventSourceMapping')).toHaveLength(5);
  });

  test.each(ofStreams)('of $stage read the stream of $table from its beginning', ({ stage, name, table }) => {
    const { EventSourceArn, FunctionName, StartingPosition, BatchSize, ParallelizationFactor } = mappingOf(stage, name);
    expect([EventSourceArn, FunctionName].map(textOf)).toEqual([
      `<${table}.StreamArn>`,
      '<RefundsOutPublisherFunction>',
    ]);
    // LATEST would pass over what was recorded while the mapping was made.
    expect({ StartingPosition, BatchSize, ParallelizationFactor }).toEqual({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      ParallelizationFactor: 4,
    });
  });

  test.each(ofStreams)('of $stage hand over $taken of $table and nothing else', ({ stage, name, taken }) => {
    const { Filters } = mappingOf(stage, name)['FilterCriteria'] as {
      readonly Filters: ReadonlyArray<{ readonly Pattern: string }>;
    };
    const handedOver = ['INSERT', 'MODIFY', 'REMOVE'].filter((eventName) =>
      Filters.some(({ Pattern }) => fits(JSON.parse(Pattern), { eventName, dynamodb: {} })),
    );
    expect(handedOver).toEqual([taken]);
  });

  test.each(ofStreams)(
    'of $stage repeat until a record is old, and less than the 24 hours of a stream: $table',
    ({ stage, name }) => {
      const mapping = mappingOf(stage, name);
      expect(mapping['MaximumRecordAgeInSeconds']).toBe(20 * hour);
      // By count, an outage of minutes would make dead letters of everything.
      expect(mapping).not.toHaveProperty('MaximumRetryAttempts');
    },
  );

  test.each(ofStreams)(
    'of $stage repeat only what failed, and keep a pointer to what is given up: $table',
    ({ stage, name }) => {
      const { FunctionResponseTypes, BisectBatchOnFunctionError, DestinationConfig } = mappingOf(stage, name);
      expect({ FunctionResponseTypes, BisectBatchOnFunctionError }).toEqual({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
      });
      const { OnFailure } = DestinationConfig as { readonly OnFailure: { readonly Destination: unknown } };
      expect(textOf(OnFailure.Destination)).toBe('<RefundsOutDeadLetters.Arn>');
    },
  );

  test.each(stageNames.flatMap((stage) => ['RefundsBack', 'RefundsIn'].map((direction) => ({ stage, direction }))))(
    'of $stage read the queue of $direction, each message by itself',
    ({ stage, direction }) => {
      const { EventSourceArn, FunctionName, Tags: _tags, ...others } = mappingOf(stage, `${direction}Messages`);
      expect([EventSourceArn, FunctionName].map(textOf)).toEqual([
        `<${direction}Queue.Arn>`,
        `<${direction}TakerFunction>`,
      ]);
      expect(others).toEqual({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    },
  );

  // Merchants that answer slowly would take the instances of others otherwise.
  test.each([
    { stage: 'dev', atOnce: 5 },
    { stage: 'staging', atOnce: 10 },
    { stage: 'prod', atOnce: 50 },
  ] as const)('of $stage read the queue of webhooks with $atOnce instances at most', ({ stage, atOnce }) => {
    const { EventSourceArn, FunctionName, Tags: _tags, ...others } = mappingOf(stage, 'RefundsWebhooksMessages');
    expect([EventSourceArn, FunctionName].map(textOf)).toEqual([
      '<RefundsWebhooksQueue.Arn>',
      '<RefundsWebhooksSenderFunction>',
    ]);
    expect(others).toEqual({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: atOnce },
    });
  });
});
