import { createHash } from 'node:crypto';
import type { MetFault, NamedFault, DynamoDbOperation, WireCall } from './fault-proxy.ts';

/** What a network does by itself. */
export const networkFaults: readonly NamedFault[] = ['DROP_REQUEST', 'DROP_ANSWER', 'CUT_ANSWER', 'DELAY', 'HANG'];

/** Those after which it goes on at once, so that many calls can meet one. */
export const briefFaults: readonly NamedFault[] = [
  'DROP_REQUEST',
  'DROP_ANSWER',
  'CUT_ANSWER',
  'SERVER_ERROR',
  'SERVER_ERROR_AFTER_EFFECT',
  'THROTTLED',
  'CONFLICT',
  'CONFLICT_AT_RECORD',
];

/** All that the proxy knows. */
export const allFaults: readonly NamedFault[] = [
  ...networkFaults,
  'STALLED_ANSWER',
  'LATE_REQUEST',
  'SERVER_ERROR',
  'SERVER_ERROR_AFTER_EFFECT',
  'THROTTLED',
  'THROTTLED_IN_TRANSACTION',
  'THROTTLED_AT_RECORD',
  'THROTTLED_AT_BOTH',
  'CONFLICT',
  'CONFLICT_AT_RECORD',
  'CONFLICT_AT_BOTH',
  'LOOK_IN_CONFLICT',
  'LOOK_THROTTLED',
  'IN_PROGRESS',
  'CREDENTIALS_REFUSED',
  'UNPROCESSED',
];

/**
 * Lets each call meet one of these faults with a probability. Whether and which depends on the order's number, the
 * operation and how many such calls came before, so that an order meets the same faults whatever else happens at once;
 * but for reads of the store's key, which all orders share and which are counted together.
 */
export function seededFaults(
  percent: number,
  faults: readonly NamedFault[],
): (call: WireCall) => NamedFault | undefined {
  return ({ operation, orderKey, earlier }) => {
    const orderNo = orderKey.split('/').at(-1);
    const draw = createHash('sha256').update(`${orderNo} ${operation} ${earlier}`).digest();
    if (draw.readUInt32BE(0) >= (percent / 100) * 2 ** 32) return undefined;
    const possible = faults.filter((fault) => isPossible(fault, operation));
    return possible[draw.readUInt32BE(4) % possible.length];
  };
}

const onlyOf = new Map<NamedFault, DynamoDbOperation>([
  ['UNPROCESSED', 'BatchGetItem'],
  ['CONFLICT', 'TransactWriteItems'],
  ['CONFLICT_AT_RECORD', 'TransactWriteItems'],
  ['CONFLICT_AT_BOTH', 'TransactWriteItems'],
  ['THROTTLED_IN_TRANSACTION', 'TransactWriteItems'],
  ['THROTTLED_AT_RECORD', 'TransactWriteItems'],
  ['THROTTLED_AT_BOTH', 'TransactWriteItems'],
  ['LOOK_IN_CONFLICT', 'TransactGetItems'],
  ['LOOK_THROTTLED', 'TransactGetItems'],
  ['IN_PROGRESS', 'TransactWriteItems'],
]);

function isPossible(fault: NamedFault, operation: DynamoDbOperation): boolean {
  return (onlyOf.get(fault) ?? operation) === operation;
}

/** Faults in one line, for a failure's message: `TransactWriteItems#0 DROP_ANSWER, ...`. */
export function describeFaults(met: readonly MetFault[]): string {
  return met.map(({ operation, earlier, fault }) => `${operation}#${earlier} ${fault}`).join(', ') || 'none';
}
