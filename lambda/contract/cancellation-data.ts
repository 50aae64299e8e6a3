import type { CanceledItem, Cancellation } from '../domain/cancellation.ts';
import { addAmounts, type LineAmounts, zeroAmounts } from '../domain/line-amounts.ts';
import { exponentOf, toMajorUnits } from '../domain/money.ts';

/** `data` of a success: exactly the specification's fields, amounts in major units. */
export interface CancellationData {
  readonly orderNo: string;
  readonly totalProductAmount: number;
  readonly totalProductTaxAmount: number;
  readonly totalDeliveryAmount: number;
  readonly totalDeliveryTaxAmount: number;
  readonly processedCount: number;
  readonly returnRequestId: string;
  readonly items: ReadonlyArray<{
    readonly seq: number;
    readonly itemId: string;
    readonly quantity: number;
    readonly amount: number;
    /** Absent if the request had none. */
    readonly taxAmount?: number;
  }>;
}

/** DELIVERY items feed totalDelivery*, all others totalProduct* (contract, section 5). */
export function cancellationData(cancellation: Cancellation, returnRequestId: string): CancellationData {
  const { orderNo, currencyCode, items } = cancellation;
  const exponent = exponentOf(currencyCode);
  const major = (minor: bigint) => toMajorUnits(minor, exponent);
  const products = totalOf(items.filter((item) => item.itemType !== 'DELIVERY'));
  const delivery = totalOf(items.filter((item) => item.itemType === 'DELIVERY'));
  return {
    orderNo,
    totalProductAmount: major(products.amountMinor),
    totalProductTaxAmount: major(products.taxMinor),
    totalDeliveryAmount: major(delivery.amountMinor),
    totalDeliveryTaxAmount: major(delivery.taxMinor),
    processedCount: items.length,
    returnRequestId,
    items: items.map(({ seq, itemId, quantity, amountMinor, taxMinor }) => ({
      seq,
      itemId,
      quantity,
      amount: major(amountMinor),
      ...(taxMinor === undefined ? {} : { taxAmount: major(taxMinor) }),
    })),
  };
}

function totalOf(items: readonly CanceledItem[]): LineAmounts {
  return items.map(({ taken }) => taken).reduce(addAmounts, zeroAmounts);
}

/** The text that a record keeps, so that a replay returns exactly the same data. */
export function toDataJson(data: CancellationData): string {
  return JSON.stringify(data);
}

/** Reads back what toDataJson wrote. */
export function fromDataJson(dataJson: string): CancellationData {
  return JSON.parse(dataJson) as CancellationData;
}
