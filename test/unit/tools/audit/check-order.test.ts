import { describe, expect, test } from '@jest/globals';
import type { PaymentStatus } from '../../../../lambda/domain/order.ts';
import type { CancellationRecord, CancellationRow } from '../../../../lambda/dynamodb/items.ts';
import { addRecord, addRow, checkOrder, emptySummary } from '../../../../tools/audit/check-order.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import type { LineAmounts } from '../../../../lambda/domain/line-amounts.ts';

const canceledOf = (units: number, amountMinor: bigint, taxMinor = 0n): LineAmounts => ({
  units,
  amountMinor,
  taxMinor,
});

function recordOf(lines: CancellationRecord['lines'], overrides: Partial<CancellationRecord> = {}): CancellationRecord {
  const sum = (name: 'amountMinor' | 'taxMinor') => Number(lines.reduce((total, line) => total + line[name], 0n));
  return {
    cancellationKey: 'K#1',
    requestDigest: '',
    kind: 'REFUND',
    createdAtMs: 0,
    returnRequestId: 'RETREQ1',
    orderVersion: 2,
    accountTag: undefined,
    dataJson: JSON.stringify({
      orderNo: 'ORD20251224001',
      totalProductAmount: sum('amountMinor'),
      totalProductTaxAmount: sum('taxMinor'),
      totalDeliveryAmount: 0,
      totalDeliveryTaxAmount: 0,
      processedCount: lines.length,
      returnRequestId: 'RETREQ1',
      items: [],
    }),
    lines,
    ...overrides,
  };
}

const check = (lines: LineAmounts[], paymentStatus: PaymentStatus, ...records: CancellationRecord[]) => {
  const order = orderOf({
    paymentStatus,
    lines: lines.map((canceled, index) => lineOf({ seq: index + 1, canceled })),
  });
  return checkOrder(
    { ...order, version: 1 + records.length },
    summaryOf(records.map((record, index) => ({ ...record, orderVersion: 2 + index }))),
  );
};

function summaryOf(records: readonly CancellationRecord[]) {
  const summary = emptySummary();
  for (const record of records) addRecord(summary, record, 'KRW');
  return summary;
}

const all = canceledOf(2, 100_000n, 10_000n);
const none = canceledOf(0, 0n);

describe('an order is sound', () => {
  test.each<[string, LineAmounts[], PaymentStatus, CancellationRecord[]]>([
    ['of which nothing was canceled', [none], 'CAPTURED', []],
    [
      'that was canceled in part',
      [canceledOf(0, 7n, 1n)],
      'PARTIALLY_CANCELED',
      [recordOf([{ seq: 1, ...canceledOf(0, 7n, 1n) }])],
    ],
    [
      'that was canceled bit by bit',
      [all],
      'CANCELED',
      [
        recordOf([{ seq: 1, ...canceledOf(1, 50_000n, 10_000n) }]),
        recordOf([{ seq: 1, ...canceledOf(1, 50_000n) }], { returnRequestId: 'RETREQ2' }),
      ],
    ],
    ['that was voided', [all], 'VOIDED', [recordOf([{ seq: 1, ...all }], { kind: 'VOID' })]],
  ])('%s', (_name, lines, status, records) => {
    expect(check(lines, status, ...records)).toEqual([]);
  });
});

const half = canceledOf(1, 50_000n, 5000n);

