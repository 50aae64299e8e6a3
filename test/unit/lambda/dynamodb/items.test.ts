import { describe, expect, test } from '@jest/globals';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CanceledItem } from '../../../../lambda/domain/cancellation.ts';
import { wrapNumbers } from '../../../../lambda/dynamodb/client.ts';
import {
  type CancellationRow,
  cancellationRow,
  type CancellationRecord,
  cancellationRecordOf,
  type OrderRow,
  orderRow,
  orderKeyOf,
  orderOf as orderOfItem,
} from '../../../../lambda/dynamodb/items.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import { zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';

type Attributes = Parameters<typeof unmarshall>[0];
const read = (item: object): unknown => unmarshall(item as Attributes, { wrapNumbers });

/** An item as it comes back from DynamoDB. */
const stored = (item: object): unknown => unmarshall(marshall(item), { wrapNumbers });

test('the store is part of an order’s key', () => {
  expect(orderKeyOf({ storeId: 'STORE-1', orderNo: 'ORD-1' })).toBe('STORE-1/ORD-1');
});

describe('an order', () => {
  test('is stored under short names, with what was canceled only where something was', () => {
    const canceled = { units: 1, amountMinor: 2000n, taxMinor: 10n };
    const order = orderOf({ lines: [lineOf(), lineOf({ seq: 2, canceled })] });
    expect(orderRow(order)).toEqual({
      orderKey: 'STORE-1/ORD20251224001',
      cur: 'KRW',
      st: 'CAPTURED',
      rm: 'ORIGINAL',
      v: 1n,
      lines: [
        { s: 1n, ty: 'PHYSICAL', id: 'P001', q: 2n, a: 50_000n, t: 5000n },
        { s: 2n, ty: 'PHYSICAL', id: 'P001', q: 2n, a: 50_000n, t: 5000n, c: { q: 1n, a: 2000n, t: 10n } },
      ],
    });
  });

  test('reads back as it was written', () => {
    const order = orderOf({
      currencyCode: 'KWD',
      paymentStatus: 'PARTIALLY_CANCELED',
      refundMethod: 'BANK_ACCOUNT',
      version: 12,
      lines: [
        lineOf({ canceled: { units: 0, amountMinor: 1n, taxMinor: 0n } }),
        lineOf({ seq: 1_000_000, itemType: 'DELIVERY', itemId: 'D.1', unitAmountMinor: 999_999_999_999_999n }),
      ],
    });
    expect(orderOfItem(stored(orderRow(order)) as OrderRow)).toEqual(order);
  });

  test('that nothing here can have written is none: it is not completed by a default', () => {
    const { rm: _refundMethod, ...withoutRefundMethod } = orderRow(orderOf());
    expect(() => orderOfItem(stored(withoutRefundMethod) as OrderRow)).toThrow(InvariantViolated);
  });

  test('of which nothing was canceled reads back as such', () => {
    expect(orderOfItem(stored(orderRow(orderOf())) as OrderRow).lines[0]?.canceled).toEqual(zeroAmounts);
  });
});

