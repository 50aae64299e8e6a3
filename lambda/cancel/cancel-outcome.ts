import { type CancellationData, fromDataJson } from '../contract/cancellation-data.ts';
import { etagOf } from '../contract/etag.ts';
import type { CancellationKind } from '../domain/cancellation.ts';
import { judgeRepeat } from '../domain/idempotency.ts';
import type { Order } from '../domain/order.ts';
import { currencyMismatch } from '../domain/rules.ts';
import type { CancellationRecord, NewCancellationRecord } from '../dynamodb/items.ts';
import { refused, type Refused, type Succeeded } from '../signed-route/outcome.ts';
import type { CancelCommand } from './cancel-command.ts';

/** A cancellation that was made: by this request, or by an earlier, identical one. */
export interface Canceled extends Succeeded {
  readonly data: CancellationData;
  readonly kind: CancellationKind;
  readonly isReplay: boolean;
}

export type CancelOutcome = Canceled | Refused;

/**
 * The outcome of the request that made a record. Its ETag names the state of the order that the cancellation made, in a
 * replay as well: whoever goes on with it notices what others have canceled since.
 */
export function outcomeOfOwnRecord({ kind, orderVersion, dataJson }: NewCancellationRecord): Canceled {
  const data = fromDataJson(dataJson);
  return { ok: true, data, kind, isReplay: false, etag: etagOf({ orderNo: data.orderNo, version: orderVersion }) };
}

/**
 * The outcome of a request whose cancellation key has a record: of the request itself, if DynamoDB applied the write and
 * its answer was lost, or of an earlier one (contract, section 4).
 */
export function outcomeOfRecord(
  record: CancellationRecord,
  order: Order,
  command: CancelCommand,
  nowMs: number,
): CancelOutcome {
  const canceled = outcomeOfOwnRecord(record);
  if (isOwnRecord(record, command)) return canceled;
  const repeat = judgeRepeat({ ...record, items: canceled.data.items }, command, order, nowMs);
  const at = { header: command.keyHeader };
  switch (repeat.kind) {
    case 'KEY_REUSED':
      return refused('KEY_REUSED', { reason: 'IDEMPOTENCY_KEY_REUSED', at });
    case 'DUPLICATE': {
      const duplicate = { reason: 'DUPLICATE_CANCELLATION', shown: record.returnRequestId } as const;
      if (repeat.differences.length === 0) return refused('DUPLICATE', { ...duplicate, at });
      const ofEach = repeat.differences.map((field) => ({ ...duplicate, ruleCase: 'DIFFERS', at: { field } }) as const);
      return refused('DUPLICATE', ...ofEach);
    }
    case 'REPLAY':
      if (command.currencyCode !== order.currencyCode) return refused('RULES_BROKEN', currencyMismatch(order));
      return { ...canceled, isReplay: true };
  }
}

export function isOwnRecord({ returnRequestId }: CancellationRecord, command: CancelCommand): boolean {
  return returnRequestId === command.returnRequestId;
}
