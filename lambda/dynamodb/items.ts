import type { CanceledItem, CancellationKind } from '../domain/cancellation.ts';
import { areEqualAmounts, type LineAmounts, zeroAmounts } from '../domain/line-amounts.ts';
import type { ItemType, Order, OrderId, OrderLine, PaymentStatus, RefundMethod } from '../domain/order.ts';
import { assertPossibleCancellation, assertPossibleOrder } from './impossible-rows.ts';

// The shapes of the stored items: only this folder knows the names of their attributes. Code calls them rows, because
// an item is a part of a request. The attributes of an order have short names, because every write is billed by the
// size of the whole row. Numbers are read as bigint (client.ts).

/** A row of the Orders table. Amounts are in minor units. */
export interface OrderRow {
  readonly orderKey: string;
  /** Currency. */
  readonly cur: string;
  /** Payment status. */
  readonly st: PaymentStatus;
  /** Refund method. */
  readonly rm: RefundMethod;
  /** Version, for optimistic locking: every writer increments it, with a condition on the value that was read. */
  readonly v: bigint;
  readonly lines: readonly LineRow[];
}

/** A line in the row of its order. */
export interface LineRow {
  /** seq, item type, item id, quantity, unit amount, unit tax. */
  readonly s: bigint;
  readonly ty: ItemType;
  readonly id: string;
  readonly q: bigint;
  readonly a: bigint;
  readonly t: bigint;
  /** What was canceled so far; absent if nothing was. */
  readonly c?: StoredLineAmounts;
}

/** Units, amount, tax: totals, not per unit. */
export interface StoredLineAmounts {
  readonly q: bigint;
  readonly a: bigint;
  readonly t: bigint;
}

/** A row of the Cancellations table, which never expires. */
export interface CancellationRow {
  readonly orderKey: string;
  /** The merchant's idempotency key, or the request's digest (domain/idempotency.ts). */
  readonly cancellationKey: string;
  readonly digest: string;
  readonly kind: CancellationKind;
  /** Created at, epoch milliseconds. */
  readonly at: bigint;
  /** returnRequestId. */
  readonly rid: string;
  /** The version of the order that this cancellation made. */
  readonly v: bigint;
  /** The data of the response as JSON text, so that a replay returns exactly the same data. */
  readonly data: string;
  /** What this cancellation took from each line. */
  readonly lines: ReadonlyArray<StoredLineAmounts & { readonly s: bigint }>;
  /** The order's currency. Records of version 0.1.0 have none. */
  readonly cur?: string;
  /** Whether the refund account of this cancellation is in RefundAccounts (refund-items.ts). */
  readonly acc?: true;
  /** A tag of the refund account, to notice another one (cancel/account-tag.ts). Absent if any account is the same. */
  readonly tag?: string;
}

/** A row of the StoreKeys table, which holds the credentials of the stores. Times are epoch milliseconds. */
export interface CredentialRow {
  readonly accessKeyHash: string;
  readonly storeId: string;
  readonly divisionCode: string;
  readonly channelCode: string;
  readonly hashKey: string;
  readonly issuedAt: bigint;
  readonly expiresAt: bigint;
  readonly revokedAt?: bigint;
}

/** A record of the Cancellations table as the service uses it. */
export interface CancellationRecord {
  readonly cancellationKey: string;
  readonly requestDigest: string;
  readonly kind: CancellationKind;
  readonly createdAtMs: number;
  readonly returnRequestId: string;
  /** The version of the order that this cancellation made. */
  readonly orderVersion: number;
  /** A tag of the refund account, to notice another one; undefined if any account is the same. */
  readonly accountTag: string | undefined;
  /** The data of the response as JSON text (contract/cancellation-data.ts). */
  readonly dataJson: string;
  /** What this cancellation took from each line. */
  readonly lines: ReadonlyArray<LineAmounts & { readonly seq: number }>;
}

/** A record before it is written: what it took from each line is in the cancellation beside it. */
export type NewCancellationRecord = Omit<CancellationRecord, 'lines'>;

/** The store is part of the key, so that another store's order cannot be read even by mistake. */
export function orderKeyOf({ storeId, orderNo }: OrderId): string {
  return `${storeId}/${orderNo}`;
}

export function orderIdIn(orderKey: string): OrderId {
  const slash = orderKey.indexOf('/');
  return { storeId: orderKey.slice(0, slash), orderNo: orderKey.slice(slash + 1) };
}

export function orderRow(order: Order): OrderRow {
  return {
    orderKey: orderKeyOf(order),
    cur: order.currencyCode,
    st: order.paymentStatus,
    rm: order.refundMethod,
    v: BigInt(order.version),
    lines: order.lines.map((line) => ({
      s: BigInt(line.seq),
      ty: line.itemType,
      id: line.itemId,
      q: BigInt(line.quantity),
      a: line.unitAmountMinor,
      t: line.unitTaxMinor,
      ...(areEqualAmounts(line.canceled, zeroAmounts) ? {} : { c: storedLineAmounts(line.canceled) }),
    })),
  };
}

/** @throws InvariantViolated when nothing that writes orders can have written the row (contract, section 8) */
export function orderOf(row: OrderRow): Order {
  assertPossibleOrder(row);
  return {
    ...orderIdIn(row.orderKey),
    currencyCode: row.cur,
    paymentStatus: row.st,
    refundMethod: row.rm,
    version: Number(row.v),
    lines: row.lines.map(lineOf),
  };
}

function lineOf(row: LineRow): OrderLine {
  return {
    seq: Number(row.s),
    itemType: row.ty,
    itemId: row.id,
    quantity: Number(row.q),
    unitAmountMinor: row.a,
    unitTaxMinor: row.t,
    canceled: row.c ? lineAmountsOf(row.c) : zeroAmounts,
  };
}

export function storedLineAmounts({ units, amountMinor, taxMinor }: LineAmounts): StoredLineAmounts {
  return { q: BigInt(units), a: amountMinor, t: taxMinor };
}

function lineAmountsOf({ q, a, t }: StoredLineAmounts): LineAmounts {
  return { units: Number(q), amountMinor: a, taxMinor: t };
}

export function cancellationRow(
  order: OrderId & Pick<Order, 'currencyCode'>,
  record: NewCancellationRecord,
  items: readonly CanceledItem[],
  hasAccount: boolean,
): CancellationRow {
  return {
    orderKey: orderKeyOf(order),
    cancellationKey: record.cancellationKey,
    digest: record.requestDigest,
    kind: record.kind,
    at: BigInt(record.createdAtMs),
    rid: record.returnRequestId,
    v: BigInt(record.orderVersion),
    data: record.dataJson,
    lines: items.map(({ seq, taken }) => ({ s: BigInt(seq), ...storedLineAmounts(taken) })),
    cur: order.currencyCode,
    ...(hasAccount ? { acc: true } : {}),
    ...(record.accountTag === undefined ? {} : { tag: record.accountTag }),
  };
}

/** @throws InvariantViolated when nothing that writes records can have written the row (contract, section 8) */
export function cancellationRecordOf(row: CancellationRow): CancellationRecord {
  assertPossibleCancellation(row);
  return {
    cancellationKey: row.cancellationKey,
    requestDigest: row.digest,
    kind: row.kind,
    createdAtMs: Number(row.at),
    returnRequestId: row.rid,
    orderVersion: Number(row.v),
    accountTag: row.tag,
    dataJson: row.data,
    lines: row.lines.map(({ s, ...amounts }) => ({ seq: Number(s), ...lineAmountsOf(amounts) })),
  };
}
