import { describe, expect, test } from '@jest/globals';
import type { CancellationRequest, RequestedItem } from '../../../../lambda/domain/cancellation.ts';
import { InvariantViolated, type PaymentStatus } from '../../../../lambda/domain/order.ts';
import { memoryService, credentialOf } from '../../../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import {
  contextOf,
  eventOf,
  type Example,
  exampleRequest,
  exampleText,
  itemOf,
  requestOf,
  store,
} from '../../../../tools/in-memory/requests.ts';
import { dataOf, errorsOf, send } from '../../../support/send.ts';

describe('the examples of the specification', () => {
  test.each<Example>(['full-order', 'item-level', 'partial-amount'])(
    '%s gets the specified response',
    async (example) => {
      const { handler } = memoryService([orderOf()]);
      const result = await handler(eventOf(exampleText(example, 'request')), contextOf());
      const { data } = JSON.parse(exampleText(example, 'response')) as { data: { returnRequestId: string } };
      expect(result.statusCode).toBe(200);
      expect(JSON.parse(result.body)).toEqual({
        resultCode: '0',
        message: 'SUCCESS',
        requestId: 'request-1',
        timestamp: '2025-12-30T21:14:13.909Z',
        data: { ...data, returnRequestId: 'RETREQ00000000000000000000000001' },
      });
    },
  );

  test('the full order is 106000, and the sum of the bare amounts is refused', async () => {
    const response = await send(memoryService([orderOf()]), {
      ...exampleRequest('full-order'),
      totalCancelAmount: 56_000,
    });
    expect(response.status).toBe(400);
    expect(errorsOf(response)).toEqual(['TOTAL_MISMATCH /totalCancelAmount']);
    expect(response.envelope.errors?.[0]?.message).toContain('106000');
  });
});

