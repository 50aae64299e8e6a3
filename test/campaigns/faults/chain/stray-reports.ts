import { executorSource, reportType } from '../../../../lambda/events/event-names.ts';
import type { ChainBus } from './chain-bus.ts';
import type { MadeCancellation } from './merchants.ts';

/** A report that can never be taken, and what its dead letter has to say. */
export interface StrayReport {
  readonly detail: string;
  readonly reason: string;
}

/** Sends two reports about a cancellation: one is malformed, and the other of another amount. */
export function sendStrayReports(bus: ChainBus, { planned, returnRequestId }: MadeCancellation): StrayReport[] {
  const { order, amount } = planned;
  const { storeId, orderNo, currencyCode } = order;
  const data = {
    storeId,
    orderNo,
    returnRequestId,
    attempt: 1,
    sequence: 90,
    status: 'SUCCEEDED',
    currencyCode,
    amount,
  };
  const reportWith = (changes: object) =>
    JSON.stringify({
      specversion: '1.0',
      id: `${returnRequestId}-1-90`,
      source: executorSource,
      type: reportType,
      time: new Date().toISOString(),
      data: { ...data, ...changes },
    });
  const strays = [
    { detail: reportWith({ status: 'DONE' }), reason: '/data/status' },
    { detail: reportWith({ amount: amount + 1 }), reason: '/data/amount' },
  ];
  for (const { detail } of strays) {
    const entry = { EventBusName: bus.name, Source: executorSource, DetailType: reportType, Detail: detail };
    // Whoever sends it does so until the bus has it.
    while (!('EventId' in bus.put(entry)));
  }
  return strays;
}
