import { countsOf } from '../table.ts';
import type { ChainReport } from './play-chain.ts';

/** A run with faults and one without, in the words of a person who compares figures. */
export function summaryOf(disturbed: ChainReport, calm: ChainReport): string {
  const { made, events, ids, requests, requestIds, lost, moved, retried, resolved, deliveries } = disturbed;
  const { deadLetters, strays, leakedAccounts, met } = disturbed;
  const failedPercent = Math.round((100 * deliveries.failed) / deliveries.total);
  return [
    `Refund chain with faults: ${made} cancellations asked for their refunds in ${requests} events with ${requestIds} ids ` +
      `(all ${events} events have ${ids} ids), ${lost} lost; money moved ${moved} times, ${retried} retries, ` +
      `${resolved} resolved by hand; ${deliveries.failed} of ${deliveries.total} deliveries to the executor failed ` +
      `(${failedPercent} %) and came again; ${deadLetters} dead letters of ${strays} wrong reports; ${leakedAccounts} accounts leaked. ` +
      `Without faults: ${calm.made} cancellations, ${calm.medianMs} ms median from the record to the executor.`,
    `Faults of the chain: ${countsOf([...met].flatMap(([fault, count]) => Array.from({ length: count }, () => fault)))}.`,
  ].join('\n');
}
