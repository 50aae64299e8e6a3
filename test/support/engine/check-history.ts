import { isDeepStrictEqual } from 'node:util';
import type { Order } from '../../../lambda/domain/order.ts';
import type { CancellationRecord } from '../../../lambda/dynamodb/items.ts';
import { addRecord, checkOrder, emptySummary } from '../../../tools/audit/check-order.ts';
import type { TimedResponse } from './fleet.ts';
import type { MerchantRequest } from './histories.ts';

/** A request and its final response. */
export interface FinishedRequest {
  readonly request: MerchantRequest;
  readonly response: TimedResponse;
}

/**
 * Proves of one history, against what the tables hold in the end:
 * - every response is one that the contract has for these requests;
 * - successes and records are one to one, and have the same data;
 * - the same request with the same key, or without one, has one outcome;
 * - lines and records agree, and no line is exceeded.
 * @returns one sentence per violation; none when all of it holds
 */
export function checkHistory(
  finished: readonly FinishedRequest[],
  order: Order,
  records: readonly CancellationRecord[],
): string[] {
  const summary = emptySummary();
  for (const record of records) addRecord(summary, record, order.currencyCode);
  return [
    ...foreign(finished),
    ...unrecorded(finished, records),
    ...unreported(finished, records),
    ...divided(finished),
    ...checkOrder(order, summary),
  ];
}

const finalStatuses: ReadonlySet<number> = new Set([200, 400, 409, 422]);

function foreign(finished: readonly FinishedRequest[]): string[] {
  return finished
    .filter(({ response }) => !finalStatuses.has(response.status))
    .map(({ response }) => `responded ${response.status} ${JSON.stringify(response.envelope)}`);
}

function unrecorded(finished: readonly FinishedRequest[], records: readonly CancellationRecord[]): string[] {
  return successesOf(finished).flatMap(({ response: { envelope } }) => {
    const { data } = envelope;
    const named = records.filter(({ returnRequestId }) => returnRequestId === data?.returnRequestId);
    const [record, ...others] = named;
    const isRecorded =
      record !== undefined && others.length === 0 && isDeepStrictEqual(JSON.parse(record.dataJson), data);
    return isRecorded ? [] : [`${named.length} records, or others, of the success ${JSON.stringify(data)}`];
  });
}

function unreported(finished: readonly FinishedRequest[], records: readonly CancellationRecord[]): string[] {
  const reported = new Set(successesOf(finished).map(({ response }) => response.envelope.data?.returnRequestId));
  return records
    .filter(({ returnRequestId }) => !reported.has(returnRequestId))
    .map(({ returnRequestId }) => `${returnRequestId} is recorded, and no response says so`);
}

function divided(finished: readonly FinishedRequest[]): string[] {
  const same = Map.groupBy(finished, ({ request }) => JSON.stringify([request.idempotencyKey, request.text]));
  return [...same].flatMap(([request, twins]) => {
    const successes = successesOf(twins);
    const ids = new Set(successes.map(({ response }) => response.envelope.data?.returnRequestId));
    const isOne = successes.length === 0 || (successes.length === twins.length && ids.size === 1);
    return isOne ? [] : [`${successes.length} of ${twins.length} have ${ids.size} successes: ${request}`];
  });
}

function successesOf(finished: readonly FinishedRequest[]): FinishedRequest[] {
  return finished.filter(({ response }) => response.status === 200);
}
