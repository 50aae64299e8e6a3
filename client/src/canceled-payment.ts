import { exactAmount } from './amounts.ts';
import type { CancelRequest } from './cancel-request.ts';
import { isRecord } from './envelope.ts';

/** `data` of a success. Amounts are in major units; those of items are per unit. */
export interface CanceledPayment {
  readonly orderNo: string;
  readonly totalProductAmount: number;
  readonly totalProductTaxAmount: number;
  readonly totalDeliveryAmount: number;
  readonly totalDeliveryTaxAmount: number;
  readonly processedCount: number;
  /** Identifies this cancellation at the platform. */
  readonly returnRequestId: string;
  readonly items: readonly CanceledItem[];
}

export interface CanceledItem {
  readonly seq: number;
  readonly itemId: string;
  readonly quantity: number;
  readonly amount: number;
  /** Absent if the request had none. */
  readonly taxAmount?: number;
}

/**
 * Whether the data of a response confirms this very request: the order, each item, and totals that add up to
 * totalCancelAmount.
 */
export function isResponseTo(request: CancelRequest, data: unknown): data is CanceledPayment {
  // The client has not checked the shape of the request; only the service has.
  if (!isRecord(data) || !Array.isArray(data['items']) || !Array.isArray(request.items)) return false;
  const { returnRequestId, totalProductAmount, totalDeliveryAmount } = data;
  const totals = [
    totalProductAmount,
    totalDeliveryAmount,
    data['totalProductTaxAmount'],
    data['totalDeliveryTaxAmount'],
  ];
  const [product, delivery] = totals.map(exactAmount);
  const canceled = new Map(data['items'].map((item: unknown) => [isRecord(item) ? item['seq'] : undefined, item]));
  return (
    data['orderNo'] === request.orderNo &&
    typeof returnRequestId === 'string' &&
    returnRequestId !== '' &&
    totals.every((total) => exactAmount(total) !== undefined) &&
    (product ?? 0n) + (delivery ?? 0n) === exactAmount(request.totalCancelAmount) &&
    data['processedCount'] === request.items.length &&
    data['items'].length === request.items.length &&
    request.items.every((item: unknown) => isRecord(item) && isSameItem(item, canceled.get(item['seq'])))
  );
}

/** On a line without tax, a taxAmount of 0 and none are the same request, which has the same response. */
function isSameItem(item: Readonly<Record<string, unknown>>, canceled: unknown): boolean {
  return (
    isRecord(canceled) &&
    ['itemId', 'quantity', 'amount'].every((name) => canceled[name] === item[name]) &&
    (canceled['taxAmount'] ?? 0) === (item['taxAmount'] ?? 0)
  );
}
