import type { CanceledItem, Cancellation } from './cancellation.ts';
import type { Order, OrderLine } from './order.ts';

/** The order after a cancellation that was decided on it. Its version goes up by one. */
export function applyCancellation(order: Order, { nextStatus, items }: Cancellation): Order {
  return {
    ...order,
    paymentStatus: nextStatus,
    version: order.version + 1,
    lines: applyToLines(order.lines, items),
  };
}

export function applyToLines(lines: readonly OrderLine[], items: readonly CanceledItem[]): OrderLine[] {
  const canceledByLine = new Map(items.map(({ lineIndex, canceled }) => [lineIndex, canceled]));
  return lines.map((line, index) => ({ ...line, canceled: canceledByLine.get(index) ?? line.canceled }));
}
