import type { PastCancellation } from '../../lambda/dynamodb/history-repository.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { startOfTest } from '../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';

/** An order of one line, of which each cancellation takes one unit of 1000. */
export function orderAtVersion(version: number, canceledUnits = version - 1): Order {
  const canceled = { units: canceledUnits, amountMinor: BigInt(canceledUnits) * 1000n, taxMinor: 0n };
  const line = lineOf({ seq: 3, quantity: 1000, unitAmountMinor: 1000n, unitTaxMinor: 0n, canceled });
  return orderOf({ version, lines: [line] });
}

/** The cancellation of one unit that made a version of that order. */
export function cancellationTo(orderVersion: number, overrides: Partial<PastCancellation> = {}): PastCancellation {
  const returnRequestId = `RETREQ${String(orderVersion).padStart(26, '0')}`;
  return {
    cancellationKey: `K#${orderVersion}`,
    kind: 'REFUND',
    createdAtMs: startOfTest + orderVersion,
    returnRequestId,
    orderVersion,
    dataJson: JSON.stringify({ returnRequestId }),
    lines: [{ seq: 3, units: 1, amountMinor: 1000n, taxMinor: 0n }],
    ...overrides,
  };
}

/** The cancellations that made the versions of that order, from the first one to another. */
export function cancellationsTo(lastVersion: number): PastCancellation[] {
  return Array.from({ length: lastVersion - 1 }, (_value, index) => cancellationTo(index + 2));
}
