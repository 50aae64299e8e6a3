import type { CancellationData } from '../contract/cancellation-data.ts';
import type { CanceledItem, RefundAccount } from '../domain/cancellation.ts';
import {
  type ItemType,
  nothing,
  type Order,
  type OrderLine,
  type PaymentStatus,
  type Quantities,
  type RefundMethod,
} from '../domain/order.ts';

// The shapes of the stored items, and the only place that knows them. The attributes of an order have short names,
// because every write is billed by the size of the whole item. Numbers are read as bigint (see client.ts).

/** A row of the Orders table. Amounts are in minor units. */
export interface OrderItem {
  readonly orderKey: string;
  /** Currency. */
  readonly cur: string;
  /** Payment status. */
  readonly st: PaymentStatus;
  /** Refund method. */
  readonly rm: RefundMethod;
  /** Version: every writer of an order raises it by one, on the condition that it is the one it read. */
  readonly v: bigint;
  readonly lines: readonly LineItem[];
}

interface LineItem {
  /** seq, item type, item id, quantity, unit amount, unit tax. */
  readonly s: bigint;
  readonly ty: ItemType;
  readonly id: string;
  readonly q: bigint;
  readonly a: bigint;
  readonly t: bigint;
  /** What was canceled so far; absent until something was. */
  readonly c?: QuantitiesItem;
}

/** Units, amount, tax: totals, not per unit. */
export interface QuantitiesItem {
  readonly q: bigint;
  readonly a: bigint;
  readonly t: bigint;
}

/** A row of the Cancellations table, which never expires. */
export interface CancellationItem {
  readonly orderKey: string;
  /** `K#` and the merchant's idempotency key, or `D#` and the request's digest. */
  readonly cancellationKey: string;
  readonly digest: string;
  readonly kind: 'VOID' | 'REFUND';
  /** Created at, epoch milliseconds. */
  readonly at: bigint;
  /** returnRequestId. */
  readonly rid: string;
  /** The answered data, as JSON text, so that a replay is the same to the letter. */
  readonly data: string;
  /** What this cancellation took from each line. */
  readonly lines: ReadonlyArray<QuantitiesItem & { readonly s: bigint }>;
  /** The refund account: account number, bank code, holder. It is read by nothing that answers or logs. */
  readonly acct?: { readonly n?: string; readonly b?: string; readonly h?: string };
}

/** A row of the StoreKeys table. Times are epoch milliseconds. */
export interface StoreKeyItem {
  readonly accessKeyHash: string;
  readonly storeId: string;
  readonly divisionCode: string;
  readonly channelCode: string;
  readonly hashKey: string;
  readonly issuedAt: bigint;
  readonly expiresAt: bigint;
  readonly revokedAt?: bigint;
}

/** A record of the Cancellations table as the service uses it: without the refund account. */
export interface CancellationRecord {
  readonly cancellationKey: string;
  readonly requestDigest: string;
  readonly kind: 'VOID' | 'REFUND';
  readonly createdAtMs: number;
  readonly returnRequestId: string;
  readonly data: CancellationData;
  readonly lines: ReadonlyArray<Quantities & { readonly seq: number }>;
}

/** The store is part of the key, so that another store's order cannot be read even by mistake. */
export function orderKeyOf(storeId: string, orderNo: string): string {
  return `${storeId}/${orderNo}`;
}

export function orderItem(order: Order): OrderItem {
  return {
    orderKey: orderKeyOf(order.storeId, order.orderNo),
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
      ...(line.canceled === nothing ? {} : { c: quantitiesItem(line.canceled) }),
    })),
  };
}

export function orderOf(item: OrderItem): Order {
  const slash = item.orderKey.indexOf('/');
  return {
    storeId: item.orderKey.slice(0, slash),
    orderNo: item.orderKey.slice(slash + 1),
    currencyCode: item.cur,
    paymentStatus: item.st,
    refundMethod: item.rm,
    version: Number(item.v),
    lines: item.lines.map(lineOf),
  };
}

function lineOf(item: LineItem): OrderLine {
  return {
    seq: Number(item.s),
    itemType: item.ty,
    itemId: item.id,
    quantity: Number(item.q),
    unitAmountMinor: item.a,
    unitTaxMinor: item.t,
    canceled: item.c ? quantitiesOf(item.c) : nothing,
  };
}

export function quantitiesItem({ units, amountMinor, taxMinor }: Quantities): QuantitiesItem {
  return { q: BigInt(units), a: amountMinor, t: taxMinor };
}

function quantitiesOf({ q, a, t }: QuantitiesItem): Quantities {
  return { units: Number(q), amountMinor: a, taxMinor: t };
}

export function cancellationItem(
  orderKey: string,
  record: Omit<CancellationRecord, 'lines'>,
  items: readonly CanceledItem[],
  refundAccount: RefundAccount | undefined,
): CancellationItem {
  return {
    orderKey,
    cancellationKey: record.cancellationKey,
    digest: record.requestDigest,
    kind: record.kind,
    at: BigInt(record.createdAtMs),
    rid: record.returnRequestId,
    data: JSON.stringify(record.data),
    lines: items.map(({ seq, taken }) => ({ s: BigInt(seq), ...quantitiesItem(taken) })),
    ...(refundAccount === undefined ? {} : { acct: accountItem(refundAccount) }),
  };
}

function accountItem({
  accountNumber,
  bankCode,
  accountHolderName,
}: RefundAccount): NonNullable<CancellationItem['acct']> {
  return {
    ...(accountNumber === undefined ? {} : { n: String(accountNumber) }),
    ...(bankCode === undefined ? {} : { b: bankCode }),
    ...(accountHolderName === undefined ? {} : { h: accountHolderName }),
  };
}

export function cancellationRecordOf(item: CancellationItem): CancellationRecord {
  return {
    cancellationKey: item.cancellationKey,
    requestDigest: item.digest,
    kind: item.kind,
    createdAtMs: Number(item.at),
    returnRequestId: item.rid,
    data: JSON.parse(item.data) as CancellationData,
    lines: item.lines.map(({ s, ...quantities }) => ({ seq: Number(s), ...quantitiesOf(quantities) })),
  };
}
