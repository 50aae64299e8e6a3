import { cancellationData, toDataJson } from '../contract/cancellation-data.ts';
import { requestDigestOf } from '../contract/request-digest.ts';
import { returnRequestIdOf } from '../contract/return-request-id.ts';
import type { Cancellation } from '../domain/cancellation.ts';
import { cancellationKeyOfEvent } from '../domain/idempotency.ts';
import { hasCancellations, type Order } from '../domain/order.ts';
import { type RefundedElsewhere, refusal } from '../domain/platform-event.ts';
import { cancellationOfElsewhere, decideElsewhere } from '../domain/refunded-elsewhere.ts';
import type { RuleViolation } from '../domain/rule-violation.ts';
import { attempts } from '../dynamodb/backoff.ts';
import { Contended } from '../dynamodb/failures.ts';
import type { CancellationRecord } from '../dynamodb/items.ts';
import type { Busy, CancellationWrite, Found, OrderRepository, RecordKey } from '../dynamodb/order-repository.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import type { Runtime } from '../environment/runtime.ts';
import type { EventOutcome } from './apply-event.ts';

export interface RecordContext {
  readonly orders: OrderRepository;
  readonly runtime: Runtime;
  readonly remainingMs: RemainingMs;
}

/**
 * Records money that went back elsewhere as a cancellation under the event's id: as a whole or not at all, never a cut
 * amount, and once, however often the event comes.
 * @throws as applyEvent: then the event has to come again, which finds the record of a write that was not answered
 */
export async function recordElsewhere(event: RefundedElsewhere, context: RecordContext): Promise<EventOutcome> {
  const { orders, runtime, remainingMs } = context;
  const key: RecordKey = { ...event.id, cancellationKey: cancellationKeyOfEvent(event.eventId) };
  const id = runtime.newId();
  for await (const attempt of attempts(runtime, remainingMs, { attempts: 0 })) {
    const loaded = await orders.load(key, remainingMs);
    if (loaded.kind === 'BUSY') continue;
    const { order, record } = loaded;
    if (order === undefined) return { kind: 'NOT_YET' };
    if (event.currencyCode !== order.currencyCode) {
      return refusal('/data/currencyCode', 'is not the currency of the order');
    }
    const request = cancellationOfElsewhere(order, event.items);
    const requestDigest = requestDigestOf(request);
    if (record !== undefined) return outcomeOfRepeat(record, requestDigest);

    const decision = decideElsewhere(order, request, event.currencyCode);
    if (decision === 'NOT_YET') return { kind: 'NOT_YET' };
    if (!decision.ok) {
      const look = await lookAgain(order, key, context);
      if (look.kind === 'BUSY') continue;
      return look.record ? outcomeOfRepeat(look.record, requestDigest) : refusalOf(decision.violations);
    }
    const write = writeOf(decision.cancellation, order, key, requestDigest, `${id}-${attempt}`, id, runtime.now());
    const committed = await orders.commit(write, remainingMs);
    if (committed.kind === 'COMMITTED') return { kind: 'TAKEN' };
    if (committed.kind === 'RECORD_EXISTS') return outcomeOfRepeat(committed.record, requestDigest);
  }
  throw new Contended('The time for retries is over.');
}

/** The same event may have been recorded between the reads of record and order: then nothing of it remains. */
async function lookAgain(order: Order, key: RecordKey, { orders, remainingMs }: RecordContext): Promise<Found | Busy> {
  return hasCancellations(order) ? await orders.findRecord(key, remainingMs) : { kind: 'FOUND', record: undefined };
}

function outcomeOfRepeat({ requestDigest }: CancellationRecord, digest: string): EventOutcome {
  if (requestDigest === digest) return { kind: 'WITHOUT_EFFECT' };
  return refusal('/data/items', 'are not those that came before under the same id');
}

function writeOf(
  cancellation: Cancellation,
  order: Order,
  { cancellationKey }: RecordKey,
  requestDigest: string,
  clientRequestToken: string,
  id: string,
  nowMs: number,
): CancellationWrite {
  const returnRequestId = returnRequestIdOf(id);
  return {
    order,
    cancellation,
    record: {
      cancellationKey,
      requestDigest,
      kind: cancellation.kind,
      createdAtMs: nowMs,
      returnRequestId,
      orderVersion: order.version + 1,
      accountTag: undefined,
      dataJson: toDataJson(cancellationData(cancellation, returnRequestId)),
    },
    refundAccount: undefined,
    clientRequestToken,
  };
}

/** The first rule that is broken, with what would be accepted by the order as it is. */
function refusalOf([violation]: readonly RuleViolation[]): EventOutcome {
  if (violation === undefined) throw new Error('A refusal lacks its rule.');
  const { reason, at, shown } = violation;
  const field = 'header' in at ? '/data/currencyCode' : `/data${at.field}`;
  if (reason === 'ORDER_NOT_CANCELABLE') {
    return refusal(field, `breaks the rule ${reason}: nothing of an order that is ${shown} can go back`);
  }
  return refusal(field, `breaks the rule ${reason}${shown === undefined ? '' : `: accepted is ${shown}`}`);
}
