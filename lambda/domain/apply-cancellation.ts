import type { CanceledItem, Cancellation } from './cancellation.ts';
import type { Order, OrderLine } from './order.ts';

/**
 * The order after a cancellation that was decided on it. Its version goes up by one. For the service in memory and for
 * tests: in production, order-repository.ts makes the same change as an update expression.
 */
export function applyCancellation(order: Order, { nextStatus, items }: Cancellation): Order {
  return {
    ...order,
    paymentStatus: nextStatus,
    version: order.version + 1,
    lines: applyToLines(order.lines, items),
  };
}

/** The lines after a cancellation of these items. */
export function applyToLines(lines: readonly OrderLine[], items: readonly CanceledItem[]): OrderLine[] {
  const canceledAfterByLine = new Map(items.map(({ lineIndex, canceledAfter }) => [lineIndex, canceledAfter]));
  return lines.map((line, index) => ({ ...line, canceled: canceledAfterByLine.get(index) ?? line.canceled }));
}
