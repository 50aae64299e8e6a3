import { isDeepStrictEqual } from 'node:util';
import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createExecutionRepository } from '../../../lambda/dynamodb/execution-repository.ts';
import { publisherMetricNames } from '../../../lambda/environment/metric-names.ts';
import { createDeadLetters } from '../../../lambda/events/dead-letters.ts';
import { createEventBus } from '../../../lambda/events/event-bus.ts';
import { createEventTelemetry } from '../../../lambda/events/event-telemetry.ts';
import { createPublisher } from '../../../lambda/publisher/publish.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { Random } from '../../support/random.ts';
import { countsIn } from './event-lines.ts';
import { prototypeFlaw, secretIn } from './oracles.ts';
import { captured } from './service.ts';
import { type Fate, fateOf } from './stream-reference.ts';
import { drawStreamRecord, type StreamRecord } from './stream-rows.ts';
import { drawTrouble } from './troubles.ts';

type Service = 'bus' | 'refusing bus' | 'executions' | 'dead letters';

/** What the publisher did with a batch. */
export interface Published {
  /** The sequence numbers of those that come again. */
  readonly failed: readonly string[];
  readonly events: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly noted: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly letters: ReadonlyArray<{ readonly body: string; readonly reason: string }>;
  readonly printed: string;
}

/** A publisher of which one service may fail, with an error that gives secrets away. */
export type PublishBatch = (
  batch: readonly StreamRecord[],
  failing: Service | undefined,
  error: Error,
) => Promise<Published>;

export function fuzzPublisher(): PublishBatch {
  return async (batch, failing, error) => {
    const [events, noted, letters] = [[], [], []] as [
      Published['events'][0][],
      Published['noted'][0][],
      Published['letters'][0][],
    ];
    const failIf = (service: Service) => {
      if (failing === service) throw error;
    };
    const bus = async ({ input }: PutEventsCommand) => {
      failIf('bus');
      if (failing === 'refusing bus') return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] };
      events.push(...(input.Entries ?? []).map((entry) => ({ ...entry })));
      return { Entries: [{ EventId: '1' }] };
    };
    const table = async ({ input }: PutCommand) => {
      failIf('executions');
      noted.push(input.Item ?? {});
      return {};
    };
    const queue = async ({ input }: SendMessageCommand) => {
      failIf('dead letters');
      letters.push({ body: input.MessageBody ?? '', reason: input.MessageAttributes?.['reason']?.StringValue ?? '' });
      return {};
    };
    const publish = createPublisher({
      bus: createEventBus({ send: bus } as unknown as EventBridgeClient, 'bus'),
      executions: createExecutionRepository({ send: table } as unknown as DynamoDBDocumentClient, 'Executions'),
      deadLetters: createDeadLetters({ send: queue } as unknown as SQSClient, 'dead letters'),
      report: createEventTelemetry(
        'publish',
        publisherMetricNames,
        { service: 'fuzz', version: 'a1' },
        () => startOfTest,
      ),
    });
    const Records = batch.map(({ record }) => record);
    const { result, printed } = await captured(async () => await publish({ Records }, contextOf()));
    const failed = result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted();
    return { failed, events, noted, letters, printed };
  };
}

