import type { Execution, ExecutionStatus, Settlement } from '../domain/execution.ts';
import type { CancellationKind } from '../domain/cancellation.ts';
import { exponentOf, toMajorUnits } from '../domain/money.ts';
import { type EventType, serviceSource } from './event-names.ts';

/** An event about the money of one cancellation, with the attributes of CloudEvents 1.0. */
export interface RefundEvent {
  readonly specversion: '1.0';
  /** returnRequestId-attempt-sequence: equal ids are equal events. */
  readonly id: string;
  readonly source: typeof serviceSource;
  readonly type: EventType;
  /** The order: storeId/orderNo. */
  readonly subject: string;
  /** When it became so: ISO 8601 in UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: RefundEventData;
}

export interface RefundEventData {
  readonly storeId: string;
  readonly orderNo: string;
  readonly returnRequestId: string;
  readonly kind: CancellationKind;
  readonly attempt: number;
  /** Within the attempt: 0 is the request. Attempt and sequence order the events. */
  readonly sequence: number;
  readonly status: ExecutionStatus;
  readonly currencyCode: string;
  /** The whole refund in major units, tax included. */
  readonly amount: number;
  /** In a request: the row of the account that the refund goes to, in the table RefundAccounts. */
  readonly accountRef?: { readonly orderKey: string; readonly refundKey: string };
  readonly failureReason?: string;
  readonly pspReference?: string;
  readonly settlement?: Settlement;
  /** Of money that went back without this service; absent where a merchant canceled. */
  readonly origin?: 'PLATFORM';
}

/** The event of an execution as it is: a pure function of what is stored, so that a repetition is the same bytes. */
export function refundEventOf(execution: Execution): RefundEvent {
  const { storeId, orderNo, returnRequestId, kind, attempt, sequence, status, currencyCode } = execution;
  const { failureReason, pspReference, settlement, origin } = execution;
  const orderKey = `${storeId}/${orderNo}`;
  return {
    specversion: '1.0',
    id: `${returnRequestId}-${attempt}-${sequence}`,
    source: serviceSource,
    type: typeOf(execution),
    subject: orderKey,
    time: new Date(execution.updatedAtMs).toISOString(),
    datacontenttype: 'application/json',
    data: {
      storeId,
      orderNo,
      returnRequestId,
      kind,
      attempt,
      sequence,
      status,
      currencyCode,
      amount: toMajorUnits(execution.amountMinor, exponentOf(currencyCode)),
      ...(status === 'REQUESTED' && execution.hasAccount
        ? { accountRef: { orderKey, refundKey: `${returnRequestId}#${attempt}` } }
        : {}),
      ...(failureReason === undefined ? {} : { failureReason }),
      ...(pspReference === undefined ? {} : { pspReference }),
      ...(settlement === undefined ? {} : { settlement }),
      ...(origin === undefined ? {} : { origin }),
    },
  };
}

/** The request of an attempt, whatever came after it: what republish sends. */
export function requestEventOf(execution: Execution): RefundEvent {
  const { failureReason: _why, pspReference: _reference, settlement: _settlement, ...rest } = execution;
  return refundEventOf({ ...rest, status: 'REQUESTED', sequence: 0, updatedAtMs: execution.requestedAtMs });
}

function typeOf({ kind, status, settlement }: Execution): EventType {
  switch (status) {
    case 'REQUESTED':
      return kind === 'VOID' ? 'payment.void_requested.v1' : 'payment.refund_requested.v1';
    case 'PENDING':
      return 'payment.refund_pending.v1';
    case 'SUCCEEDED':
      return kind === 'VOID' && settlement !== 'REFUNDED' ? 'payment.voided.v1' : 'payment.refund_succeeded.v1';
    case 'FAILED':
      return 'payment.refund_failed.v1';
    case 'RESOLVED':
      return 'payment.refund_resolved.v1';
  }
}
