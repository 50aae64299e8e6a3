import { BrokenPromise } from '../history.ts';
import type { Ledger } from './ledger.ts';
import type { OrderLedger } from './order-ledger.ts';
import { isOfCaptured } from './taken-events.ts';

/**
 * Of each order never more goes back than was taken: what executors were asked to refund, what they gave back for a void,
 * and what went back elsewhere. @throws BrokenPromise
 */
export function checkMoney(orders: OrderLedger, ledger: Ledger, hasCaptured: (orderKey: string) => boolean): void {
  for (const { orderKey, lines } of orders.presentOrders()) {
    const total = lines.reduce((sum, { q, a }) => sum + q * a, 0n);
    const taken = hasCaptured(orderKey) ? total : 0n;
    let back = 0n;
    for (const { rid } of ledger.recordsOf(orderKey)) {
      const states = ledger.states.get(rid) ?? [];
      if (states.some(isOfCaptured)) back += states.at(-1)?.a ?? 0n;
    }
    if (back > taken) throw new BrokenPromise('More money goes back than was taken.');
  }
}
