import type { OrderRow } from '../../../lambda/dynamodb/items.ts';
import { isUnpaid } from './order-model.ts';

/** The order once it is captured, as the platform writes it; undefined where a capture comes to nothing. */
export function capturedOrder(order: OrderRow): OrderRow | undefined {
  return isUnpaid(order.st) ? { ...order, st: 'CAPTURED', v: order.v + 1n } : undefined;
}