/** Hands the publisher the records that a seed stands for. @returns what is wrong, with the records that show it */
export async function fuzzRecord(publish: PublishBatch, seed: number): Promise<string | undefined> {
  const random = new Random(seed);
  const count = random.pick([1, 1, 2, 3, 10]);
  const batch = Array.from({ length: count }, (_value, index) => drawStreamRecord(random, index + 1));
  const failing = random.chance(12)
    ? random.pick(['bus', 'refusing bus', 'executions', 'dead letters'] as const)
    : undefined;
  const { error } = drawTrouble(random);
  const check = async (records: readonly StreamRecord[]) => {
    try {
      const published = await publish(records, failing, error);
      return flawOfPublished(records, failing, published) ?? prototypeFlaw(seed % 64 === 0);
    } catch (thrown) {
      return `It threw: ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
    }
  };
  const flaw = await check(batch);
  if (flaw === undefined) return undefined;
  for (const record of batch) {
    const alone = await check([record]);
    if (alone !== undefined) return described(alone, [record], failing);
  }
  return described(flaw, batch, failing);
}

function described(flaw: string, batch: readonly StreamRecord[], failing: Service | undefined): string {
  const trouble = failing === undefined ? '' : `With the ${failing} failing: `;
  return `${trouble}${flaw}\n${JSON.stringify(batch.map(({ record }) => record))}`;
}

export function flawOfPublished(
  batch: readonly StreamRecord[],
  failing: Service | undefined,
  { failed, events, noted, letters, printed }: Published,
): string | undefined {
  const fates = batch.map(fateOf);
  const failedByFate = batch.map((_record, index) => isFailing(fates[index] as Fate, failing));
  const expected = batch
    .filter((_record, index) => failedByFate[index])
    .map(({ record }) => record.dynamodb?.SequenceNumber);
  if (!isDeepStrictEqual(failed, expected)) return `${failed.join()} come again, and ${expected.join()} have to.`;

  const sent = fates.filter((fate) => fate.kind === 'EVENT' && failing !== 'bus' && failing !== 'refusing bus');
  const details = events.map(({ Detail }) => JSON.parse(String(Detail)) as object);
  const wanted = sent.map((fate) => (fate as Extract<Fate, { kind: 'EVENT' }>).event);
  if (!isDeepStrictEqual(details, wanted))
    return `It published ${JSON.stringify(details)}, not ${JSON.stringify(wanted)}.`;
  const misnamed = events.find(({ Source, DetailType }, index) => {
    return Source !== 'payment-cancel' || DetailType !== (details[index] as { type: string }).type;
  });
  if (misnamed !== undefined) return `The bus cannot tell what ${JSON.stringify(misnamed)} is.`;
  const toNote = sent.filter((fate) => fate.kind === 'EVENT' && fate.isNoted && failing !== 'executions').length;
  if (noted.length !== toNote) return `${noted.length} executions were put, and ${toNote} have to be.`;
  return (
    flawOfLetters(batch, fates, failing, letters) ??
    flawOfLines(fates, failedByFate, printed) ??
    leakIn({ events, noted, letters, printed })
  );
}

function isFailing(fate: Fate, failing: Service | undefined): boolean {
  if (fate.kind === 'DEAD_LETTER') return failing === 'dead letters';
  if (fate.kind === 'NOTHING') return false;
  return failing === 'bus' || failing === 'refusing bus' || (failing === 'executions' && fate.isNoted);
}

function flawOfLetters(
  batch: readonly StreamRecord[],
  fates: readonly Fate[],
  failing: Service | undefined,
  letters: Published['letters'],
): string | undefined {
  const kept = batch.filter((_record, index) => fates[index]?.kind === 'DEAD_LETTER' && failing !== 'dead letters');
  if (letters.length !== kept.length)
    return `There are ${letters.length} dead letters, and there have to be ${kept.length}.`;
  for (const [index, { body, reason }] of letters.entries()) {
    const { row } = kept[index] as StreamRecord;
    const pointer = JSON.parse(body) as Record<string, unknown>;
    if (pointer['orderKey'] !== row['orderKey']) return `A dead letter does not point to its row: ${body}.`;
    const fate = fates[batch.indexOf(kept[index] as StreamRecord)] as Extract<Fate, { kind: 'DEAD_LETTER' }>;
    const isNamed = fate.attributes.some((name) => reason.endsWith(` impossible ${name}.`));
    if (!isNamed && reason !== 'It cannot be read.')
      return `A dead letter's reason is "${reason}", not ${fate.attributes.join()}.`;
  }
  return undefined;
}

/** Whatever happens to a record is counted once. */
function flawOfLines(fates: readonly Fate[], failed: readonly boolean[], printed: string): string | undefined {
  const count = (kind: Fate['kind']) =>
    fates.filter((fate, index) => fate.kind === kind && failed[index] === false).length;
  const wanted = {
    Published: count('EVENT'),
    PublishFailed: failed.filter(Boolean).length,
    Unpublishable: count('DEAD_LETTER'),
  };
  const counts = countsIn(printed, publisherMetricNames);
  return isDeepStrictEqual(counts, wanted)
    ? undefined
    : `It counts ${JSON.stringify(counts)}, not ${JSON.stringify(wanted)}.`;
}

function leakIn({ events, noted, letters, printed }: Omit<Published, 'failed'>): string | undefined {
  const text = JSON.stringify([events, noted, letters], (_name, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  const leaked = secretIn(text) ?? secretIn(printed);
  return leaked === undefined ? undefined : `The secret ${leaked} got out.`;
}
