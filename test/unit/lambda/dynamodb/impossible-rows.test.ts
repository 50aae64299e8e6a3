import { describe, expect, test } from '@jest/globals';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import { wrapNumbers } from '../../../../lambda/dynamodb/client.ts';
import {
  assertPossibleCancellation,
  assertPossibleOrder,
  impossibleAttributesOfCancellation,
  impossibleAttributesOfCredential,
  impossibleAttributesOfOrder,
} from '../../../../lambda/dynamodb/impossible-rows.ts';
import {
  type CancellationRow,
  cancellationRow,
  type CredentialRow,
  type OrderRow,
  orderRow,
} from '../../../../lambda/dynamodb/items.ts';
import { startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { commandFor, recordOf } from '../../../support/commands.ts';
import { allowed } from '../../../support/decisions.ts';

/** An attribute of undefined is left out. */
type Attributes = Readonly<Record<string, unknown>>;

/** A row as it comes back from DynamoDB, with some of its attributes replaced. */
function stored(row: object, changes: Attributes): unknown {
  const changed = marshall({ ...row, ...changes }, { removeUndefinedValues: true });
  return unmarshall(changed, { wrapNumbers });
}

const canceled = { units: 1, amountMinor: 3000n, taxMinor: 0n };
const order = orderRow(
  orderOf({ lines: [lineOf(), lineOf({ seq: 2, unitAmountMinor: 3000n, unitTaxMinor: 0n, canceled })] }),
);
const orderWith = (changes: Attributes) => stored(order, changes) as OrderRow;
const lineWith = (changes: Attributes) => orderWith({ lines: [{ ...order.lines[1], ...changes }] });

const command = commandFor();
const { items } = allowed(orderOf(), command.request);
const record = cancellationRow(orderOf(), recordOf(command), items, false);
const recordWith = (changes: Attributes) => stored(record, changes) as CancellationRow;

const credential: CredentialRow = {
  accessKeyHash: 'hash',
  storeId: 'STORE-1',
  divisionCode: 'DIV-1',
  channelCode: 'ONLINE',
  hashKey: 'hash-key-1',
  issuedAt: BigInt(startOfTest),
  expiresAt: BigInt(startOfTest + 1),
};
const credentialWith = (changes: Attributes) => stored(credential, changes) as CredentialRow;

test('what the service writes is possible', () => {
  expect(impossibleAttributesOfOrder(orderWith({}))).toEqual([]);
  expect(impossibleAttributesOfOrder(lineWith({ c: undefined }))).toEqual([]);
  expect(impossibleAttributesOfCancellation(recordWith({}))).toEqual([]);
  expect(
    impossibleAttributesOfCancellation(
      recordWith({ tag: 'a1b2', acct: {}, acc: true, cur: undefined, digest: undefined }),
    ),
  ).toEqual([]);
  expect(impossibleAttributesOfCredential(credentialWith({}))).toEqual([]);
  expect(impossibleAttributesOfCredential(credentialWith({ revokedAt: 5 }))).toEqual([]);
});

/** What no whole number from 1 on is. */
const noCounts = [undefined, null, '1', 0, -1, 1.5, 9_007_199_254_740_992n, true, []];

const impossibleInOrder: ReadonlyArray<readonly [string, readonly unknown[]]> = [
  ['cur', [undefined, '', 'XXX', 'krw', 410, null]],
  ['st', [undefined, '', 'captured', 'PAID', null]],
  ['rm', [undefined, '', 'bank', 'original', null]],
  ['v', noCounts],
  ['lines', [undefined, null, [], {}, 'none']],
];

describe.each(impossibleInOrder)('an order is impossible with another %s', (name, values) => {
  test.each(values)('such as %p', (value) => {
    const row = orderWith({ [name]: value });
    expect(impossibleAttributesOfOrder(row)).toEqual([name]);
    expect(() => assertPossibleOrder(row)).toThrow(new InvariantViolated(`An order has an impossible ${name}.`));
  });
});

const impossibleInLine: ReadonlyArray<readonly [string, readonly unknown[]]> = [
  ['s', noCounts],
  ['ty', [undefined, 'physical', null]],
  ['id', [undefined, '', 1, null]],
  ['q', noCounts],
  ['a', [undefined, null, '1', -1, 1.5]],
  // More than the amount, which is 3000.
  ['t', [undefined, null, '1', -1, 1.5, 3001]],
  ['c', [null, 'x', {}, { q: 1, a: 1 }, { q: 1, a: 1, t: '1' }, { q: 1.5, a: 1, t: 1 }]],
];

describe.each(impossibleInLine)('a line is impossible with another %s', (name, values) => {
  test.each(values)('such as %p', (value) => {
    const row = lineWith({ [name]: value });
    expect(impossibleAttributesOfOrder(row)).toContain(`lines[0].${name}`);
    expect(() => assertPossibleOrder(row)).toThrow(InvariantViolated);
  });
});

test.each([null, 'line', 1])('a line that is %p is impossible', (line) => {
  expect(impossibleAttributesOfOrder(orderWith({ lines: [order.lines[0], line] }))).toEqual(['lines[1]']);
});

test('a line may have the whole of its amount as tax, or none, or be free', () => {
  for (const changes of [{ t: 3000 }, { t: 0 }, { a: 0, t: 0 }]) {
    expect(impossibleAttributesOfOrder(lineWith(changes))).toEqual([]);
  }
});

test('everything that is impossible in an order is named, and no value', () => {
  const names = impossibleAttributesOfOrder(
    orderWith({ cur: 'canary', rm: 'canary', lines: [order.lines[0], { ...order.lines[1], id: 1, q: 'canary' }] }),
  );
  expect(names).toEqual(['cur', 'rm', 'lines[1].id', 'lines[1].q']);
});

const impossibleInRecord: ReadonlyArray<readonly [string, readonly unknown[]]> = [
  ['kind', [undefined, 'refund', null]],
  ['rid', [undefined, '', 1]],
  ['v', noCounts],
  ['at', [undefined, null, '1', -1, 1.5]],
  ['data', [undefined, '', {}]],
  ['lines', [undefined, null, {}]],
  ['lines[0]', [[null], [{}], [{ s: '1', q: 1, a: 1, t: 1 }], [{ s: 1, q: 1, a: 1 }]]],
];

describe.each(impossibleInRecord)('a record is impossible with another %s', (name, values) => {
  test.each(values.map((value) => [value]))('such as %j', (value) => {
    const row = recordWith({ [name.replace('[0]', '')]: value });
    expect(impossibleAttributesOfCancellation(row)).toEqual([name]);
    expect(() => assertPossibleCancellation(row)).toThrow(new InvariantViolated(`A record has an impossible ${name}.`));
  });
});

const impossibleInCredential: ReadonlyArray<readonly [string, readonly unknown[]]> = [
  ['storeId', [undefined, '', 1]],
  ['divisionCode', [undefined, '', 1]],
  ['channelCode', [undefined, '', 1]],
  ['hashKey', [undefined, '', 1, null]],
  ['issuedAt', noCounts],
  ['expiresAt', noCounts],
];

describe.each(impossibleInCredential)('a store key is impossible with another %s', (name, values) => {
  test.each(values)('such as %p', (value) => {
    expect(impossibleAttributesOfCredential(credentialWith({ [name]: value }))).toEqual([name]);
  });
});
