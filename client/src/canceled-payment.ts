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
  /** Names this cancellation at the platform. */
  readonly returnRequestId: string;
  readonly items: readonly CanceledItem[];
}

export interface CanceledItem {
  readonly seq: number;
  readonly itemId: string;
  readonly quantity: number;
  readonly amount: number;
  /** Only where the request had it. */
  readonly taxAmount?: number;
}

/**
 * Whether the data of an answer says that this very request was applied: the order, each item, and totals that add up
 * to totalCancelAmount.
 */
export function isAnswerTo(request: CancelRequest, data: unknown): data is CanceledPayment {
  // The service has read the request; whether it was one at all, nobody has before.
  if (!isRecord(data) || !Array.isArray(data['items']) || !Array.isArray(request.items)) return false;
  const { returnRequestId, totalProductAmount, totalDeliveryAmount } = data;
  const totals = [
    totalProductAmount,
    totalDeliveryAmount,
    data['totalProductTaxAmount'],
    data['totalDeliveryTaxAmount'],
  ];
  const [product, delivery] = totals.map(exactAmount);
  const answered = new Map(data['items'].map((item: unknown) => [isRecord(item) ? item['seq'] : undefined, item]));
  return (
    data['orderNo'] === request.orderNo &&
    typeof returnRequestId === 'string' &&
    returnRequestId !== '' &&
    totals.every((total) => exactAmount(total) !== undefined) &&
    (product ?? 0n) + (delivery ?? 0n) === exactAmount(request.totalCancelAmount) &&
    data['processedCount'] === request.items.length &&
    data['items'].length === request.items.length &&
    request.items.every((item: unknown) => isRecord(item) && isSameItem(item, answered.get(item['seq'])))
  );
}

/** A taxAmount of 0 and none are one request (and so one answer) to the service. */
function isSameItem(item: Readonly<Record<string, unknown>>, answered: unknown): boolean {
  return (
    isRecord(answered) &&
    ['itemId', 'quantity', 'amount'].every((name) => answered[name] === item[name]) &&
    (answered['taxAmount'] ?? 0) === (item['taxAmount'] ?? 0)
  );
}
