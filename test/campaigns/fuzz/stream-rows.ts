import type { DynamoDBRecord } from 'aws-lambda';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Random } from '../../support/random.ts';
import { account } from './world.ts';

/** A row of either table, or what somebody made of it. */
export type Row = Readonly<Record<string, unknown>>;

/** A record of a stream, and the row that is in it. */
export interface StreamRecord {
  readonly table: 'Cancellations' | 'Executions';
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly row: Row;
  readonly record: DynamoDBRecord;
}

const now = 1_767_129_253_909;

/** Mostly one that something has to leave for, now and then one that cannot be. */
export function drawStreamRecord(random: Random, number: number): StreamRecord {
  const table = random.chance(50) ? 'Cancellations' : 'Executions';
  const usual = table === 'Cancellations' ? 'INSERT' : 'MODIFY';
  const eventName = random.chance(94) ? usual : random.pick(['INSERT', 'MODIFY', 'REMOVE'] as const);
  const sound = table === 'Cancellations' ? cancellation(random) : execution(random);
  const row = random.chance(35) ? spoiled(sound, random) : sound;
  const keys = table === 'Cancellations' ? ['orderKey', 'cancellationKey'] : ['orderKey', 'rid'];
  const Keys = Object.fromEntries(keys.map((name) => [name, row[name]]));
  return {
    table,
    eventName,
    row,
    record: {
      eventID: `event-${number}`,
      eventName,
      eventSourceARN: `arn:aws:dynamodb:ap-northeast-2:111122223333:table/${table}/stream/1`,
      dynamodb: {
        SequenceNumber: String(number).padStart(21, '0'),
        Keys: imageOf(Keys),
        ...(eventName === 'REMOVE' ? {} : { NewImage: imageOf(row) }),
      },
    },
  };
}

function imageOf(row: Row): NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']> {
  return marshall(row, { removeUndefinedValues: true, convertClassInstanceToMap: true }) as never;
}

const stores = ['STORE-1', 'STORE-1', 'STORE-1', 'SMOKE-TEST', 'SMOKE-TEST2', 'smoke-test', 'XSMOKE-TEST'];
const currencies = ['KRW', 'USD', 'KWD', 'CLF', 'JPY', 'EUR'];
const amounts = [0n, 1n, 9n, 10n, 1050n, 3000n, 999_999n, 999_999_999_999_999n];

function shared(random: Random): Row {
  return {
    orderKey: `${random.pick(stores)}/${random.pick(['ORD-1', 'ORD.2_x', '0', 'a-b'])}`,
    rid: ridOf(random),
    kind: random.pick(['REFUND', 'VOID']),
    cur: random.pick(currencies),
    at: BigInt(now + random.below(1_000_000)),
    acc: random.chance(40) ? true : undefined,
  };
}

function ridOf(random: Random): string {
  return `RETREQ${String(random.next()).padStart(26, '0')}`;
}

function cancellation(random: Random): Row {
  const count = random.pick([1, 1, 2, 5]);
  return {
    ...shared(random),
    cancellationKey: random.pick(['K#a', 'D#b', 'P#c']),
    digest: '0'.repeat(64),
    v: BigInt(random.between(2, 9)),
    data: '{}',
    tag: random.chance(30) ? 'abcd' : undefined,
    lines: Array.from({ length: count }, (_value, index) => {
      // So little that the sum of all stays exact.
      return { s: BigInt(index + 1), q: 1n, a: random.pick(amounts) / BigInt(count), t: 0n };
    }),
    // As version 0.1.0 kept it.
    acct: random.chance(25) ? accountRow : undefined,
  };
}

function execution(random: Random): Row {
  const st = random.pick(['REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', 'RESOLVED']);
  const basic = shared(random);
  return {
    ...basic,
    a: random.pick(amounts),
    att: BigInt(random.pick([1, 1, 2, 17, 1_000_000])),
    seq: st === 'REQUESTED' ? 0n : BigInt(random.between(1, 20)),
    st,
    req: basic['at'],
    why: st === 'FAILED' ? 'ACCOUNT_CLOSED' : undefined,
    psp: random.chance(30) ? 'psp-1' : undefined,
    how: st === 'SUCCEEDED' && basic['kind'] === 'VOID' ? random.pick(['VOIDED', 'REFUNDED']) : undefined,
    note: st === 'RESOLVED' ? `paid to ${account.accountNumber}` : undefined,
    acct: random.chance(10) ? accountRow : undefined,
  };
}

const accountRow = { n: account.accountNumber, b: account.bankCode, h: account.accountHolderName };

/** What no writer puts into an attribute that is no key. Of a key, DynamoDB itself sees to it that it is text. */
const oddValues: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'odd',
  'true',
  '1',
  'REFUNDS',
  'krw',
  'XXX',
  'PAID',
  0n,
  -1n,
  1.5,
  10n ** 15n,
  123_456_789_012_345_678_901_234_567_890n,
  8_640_000_000_000_001n,
  true,
  false,
  [],
  {},
  [1n],
  { a: 1n },
  new Set(['a']),
  new Set([1]),
  Uint8Array.of(1, 2),
  account.accountNumber,
  [account.accountNumber],
  { __proto__x: 1n, constructor: 'x' },
];

function spoiled(row: Row, random: Random): Row {
  const keys = 'cancellationKey' in row ? ['orderKey', 'cancellationKey'] : ['orderKey', 'rid'];
  // An operator's note is in no event, and anything may stand in it.
  const name = random.pick(Object.keys(row).filter((each) => each !== 'note' && !keys.includes(each)));
  if (random.chance(10)) return { ...row, orderKey: random.pick(['', '/', 'STORE-1', 'x'.repeat(200)]) || 'x' };
  // An id is public, and so is what a PSP calls a refund: whoever writes an account there gives it away.
  const values =
    name === 'rid' || name === 'psp' ? oddValues.filter((value) => value !== account.accountNumber) : oddValues;
  if (name !== 'lines' || random.chance(30)) return { ...row, [name]: random.pick(values) };
  const lines = row['lines'] as readonly Row[];
  const at = random.below(lines.length);
  const line = random.chance(20) ? random.pick(oddValues) : { ...lines[at], a: random.pick(oddValues) };
  return { ...row, lines: lines.with(at, (line ?? null) as Row) };
}