describe('a violation is reported', () => {
  /** A record of half the line whose response said something else. */
  const respondedWith = (changes: object): CancellationRecord => {
    const record = recordOf([{ seq: 1, ...half }]);
    const data = JSON.parse(record.dataJson) as object;
    return { ...record, dataJson: JSON.stringify({ ...data, ...changes }) };
  };

  test.each<[string, LineAmounts[], PaymentStatus, CancellationRecord[], string]>([
    [
      'an effect without a record',
      [half],
      'PARTIALLY_CANCELED',
      [],
      'line 1: 1 units, amount 50000, tax 5000 is canceled, but the records come to 0 units, amount 0, tax 0',
    ],
    [
      'a record without an effect',
      [none],
      'CAPTURED',
      [recordOf([{ seq: 1, ...half }])],
      'line 1: 0 units, amount 0, tax 0 is canceled, but the records come to 1 units, amount 50000, tax 5000',
    ],
    [
      'two records with one effect',
      [half],
      'PARTIALLY_CANCELED',
      [recordOf([{ seq: 1, ...half }]), recordOf([{ seq: 1, ...half }], { returnRequestId: 'RETREQ2' })],
      'line 1: 1 units, amount 50000, tax 5000 is canceled, but the records come to 2 units, amount 100000, tax 10000',
    ],
    [
      'a record of another line',
      [half],
      'PARTIALLY_CANCELED',
      [
        recordOf([
          { seq: 1, ...half },
          { seq: 9, ...canceledOf(1, 0n) },
        ]),
      ],
      'line 9: a record canceled it, but the order has no such line',
    ],
    [
      'an amount beyond what was paid',
      [canceledOf(2, 100_001n, 0n)],
      'CANCELED',
      [recordOf([{ seq: 1, ...canceledOf(2, 100_001n) }])],
      'line 1: more amount is canceled than was paid (-1 remaining)',
    ],
    [
      'units beyond what was paid',
      [canceledOf(3, 0n)],
      'PARTIALLY_CANCELED',
      [recordOf([{ seq: 1, ...canceledOf(3, 0n) }])],
      'line 1: more units is canceled than was paid (-1 remaining)',
    ],
    [
      'tax beyond what was paid',
      [canceledOf(1, 0n, 10_001n)],
      'PARTIALLY_CANCELED',
      [recordOf([{ seq: 1, ...canceledOf(1, 0n, 10_001n) }])],
      'line 1: more tax is canceled than was paid (-1 remaining)',
    ],
    [
      'more tax than amount that remains',
      [canceledOf(1, 99_999n, 9998n)],
      'PARTIALLY_CANCELED',
      [recordOf([{ seq: 1, ...canceledOf(1, 99_999n, 9998n) }])],
      'line 1: more tax than amount remains (tax 2, amount 1)',
    ],
    [
      'a response that differs from what was taken',
      [half],
      'PARTIALLY_CANCELED',
      [respondedWith({ totalProductAmount: 49_999 })],
      'RETREQ1: its response says amount 49999, but it took 50000',
    ],
    [
      'a tax in the response that differs',
      [half],
      'PARTIALLY_CANCELED',
      [respondedWith({ totalDeliveryTaxAmount: 1 })],
      'RETREQ1: its response says tax 5001, but it took 5000',
    ],
    [
      'a status before its cancellations',
      [half],
      'CAPTURED',
      [recordOf([{ seq: 1, ...half }])],
      'the status is CAPTURED, but by its lines it is PARTIALLY_CANCELED',
    ],
    [
      'a status beyond its cancellations',
      [none],
      'CANCELED',
      [],
      'the status is CANCELED, but by its lines it is REQUESTED or AUTHORIZED or CAPTURED or FAILED',
    ],
    [
      'a void that is called a refund',
      [all],
      'CANCELED',
      [recordOf([{ seq: 1, ...all }], { kind: 'VOID' })],
      'the status is CANCELED, but by its lines it is VOIDED',
    ],
  ])('%s', (_name, lines, status, records, violation) => {
    expect(check(lines, status, ...records)).toEqual([violation]);
  });
});

describe('a violation that entails others is reported too', () => {
  const other = { returnRequestId: 'RETREQ2' };

  test.each<[string, LineAmounts[], CancellationRecord[], string]>([
    [
      'less than nothing',
      [canceledOf(1, -1n)],
      [recordOf([{ seq: 1, ...canceledOf(1, -1n) }])],
      'line 1: less than no amount is canceled (-1)',
    ],
    [
      'a record of less than nothing that another makes up for',
      [half],
      [recordOf([{ seq: 1, ...canceledOf(1, 50_001n, 5000n) }]), recordOf([{ seq: 1, ...canceledOf(0, -1n) }], other)],
      'RETREQ2: took less than nothing of line 1: 0 units, amount -1, tax 0',
    ],
    [
      'a record of less than no units',
      [half],
      [recordOf([{ seq: 1, ...canceledOf(-1, 1n) }])],
      'RETREQ1: took less than nothing of line 1: -1 units, amount 1, tax 0',
    ],
    [
      'a record of less than no tax',
      [half],
      [recordOf([{ seq: 1, ...canceledOf(1, 1n, -1n) }])],
      'RETREQ1: took less than nothing of line 1: 1 units, amount 1, tax -1',
    ],
    [
      'a record that took nothing of a line',
      [half, none],
      [
        recordOf([
          { seq: 1, ...half },
          { seq: 2, ...none },
        ]),
      ],
      'RETREQ1: took nothing of line 2',
    ],
    [
      'a record without lines',
      [half],
      [recordOf([{ seq: 1, ...half }]), recordOf([], other)],
      'RETREQ2: took nothing of any line',
    ],
    [
      'a record that names a line twice',
      [all],
      [
        recordOf([
          { seq: 1, ...half },
          { seq: 1, ...half },
        ]),
      ],
      'RETREQ1: names line 1 more than once',
    ],
    [
      'two records with one returnRequestId',
      [all],
      [recordOf([{ seq: 1, ...half }]), recordOf([{ seq: 1, ...half }])],
      'RETREQ1: two records of the order have this returnRequestId',
    ],
  ])('%s', (_name, lines, records, violation) => {
    expect(check(lines, 'PARTIALLY_CANCELED', ...records)).toContain(violation);
  });

  test('a line that stands twice in the order, once for each seq', () => {
    const seqs = [1, 2, 1, 2, 2, 3];
    const order = orderOf({ lines: seqs.map((seq) => lineOf({ seq })) });
    expect(checkOrder(order, emptySummary())).toEqual([
      'line 1: stands more than once in the order',
      'line 2: stands more than once in the order',
    ]);
  });

  test('a free line is canceled by its units alone, which is no violation', () => {
    const order = orderOf({
      paymentStatus: 'CANCELED',
      lines: [lineOf({ quantity: 1, unitAmountMinor: 0n, unitTaxMinor: 0n, canceled: canceledOf(1, 0n) })],
    });
    const records = summaryOf([recordOf([{ seq: 1, ...canceledOf(1, 0n) }])]);
    expect(checkOrder({ ...order, version: 2 }, records)).toEqual([]);
  });
});

