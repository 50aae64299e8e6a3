import { areEqualAmounts, isNegative, type LineAmounts, zeroAmounts } from './line-amounts.ts';

export const itemTypes = ['PHYSICAL', 'DIGITAL', 'SUBSCRIPTION', 'DELIVERY', 'SERVICE'] as const;
export type ItemType = (typeof itemTypes)[number];

/**
 * REQUESTED -> AUTHORIZED -> CAPTURED -> PARTIALLY_CANCELED -> CANCELED, where each step but the capture may be left out.
 * Before capture a payment may become VOIDED or FAILED (contract, section 3).
 */
export const paymentStatuses = [
  'REQUESTED',
  'AUTHORIZED',
  'VOIDED',
  'CAPTURED',
  'PARTIALLY_CANCELED',
  'CANCELED',
  'FAILED',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** Where a refund goes: back to the original payment, or to a bank account that the request names. */
export const refundMethods = ['ORIGINAL', 'BANK_ACCOUNT'] as const;
export type RefundMethod = (typeof refundMethods)[number];

export interface OrderLine {
  readonly seq: number;
  readonly itemType: ItemType;
  readonly itemId: string;
  readonly quantity: number;
  /** Per unit; the tax is part of the amount (contract, section 2). */
  readonly unitAmountMinor: bigint;
  readonly unitTaxMinor: bigint;
  readonly canceled: LineAmounts;
}

/** An order number is unique only within its store. */
export interface OrderId {
  readonly storeId: string;
  readonly orderNo: string;
}

export interface Order extends OrderId {
  readonly currencyCode: string;
  readonly paymentStatus: PaymentStatus;
  readonly refundMethod: RefundMethod;
  readonly lines: readonly OrderLine[];
  /** Goes up by one with every change of the order, whoever makes it. */
  readonly version: number;
}

/** What can still be canceled of a line. */
export function remainingOf(line: OrderLine): LineAmounts {
  const quantity = BigInt(line.quantity);
  return {
    units: line.quantity - line.canceled.units,
    amountMinor: quantity * line.unitAmountMinor - line.canceled.amountMinor,
    taxMinor: quantity * line.unitTaxMinor - line.canceled.taxMinor,
  };
}

/** Before capture no money has moved, and only the whole order can be canceled. */
export function isBeforeCapture({ paymentStatus }: Order): boolean {
  return paymentStatus === 'REQUESTED' || paymentStatus === 'AUTHORIZED';
}

/**
 * Whether anything of the order was canceled. If so, a request that breaks a rule may be the repetition of one that was
 * applied: what it canceled itself no longer remains.
 */
export function hasCancellations(order: Order): boolean {
  return order.lines.some(({ canceled }) => !areEqualAmounts(canceled, zeroAmounts));
}

/**
 * A stored order is impossible: more was canceled of a line than was paid, for example, or it has an attribute that
 * nothing here writes (contract, section 8). Never a merchant's mistake.
 */
export class InvariantViolated extends Error {
  override readonly name = 'InvariantViolated';
}

/** @throws InvariantViolated when more is canceled of a line than was paid, or less than nothing */
export function assertWithinPaid(order: Order): void {
  for (const line of order.lines) {
    const remaining = remainingOf(line);
    if (isNegative(line.canceled) || isNegative(remaining)) {
      throw new InvariantViolated('More is canceled of a line than was paid.');
    }
    if (remaining.taxMinor > remaining.amountMinor) {
      throw new InvariantViolated('More tax than amount remains of a line.');
    }
  }
}
