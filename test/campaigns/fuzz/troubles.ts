import { marshall } from '@aws-sdk/util-dynamodb';
import type { CancellationRow } from '../../../lambda/dynamodb/items.ts';
import {
  canceledFor,
  connectionReset,
  failed,
  inProgress,
  Invalid,
  mismatched,
  throttled,
  timedOut,
  unauthorized,
} from '../../support/dynamodb-errors.ts';
import type { Random } from '../../support/random.ts';
import { account, secrets, sessionToken } from './world.ts';

export type StoreCall = 'find' | 'load' | 'findRecord' | 'commit';

/** DynamoDB fails some calls of a request, with an error that gives secrets away. */
export interface Trouble {
  readonly calls: readonly StoreCall[];
  readonly error: Error;
}

export function drawTrouble(random: Random): Trouble {
  return { calls: random.pick(places), error: indiscreet(random.pick(errors)(random.below(2 ** 16)), random) };
}

const places: ReadonlyArray<readonly StoreCall[]> = [
  ['find'],
  ['load'],
  ['findRecord'],
  ['commit'],
  ['commit', 'findRecord'],
];

const none = { Code: 'None' };
const odd = { Code: 'ValidationError', Message: `Of ${account.accountNumber}` };

/** What a failed condition gives back: the record of somebody else's request, with the account that it names. */
const record: CancellationRow & { readonly acct: object } = {
  orderKey: 'ORDER',
  cancellationKey: 'K#key',
  digest: '0'.repeat(64),
  kind: 'REFUND',
  at: 1n,
  v: 2n,
  rid: `RETREQ${'0'.repeat(26)}`,
  data: '{}',
  lines: [],
  cur: 'KRW',
  // As an earlier version kept it.
  acct: { n: account.accountNumber, b: account.bankCode, h: account.accountHolderName },
};

const errors: ReadonlyArray<(choice: number) => Error> = [
  throttled,
  failed,
  unauthorized,
  inProgress,
  mismatched,
  timedOut,
  connectionReset,
  () => new Invalid(''),
  () => canceledFor([{ Code: 'TransactionConflict', Message: `Of ${account.accountNumber}` }, none]),
  () => canceledFor([{ Code: 'ConditionalCheckFailed', Item: marshall(record) }, none]),
  () => canceledFor([none, { Code: 'ConditionalCheckFailed', Item: marshall(record) }]),
  () => canceledFor([odd, none]),
];

/** The error, made to give secrets away by all that the SDK's errors have: message, stack, fields, raw answer and cause. */
function indiscreet(error: Error, random: Random): Error {
  const message = random.pick(messages)(random.pick(secrets));
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return Object.assign(error, {
    message,
    Message: message,
    stack: [`${error.name}: ${message}`, ...frames].join('\n'),
    $response: { headers: { 'x-amz-security-token': sessionToken }, body: secrets.join() },
    cause: new TypeError(message),
  });
}

const messages: ReadonlyArray<(secret: string) => string> = [
  (secret) => `The value ${secret} is not valid.`,
  // As a quoted answer may be, of several lines.
  (secret) => `Unexpected token in\n    at ${secret} (${secret}:1:1)\n${secret}`,
];
