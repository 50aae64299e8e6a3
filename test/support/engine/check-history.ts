import { isDeepStrictEqual } from 'node:util';
import type { Order } from '../../../lambda/domain/order.ts';
import type { CancellationRecord } from '../../../lambda/dynamodb/items.ts';
import { addRecord, checkOrder, emptySummary } from '../../../tools/audit/check-order.ts';
import type { CancelResponse } from './fleet.ts';
import type { MerchantRequest } from './histories.ts';

/** A request and its final answer. */
export interface Exchange {
  readonly request: MerchantRequest;
  readonly answered: CancelResponse;
}

/**
 * Proves of one history, against what the tables hold in the end:
 * - every answer is one that the contract has for these requests;
 * - successes and records are one to one, and have the same data;
 * - the same request with the same key, or without one, has one outcome;
 * - lines and records agree, and no line is exceeded.
 * @returns one sentence per violation; none when all of it holds
 */
export function checkHistory(
  exchanges: readonly Exchange[],
  order: Order,
  records: readonly CancellationRecord[],
): string[] {
  const summary = emptySummary();
  for (const record of records) addRecord(summary, record, order.currencyCode);
  return [
    ...foreign(exchanges),
    ...unrecorded(exchanges, records),
    ...unanswered(exchanges, records),
    ...divided(exchanges),
    ...checkOrder(order, summary),
  ];
}

const finalStatuses: ReadonlySet<number> = new Set([200, 400, 422]);

function foreign(exchanges: readonly Exchange[]): string[] {
  return exchanges
    .filter(({ answered }) => !finalStatuses.has(answered.status))
    .map(({ answered }) => `answered ${answered.status} ${JSON.stringify(answered.envelope)}`);
}

function unrecorded(exchanges: readonly Exchange[], records: readonly CancellationRecord[]): string[] {
  return successesOf(exchanges).flatMap(({ answered: { envelope } }) => {
    const { data } = envelope;
    const named = records.filter(({ returnRequestId }) => returnRequestId === data?.returnRequestId);
    const [record, ...others] = named;
    const isRecorded =
      record !== undefined && others.length === 0 && isDeepStrictEqual(JSON.parse(record.dataJson), data);
    return isRecorded ? [] : [`${named.length} records, or others, of the success ${JSON.stringify(data)}`];
  });
}

function unanswered(exchanges: readonly Exchange[], records: readonly CancellationRecord[]): string[] {
  const told = new Set(successesOf(exchanges).map(({ answered }) => answered.envelope.data?.returnRequestId));
  return records
    .filter(({ returnRequestId }) => !told.has(returnRequestId))
    .map(({ returnRequestId }) => `${returnRequestId} is recorded, and no request was told`);
}

function divided(exchanges: readonly Exchange[]): string[] {
  const same = Map.groupBy(exchanges, ({ request }) => JSON.stringify([request.idempotencyKey, request.text]));
  return [...same].flatMap(([request, twins]) => {
    const successes = successesOf(twins);
    const ids = new Set(successes.map(({ answered }) => answered.envelope.data?.returnRequestId));
    const isOne = successes.length === 0 || (successes.length === twins.length && ids.size === 1);
    return isOne ? [] : [`${successes.length} of ${twins.length} have ${ids.size} successes: ${request}`];
  });
}

function successesOf(exchanges: readonly Exchange[]): Exchange[] {
  return exchanges.filter(({ answered }) => answered.status === 200);
}
