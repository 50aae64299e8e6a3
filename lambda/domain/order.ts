export const itemTypes = ['PHYSICAL', 'DIGITAL', 'SUBSCRIPTION', 'DELIVERY', 'SERVICE'] as const;
export type ItemType = (typeof itemTypes)[number];

/**
 * REQUESTED -> AUTHORIZED -> VOIDED, or AUTHORIZED -> CAPTURED -> PARTIALLY_CANCELED -> CANCELED; FAILED ends anywhere
 * before capture (contract, section 3).
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

/** Where a refund goes: back the way it was paid, or to a bank account that the request names. */
export const refundMethods = ['ORIGINAL', 'BANK_ACCOUNT'] as const;
export type RefundMethod = (typeof refundMethods)[number];

/** What was canceled of a line, or what is left of it. Amounts are totals of the line, not per unit. */
export interface Quantities {
  readonly units: number;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint;
}

export interface OrderLine {
  readonly seq: number;
  readonly itemType: ItemType;
  readonly itemId: string;
  readonly quantity: number;
  /** Per unit; the tax is part of the amount (contract, section 2). */
  readonly unitAmountMinor: bigint;
  readonly unitTaxMinor: bigint;
  readonly canceled: Quantities;
}

export interface Order {
  readonly storeId: string;
  readonly orderNo: string;
  readonly currencyCode: string;
  readonly paymentStatus: PaymentStatus;
  readonly refundMethod: RefundMethod;
  readonly lines: readonly OrderLine[];
  /** Raised by one with every change of the order, whoever makes it. */
  readonly version: number;
}

export const nothing: Quantities = { units: 0, amountMinor: 0n, taxMinor: 0n };

/** What can still be canceled of a line. */
export function leftOf(line: OrderLine): Quantities {
  const quantity = BigInt(line.quantity);
  return {
    units: line.quantity - line.canceled.units,
    amountMinor: quantity * line.unitAmountMinor - line.canceled.amountMinor,
    taxMinor: quantity * line.unitTaxMinor - line.canceled.taxMinor,
  };
}

/** Whether any cancellation was applied to the order: what a refusal of a repeated request may come from. */
export function wasCanceledBefore(order: Order): boolean {
  return order.lines.some(({ canceled }) => canceled.units > 0 || canceled.amountMinor > 0n);
}

/** An order says what cannot be: more was canceled of it than was paid. Never a merchant's mistake. */
export class InvariantViolated extends Error {
  override readonly name = 'InvariantViolated';
}

/** @throws InvariantViolated when more is canceled of a line than was paid, or less than nothing */
export function assertWithinPaid(order: Order): void {
  for (const line of order.lines) {
    const left = leftOf(line);
    const { canceled } = line;
    const isWithin =
      left.units >= 0 &&
      left.amountMinor >= 0n &&
      left.taxMinor >= 0n &&
      canceled.units >= 0 &&
      canceled.amountMinor >= 0n &&
      canceled.taxMinor >= 0n;
    if (!isWithin) throw new InvariantViolated('A line has more canceled of it than was paid.');
  }
}