describe('the version that a record made', () => {
  const order = orderOf({
    version: 3,
    paymentStatus: 'PARTIALLY_CANCELED',
    lines: [lineOf({ canceled: half })],
  });
  const taken = [{ seq: 1, ...half }];
  const violationsOf = (...records: CancellationRecord[]) =>
    checkOrder(order, summaryOf(records)).filter((violation) => violation.includes('version'));

  test('may leave out those that another writer made', () => {
    expect(violationsOf(recordOf(taken, { orderVersion: 3 }))).toEqual([]);
  });

  test('is that of no other record', () => {
    expect(violationsOf(recordOf(taken), recordOf(taken, { returnRequestId: 'RETREQ2' }))).toEqual([
      'RETREQ2: another record made version 2 of the order too',
    ]);
  });

  test('is not above that of the order', () => {
    expect(violationsOf(recordOf(taken, { orderVersion: 4 }))).toEqual([
      'RETREQ1: made version 4 of the order, which has version 3',
    ]);
  });
});

describe('a record that cannot be', () => {
  const order = orderOf({ version: 2, paymentStatus: 'PARTIALLY_CANCELED', lines: [lineOf({ canceled: half })] });
  const { lines, dataJson } = recordOf([{ seq: 1, ...half }]);
  const row: CancellationRow = {
    orderKey: 'STORE-1/ORD20251224001',
    cancellationKey: 'K#1',
    digest: '',
    kind: 'REFUND',
    at: 1n,
    rid: 'RETREQ1',
    v: 2n,
    data: dataJson,
    lines: lines.map(({ seq, units, amountMinor, taxMinor }) => ({
      s: BigInt(seq),
      q: BigInt(units),
      a: amountMinor,
      t: taxMinor,
    })),
  };
  const violationsOf = (changes: object) => {
    const summary = emptySummary();
    addRow(summary, { ...row, ...changes }, 'KRW');
    return checkOrder(order, summary);
  };

  test('is not this one', () => {
    expect(violationsOf({})).toEqual([]);
  });

  test.each([
    ['v', { v: undefined }],
    ['v', { v: '2' }],
    ['v', { v: 2.5 }],
    ['v', { v: 0n }],
    ['kind', { kind: 'CREDIT' }],
    ['at', { at: 'yesterday' }],
    ['data', { data: '' }],
    ['lines', { lines: undefined }],
    ['lines[0]', { lines: [null] }],
    ['lines[0]', { lines: [{ ...row.lines[0], a: 1.5 }] }],
    ['lines[0]', { lines: [{ ...row.lines[0], s: 0n }] }],
    ['kind, v', { kind: null, v: null }],
  ])('is named with %s, and the sums without it are not judged: %j', (attributes, changes) => {
    expect(violationsOf(changes)).toEqual([`RETREQ1: impossible attributes: ${attributes}`]);
  });

  test('is named by its key where it has no id', () => {
    expect(violationsOf({ rid: undefined })).toEqual(['record K#1: impossible attributes: rid']);
  });
});