describe('a cancellation', () => {
  test('changes the order by what it takes and leaves a record', async () => {
    const service = memoryService([orderOf()]);
    const data = dataOf(await send(service, exampleRequest('partial-amount')));
    const [order] = service.orders.values();
    expect(order).toMatchObject({ version: 2, paymentStatus: 'PARTIALLY_CANCELED' });
    expect(order?.lines.map(({ canceled }) => canceled.amountMinor)).toEqual([0n, 0n, 2000n]);
    expect([...service.records.values()]).toEqual([
      {
        cancellationKey: expect.stringMatching(/^D#[0-9a-f]{64}$/),
        requestDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
        kind: 'REFUND',
        createdAtMs: service.nowMs,
        returnRequestId: data.returnRequestId,
        orderVersion: 2,
        accountTag: undefined,
        dataJson: JSON.stringify(data),
        lines: [{ seq: 3, units: 0, amountMinor: 2000n, taxMinor: 0n }],
      },
    ]);
  });

  test('of 2000 and then of 1000 cancels a line of 3000; more than the 1000 that remain is refused in between', async () => {
    const service = memoryService([orderOf()]);
    dataOf(await send(service, requestOf([itemOf({ amount: 2000 })])));
    for (const amount of [1001, 3000]) {
      const refused = await send(service, requestOf([itemOf({ amount })]));
      expect(refused.status).toBe(400);
      expect(refused.envelope.resultCode).toBe('EBP-C-0004');
      expect(errorsOf(refused)).toEqual(['AMOUNT_EXCEEDS_REMAINING /items/0/amount']);
      expect(refused.envelope.errors?.[0]?.message).toContain('amount 1000 KRW');
    }
    dataOf(await send(service, requestOf([itemOf({ amount: 1000 })])));
    const [order] = service.orders.values();
    expect(order?.lines[2]?.canceled).toEqual({ units: 1, amountMinor: 3000n, taxMinor: 0n });
  });

  test('of the same 2000 with another key no longer fits', async () => {
    const service = memoryService([orderOf()]);
    const request = requestOf([itemOf({ amount: 2000 })]);
    dataOf(await send(service, request, { headers: { 'X-Idempotency-Key': 'a' } }));
    const again = await send(service, request, { headers: { 'X-Idempotency-Key': 'b' } });
    expect(again.status).toBe(400);
    expect(errorsOf(again)).toEqual(['AMOUNT_EXCEEDS_REMAINING /items/0/amount']);
  });

  test('of DELIVERY and products has a total of each, which add up to totalCancelAmount', async () => {
    const shipping = lineOf({
      seq: 4,
      itemType: 'DELIVERY',
      itemId: 'D1',
      quantity: 1,
      unitAmountMinor: 2500n,
      unitTaxMinor: 250n,
    });
    const service = memoryService([orderOf({ lines: [...orderOf().lines, shipping] })]);
    const items = [itemOf(), itemOf({ seq: 4, itemType: 'DELIVERY', itemId: 'D1', amount: 2500, taxAmount: 250 })];
    expect(dataOf(await send(service, requestOf(items)))).toMatchObject({
      totalProductAmount: 3000,
      totalProductTaxAmount: 0,
      totalDeliveryAmount: 2500,
      totalDeliveryTaxAmount: 250,
      processedCount: 2,
    });
  });

  test('before capture is a VOID of the whole order', async () => {
    const service = memoryService([orderOf({ paymentStatus: 'AUTHORIZED' })]);
    const part = await send(service, exampleRequest('item-level'));
    expect(part.envelope.resultCode).toBe('EBP-C-0004');
    expect(errorsOf(part)).toEqual(['PARTIAL_BEFORE_CAPTURE /items']);
    dataOf(await send(service, exampleRequest('full-order')));
    expect([...service.orders.values()][0]?.paymentStatus).toBe('VOIDED');
    expect([...service.records.values()][0]?.kind).toBe('VOID');
  });

  test('of a payment that is only requested is a VOID as well, so that a late deposit meets a voided order', async () => {
    const service = memoryService([orderOf({ paymentStatus: 'REQUESTED' })]);
    expect(errorsOf(await send(service, exampleRequest('item-level')))).toEqual(['PARTIAL_BEFORE_CAPTURE /items']);
    dataOf(await send(service, exampleRequest('full-order')));
    expect([...service.orders.values()][0]?.paymentStatus).toBe('VOIDED');
  });

  test('without a taxAmount takes the tax that belongs to its amount', async () => {
    const line = lineOf({ seq: 3, itemId: 'P003', quantity: 1, unitAmountMinor: 11_000n, unitTaxMinor: 1000n });
    const service = memoryService([orderOf({ lines: [line] })]);
    const data = dataOf(await send(service, requestOf([itemOf({ amount: 11_000 })])));
    expect(data).toMatchObject({ totalProductAmount: 11_000, totalProductTaxAmount: 1000 });
    expect(data.items[0]).not.toHaveProperty('taxAmount');
    expect([...service.orders.values()][0]).toMatchObject({
      paymentStatus: 'CANCELED',
      lines: [{ canceled: { units: 1, amountMinor: 11_000n, taxMinor: 1000n } }],
    });
  });

  test.each<PaymentStatus>(['VOIDED', 'CANCELED', 'FAILED'])(
    'of a payment that is %s is refused',
    async (paymentStatus) => {
      const response = await send(memoryService([orderOf({ paymentStatus })]), exampleRequest('full-order'));
      expect(response.status).toBe(400);
      expect(errorsOf(response)).toEqual(['ORDER_NOT_CANCELABLE /orderNo']);
    },
  );
});

describe('what is refused', () => {
  test('is not applied in part', async () => {
    const service = memoryService([orderOf()]);
    const before = structuredClone(service.orders);
    const response = await send(service, requestOf([itemOf(), itemOf({ seq: 2, itemId: 'P002', amount: 3001 })]));
    expect(response.status).toBe(400);
    expect(service.orders).toEqual(before);
    expect(service.records.size).toBe(0);
    expect(service.writes).toEqual([]);
  });

  test('is refused with all violations at once, each with what remains of its line', async () => {
    const items = [itemOf({ quantity: 2 }), itemOf({ seq: 2, itemId: 'P009' }), itemOf({ seq: 7 })];
    const response = await send(memoryService([orderOf()]), requestOf(items, { totalCancelAmount: 1 }));
    expect(errorsOf(response)).toEqual([
      'QUANTITY_EXCEEDS_REMAINING /items/0/quantity',
      'AMOUNT_EXCEEDS_REMAINING /items/0/amount',
      'ITEM_MISMATCH /items/1/itemId',
      'UNKNOWN_ITEM /items/2/seq',
      'TOTAL_MISMATCH /totalCancelAmount',
    ]);
    const messages = (response.envelope.errors ?? []).map(({ message }) => message);
    expect(messages.map((message) => /Left of line (\d)/.exec(message)?.[1])).toEqual([
      '3',
      '3',
      '2',
      undefined,
      undefined,
    ]);
  });

  test('in another currency names the order’s', async () => {
    const response = await send(memoryService([orderOf()]), requestOf([itemOf()]), {
      headers: { 'X-Currency-Code': 'USD' },
    });
    expect(response.envelope.resultCode).toBe('EBP-C-0004');
    expect(errorsOf(response)).toEqual(['CURRENCY_MISMATCH X-Currency-Code']);
    expect(response.envelope.errors?.[0]?.message).toContain('KRW');
  });

  test('another store’s order looks like one that does not exist', async () => {
    const request = requestOf([itemOf()]);
    const missing = await send(memoryService(), request);
    const ofAnotherStore = await send(memoryService([orderOf({ storeId: 'STORE-2' })]), request);
    expect(missing.status).toBe(404);
    expect(missing.envelope).toMatchObject({ resultCode: 'EBP-Z-0002', data: null });
    expect(errorsOf(missing)).toEqual(['ORDER_NOT_FOUND /orderNo']);
    expect(ofAnotherStore).toEqual(missing);
  });
});

/** An order of three units of one line. */
const orderIn = (currencyCode: string, unitAmountMinor: bigint) =>
  orderOf({
    currencyCode,
    lines: [lineOf({ seq: 3, itemId: 'P003', quantity: 3, unitAmountMinor, unitTaxMinor: 100n })],
  });

describe('amounts in the currency of the order', () => {
  test.each<[string, bigint, Partial<RequestedItem>, number]>([
    ['KRW', 3000n, { quantity: 3, amount: 1001, taxAmount: 33 }, 3003],
    ['USD', 2010n, { quantity: 3, amount: 10.1, taxAmount: 0.33 }, 30.3],
    ['KWD', 2101n, { quantity: 3, amount: 1.101, taxAmount: 0.011 }, 3.303],
  ])('%s is exact', async (currencyCode, unitAmountMinor, item, total) => {
    const request: CancellationRequest = requestOf([itemOf(item)], { totalCancelAmount: total });
    const headers = { 'X-Currency-Code': currencyCode };
    const data = dataOf(await send(memoryService([orderIn(currencyCode, unitAmountMinor)]), request, { headers }));
    expect(data.totalProductAmount).toBe(total);
    expect(data.items[0]).toMatchObject(item);
  });

  test.each([
    ['KRW', 0.5, 1],
    ['USD', 1.005, 2.01],
    ['KWD', 1.0005, 2.001],
  ])('%s with more decimals is refused, never rounded', async (currencyCode, amount, total) => {
    const headers = { 'X-Currency-Code': currencyCode };
    const request = requestOf([itemOf({ quantity: 2, amount })], { totalCancelAmount: total });
    const response = await send(memoryService([orderIn(currencyCode, 3000n)]), request, { headers });
    expect(response.envelope.resultCode).toBe('EBP-C-0004');
    expect(errorsOf(response)).toEqual(['AMOUNT_PRECISION /items/0/amount']);
  });
});

describe('an order of which more was canceled than was paid', () => {
  const canceled = { units: 0, amountMinor: 3001n, taxMinor: 0n };
  const broken = orderOf({ lines: orderOf().lines.map((line) => (line.seq === 3 ? { ...line, canceled } : line)) });

  test('is not canceled any further, and its error is reported', async () => {
    const service = memoryService([broken]);
    const { status, envelope } = await send(service, exampleRequest('item-level'));
    expect(status).toBe(500);
    expect(envelope).toMatchObject({ resultCode: 'EBP-Z-0010', data: null, errors: [] });
    expect(service.reports[0]?.error).toBeInstanceOf(InvariantViolated);
    expect(service.writes).toEqual([]);
  });
});

describe('an access key', () => {
  const day = 24 * 60 * 60 * 1000;

  test('that was issued for thirty days is never reported to expire soon', async () => {
    const service = memoryService([orderOf()]);
    const issuedAtMs = service.nowMs - day;
    service.keys.set(store.accessKey, credentialOf(store, { issuedAtMs, expiresAtMs: issuedAtMs + 30 * day }));
    await send(service, exampleRequest('item-level'));
    expect(service.reports[0]).toMatchObject({ status: 200, keyExpiresSoon: false });
  });

  test.each([
    ['thirty days', 30 * day, false],
    ['a little less', 30 * day - 1, true],
  ])('with %s remaining is reported to expire soon: %s', async (_name, remainingMs, keyExpiresSoon) => {
    const service = memoryService([orderOf()]);
    service.keys.set(store.accessKey, credentialOf(store, { issuedAtMs: 0, expiresAtMs: service.nowMs + remainingMs }));
    await send(service, exampleRequest('item-level'));
    expect(service.reports[0]).toMatchObject({ status: 200, keyExpiresSoon });
  });
});

test('the refusal of a partial cancellation before capture names what remains of its line', async () => {
  const service = memoryService([orderOf({ paymentStatus: 'AUTHORIZED' })]);
  const { envelope } = await send(service, requestOf([itemOf({ amount: 2000 })]));
  expect(envelope.errors).toContainEqual({
    field: '/items/0/amount',
    reason: 'PARTIAL_BEFORE_CAPTURE',
    message:
      'Before capture only the whole order can be canceled: amount must be 3000. ' +
      'Left of line 3 (P003): quantity 1, amount 3000 KRW, tax 0 KRW.',
  });
});
