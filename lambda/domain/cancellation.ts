import type { LineAmounts } from './line-amounts.ts';
import type { ItemType, PaymentStatus } from './order.ts';

/** A validated request. Amounts are per unit, in major units, as they were sent (contract, section 2). */
export interface CancellationRequest {
  readonly orderNo: string;
  readonly totalCancelAmount: number;
  readonly refundAccount?: RefundAccount;
  readonly items: readonly RequestedItem[];
}

export interface RequestedItem {
  readonly seq: number;
  readonly itemType: ItemType;
  readonly itemId: string;
  readonly quantity: number;
  readonly amount: number;
  readonly taxAmount?: number;
}

export interface RefundAccount {
  readonly accountNumber?: string | number;
  readonly bankCode?: string;
  readonly accountHolderName?: string;
}

/** VOID before capture, when no money has moved; REFUND after it. */
export const cancellationKinds = ['VOID', 'REFUND'] as const;
export type CancellationKind = (typeof cancellationKinds)[number];

/** Who canceled: a merchant by a request, or the platform, by reporting that money went back elsewhere. */
export const origins = ['MERCHANT', 'PLATFORM'] as const;
export type Origin = (typeof origins)[number];

/** A cancellation that the rules allow: what it changes in the order, and what its response says. */
export interface Cancellation {
  readonly kind: CancellationKind;
  readonly orderNo: string;
  readonly currencyCode: string;
  readonly nextStatus: PaymentStatus;
  readonly items: readonly CanceledItem[];
}

export interface CanceledItem {
  readonly seq: number;
  readonly itemType: ItemType;
  readonly itemId: string;
  readonly quantity: number;
  /** Per unit. */
  readonly amountMinor: bigint;
  /** Per unit; undefined if the request had no taxAmount: then the tax that belongs to the amount is taken. */
  readonly taxMinor: bigint | undefined;
  /** The index of the order line that this item belongs to. */
  readonly lineIndex: number;
  /** What this cancellation takes from the line. */
  readonly taken: LineAmounts;
  /** What is canceled of the line once this cancellation is applied. */
  readonly canceledAfter: LineAmounts;
}
