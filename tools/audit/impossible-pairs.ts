import type { ExecutionRow } from '../../lambda/dynamodb/refund-items.ts';

/** As many attempts, and reports of one, as are ever numbered. */
const maxNumber = 1_000_000n;

/**
 * The attributes of an execution that are possible, but not beside each other: a request is number 0 of its attempt and
 * whatever comes after it has a higher one, only a failure has a reason, and only what was resolved has a note.
 */
export function impossiblePairs({ att, seq, st, why, note }: ExecutionRow): string[] {
  const isRequest = st === 'REQUESTED';
  return [
    ...(att > maxNumber ? ['att'] : []),
    // The settlement by hand takes the number after the last report.
    ...(isRequest !== (seq === 0n) || seq > maxNumber + 1n ? ['seq'] : []),
    ...(why !== undefined && st !== 'FAILED' ? ['why'] : []),
    ...((note !== undefined) === (st === 'RESOLVED') ? [] : ['note']),
  ];
}