describe('a record', () => {
  const record: Omit<CancellationRecord, 'lines'> = {
    cancellationKey: 'K#1',
    requestDigest: 'digest',
    kind: 'REFUND',
    createdAtMs: 1_767_129_253_909,
    returnRequestId: 'RETREQ1',
    orderVersion: 7,
    accountTag: undefined,
    dataJson: JSON.stringify({
      orderNo: 'ORD-1',
      totalProductAmount: 10.5,
      totalProductTaxAmount: 0,
      totalDeliveryAmount: 0,
      totalDeliveryTaxAmount: 0,
      processedCount: 1,
      returnRequestId: 'RETREQ1',
      items: [{ seq: 3, itemId: 'P003', quantity: 1, amount: 10.5 }],
    }),
  };
  const taken = { units: 1, amountMinor: 1050n, taxMinor: 0n };
  const items = [{ seq: 3, taken, canceledAfter: { ...taken, amountMinor: 9999n } } as CanceledItem];
  const ofOrder = { storeId: 'S', orderNo: 'O', currencyCode: 'USD' };

  test('reads back as it was written, to the letter', () => {
    const read = cancellationRecordOf(stored(cancellationRow(ofOrder, record, items, false)) as CancellationRow);
    expect(read).toEqual({ ...record, lines: [{ seq: 3, ...taken }] });
  });

  test('has its keys and what it took of each line', () => {
    expect(cancellationRow(ofOrder, record, items, false)).toEqual({
      orderKey: 'S/O',
      cancellationKey: 'K#1',
      digest: 'digest',
      kind: 'REFUND',
      at: 1_767_129_253_909n,
      rid: 'RETREQ1',
      v: 7n,
      data: record.dataJson,
      lines: [{ s: 3n, q: 1n, a: 1050n, t: 0n }],
      cur: 'USD',
    });
  });

  test('keeps the tag of its refund account', () => {
    const row = cancellationRow(ofOrder, { ...record, accountTag: 'a1b2' }, items, false);
    expect(row).toHaveProperty('tag', 'a1b2');
    expect(cancellationRecordOf(stored(row) as CancellationRow).accountTag).toBe('a1b2');
  });

  test('that nothing here can have written is none: it is not completed by a default', () => {
    const { v: _version, ...withoutVersion } = cancellationRow(ofOrder, record, items, false);
    expect(() => cancellationRecordOf(stored(withoutVersion) as CancellationRow)).toThrow(InvariantViolated);
  });

  test('says whether its refund account is kept, and never which one it is', () => {
    const row = cancellationRow(ofOrder, record, items, true);
    expect(row).toEqual({ ...cancellationRow(ofOrder, record, items, false), acc: true });
    expect(cancellationRecordOf(stored(row) as CancellationRow)).toEqual({ ...record, lines: [{ seq: 3, ...taken }] });
  });
});

// During a release two versions write the same tables: each has to read what the other wrote.
describe('items of another version of the service', () => {
  const orderOfToday = {
    orderKey: { S: 'STORE-1/ORD-1' },
    cur: { S: 'KRW' },
    st: { S: 'PARTIALLY_CANCELED' },
    rm: { S: 'BANK_ACCOUNT' },
    v: { N: '7' },
    lines: {
      L: [
        {
          M: {
            s: { N: '3' },
            ty: { S: 'DELIVERY' },
            id: { S: 'D001' },
            q: { N: '1' },
            a: { N: '3000' },
            t: { N: '0' },
            c: { M: { q: { N: '0' }, a: { N: '2000' }, t: { N: '0' } } },
          },
        },
      ],
    },
  };
  const recordOfToday = {
    orderKey: { S: 'STORE-1/ORD-1' },
    cancellationKey: { S: 'K#key-1' },
    digest: { S: 'digest-1' },
    kind: { S: 'REFUND' },
    at: { N: '1767129253909' },
    rid: { S: 'RETREQ1' },
    v: { N: '7' },
    tag: { S: 'a1b2' },
    data: { S: '{"orderNo":"ORD-1"}' },
    lines: { L: [{ M: { s: { N: '3' }, q: { N: '0' }, a: { N: '2000' }, t: { N: '0' } } }] },
    cur: { S: 'KRW' },
    acc: { BOOL: true },
  };
  const later = { added: { S: 'by a later version' } };

  test.each([
    ['as they are written today', orderOfToday],
    ['with an attribute that a later version added', { ...orderOfToday, ...later }],
  ])('orders %s', (_how, item) => {
    expect(orderOfItem(read(item) as OrderRow)).toEqual({
      storeId: 'STORE-1',
      orderNo: 'ORD-1',
      currencyCode: 'KRW',
      paymentStatus: 'PARTIALLY_CANCELED',
      refundMethod: 'BANK_ACCOUNT',
      version: 7,
      lines: [
        {
          seq: 3,
          itemType: 'DELIVERY',
          itemId: 'D001',
          quantity: 1,
          unitAmountMinor: 3000n,
          unitTaxMinor: 0n,
          canceled: { units: 0, amountMinor: 2000n, taxMinor: 0n },
        },
      ],
    });
  });

  test.each([
    ['as they are written today', recordOfToday],
    ['with an attribute that a later version added', { ...recordOfToday, ...later }],
  ])('records %s', (_how, item) => {
    expect(cancellationRecordOf(read(item) as CancellationRow)).toEqual({
      cancellationKey: 'K#key-1',
      requestDigest: 'digest-1',
      kind: 'REFUND',
      createdAtMs: 1_767_129_253_909,
      returnRequestId: 'RETREQ1',
      orderVersion: 7,
      accountTag: 'a1b2',
      dataJson: '{"orderNo":"ORD-1"}',
      lines: [{ seq: 3, units: 0, amountMinor: 2000n, taxMinor: 0n }],
    });
  });
});
