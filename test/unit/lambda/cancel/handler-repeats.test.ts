import { describe, expect, test } from '@jest/globals';
import type { CancellationRequest } from '../../../../lambda/domain/cancellation.ts';
import { requestDigestOf } from '../../../../lambda/contract/request-digest.ts';
import { type MemoryService, memoryService, startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleRequest, exampleText, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { dataOf, errorsOf, send } from '../../../support/send.ts';
import type { CancelResponse } from '../../../support/send.ts';

const dayMs = 86_400_000;
const request = requestOf([itemOf({ amount: 1000 })]);
const other = requestOf([itemOf({ amount: 1001 })]);

const withKey = (key: string | undefined) => ({ headers: { 'X-Idempotency-Key': key } });

/** Sends a request and then another one some time later. */
async function sendTwice(
  first: { body: unknown; key?: string },
  second: { body: unknown; key?: string },
  afterMs = 0,
  service = memoryService([orderOf()]),
): Promise<{ service: MemoryService; first: CancelResponse; second: CancelResponse }> {
  const firstResponse = await send(service, first.body, withKey(first.key));
  service.nowMs = startOfTest + afterMs;
  return { service, first: firstResponse, second: await send(service, second.body, withKey(second.key)) };
}

/** What comes of a request and of its repetition. */
function outcomeOf({ service, first, second }: Awaited<ReturnType<typeof sendTwice>>) {
  return {
    statuses: [first.status, second.status],
    replayed: [first, second].map(({ headers }) => headers['Idempotent-Replayed']),
    data: second.envelope.data,
    writes: service.writes.length,
    version: [...service.orders.values()][0]?.version,
  };
}

/** The same where the second gets the first's response, and nothing is applied again. */
const replayOf = ({ first }: { first: CancelResponse }) => ({
  statuses: [200, 200],
  replayed: [undefined, 'true'],
  data: dataOf(first),
  writes: 1,
  version: 2,
});

describe('the same key and the same request', () => {
  test.each([0, dayMs, dayMs + 1, 364 * dayMs])('is replayed after %d ms', async (afterMs) => {
    const repeated = await sendTwice({ body: request, key: 'k' }, { body: request, key: 'k' }, afterMs);
    expect(outcomeOf(repeated)).toEqual(replayOf(repeated));
  });

  test('gets the first response’s data in an envelope with the present time', async () => {
    const { second } = await sendTwice({ body: request, key: 'k' }, { body: request, key: 'k' }, 1000);
    expect(second.envelope).toMatchObject({ resultCode: '0', timestamp: '2025-12-30T21:14:14.909Z' });
  });
});

test('a key counts to its last character', async () => {
  const [one, another] = ['a', 'b'].map((last) => `${'k'.repeat(127)}${last}`);
  const { first, second } = await sendTwice({ body: request, key: one ?? '' }, { body: request, key: another ?? '' });
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.headers).not.toHaveProperty('Idempotent-Replayed');
  expect(dataOf(second).returnRequestId).not.toBe(dataOf(first).returnRequestId);
});

describe('the same key and another request', () => {
  test.each([0, dayMs + 1])('is refused after %d ms and nothing is applied', async (afterMs) => {
    const { service, second } = await sendTwice({ body: request, key: 'k' }, { body: other, key: 'k' }, afterMs);
    expect(second.status).toBe(422);
    expect(second.envelope).toMatchObject({ resultCode: 'EBP-C-0005', data: null });
    expect(errorsOf(second)).toEqual(['IDEMPOTENCY_KEY_REUSED X-Idempotency-Key']);
    expect(service.writes).toHaveLength(1);
  });

  test('is another cancellation for another order', async () => {
    const service = memoryService([orderOf(), orderOf({ orderNo: 'ORD-2' })]);
    const ofOther = { ...request, orderNo: 'ORD-2' };
    const { second } = await sendTwice({ body: request, key: 'k' }, { body: ofOther, key: 'k' }, 0, service);
    expect(dataOf(second).orderNo).toBe('ORD-2');
    expect(second.headers).not.toHaveProperty('Idempotent-Replayed');
  });
});

describe('no key and the identical request', () => {
  test.each([0, 1, dayMs - 1, dayMs])('is replayed after %d ms', async (afterMs) => {
    const repeated = await sendTwice({ body: request }, { body: request }, afterMs);
    expect(outcomeOf(repeated)).toEqual(replayOf(repeated));
  });

  test.each([dayMs + 1, 364 * dayMs])('is refused after %d ms and nothing is applied', async (afterMs) => {
    const { service, first, second } = await sendTwice({ body: request }, { body: request }, afterMs);
    expect(second.status).toBe(409);
    expect(second.envelope).toMatchObject({ resultCode: 'EBP-C-0005', data: null });
    expect(errorsOf(second)).toEqual(['DUPLICATE_CANCELLATION X-Idempotency-Key']);
    expect(second.envelope.errors?.[0]?.message).toContain(dataOf(first).returnRequestId);
    expect(second.envelope.errors?.[0]?.message).toContain('send an X-Idempotency-Key');
    expect(service.writes).toHaveLength(1);
  });

  test('is canceled again with a key', async () => {
    const { service, second } = await sendTwice({ body: request }, { body: request, key: 'k' }, dayMs + 1);
    expect(dataOf(second).returnRequestId).toBe('RETREQ00000000000000000000000002');
    expect(service.writes).toHaveLength(2);
  });
});

describe('a request that is written in another way is the same request', () => {
  const text = exampleText('item-level', 'request');
  const { refundAccount, ...rest } = exampleRequest('item-level');
  const without = (field: 'taxAmount') => rest.items.map(({ [field]: _omitted, ...item }) => item);

  test.each<[string, unknown]>([
    ['3000 for 3000.0', JSON.stringify(JSON.parse(text))],
    ['3e3 for 3000.0', text.replaceAll('3000.0', '3e3')],
    ['its keys in another order', { ...rest, refundAccount: { ...refundAccount } }],
    ['its items in another order', { ...rest, refundAccount, items: rest.items.toReversed() }],
    ['without the taxAmount of a line without tax', { ...rest, refundAccount, items: without('taxAmount') }],
    ['its account number as a number', { ...rest, refundAccount: { ...refundAccount, accountNumber: 1_234_567_890 } }],
    [
      'another account, where the money goes back to the original payment',
      { ...rest, refundAccount: { bankCode: '9' } },
    ],
    ['no account, where the money goes back to the original payment', rest],
  ])('%s', async (_how, body) => {
    for (const key of [undefined, 'k']) {
      const sent = key === undefined ? {} : { key };
      const repeated = await sendTwice({ body: text, ...sent }, { body, ...sent });
      expect(outcomeOf(repeated)).toEqual(replayOf(repeated));
    }
  });
});

const toBank = () => memoryService([orderOf({ refundMethod: 'BANK_ACCOUNT' })]);

describe('a request that differs in what is no part of its identity is not paid twice', () => {
  const account = { accountNumber: '110-123-456789', bankCode: '004', accountHolderName: 'canary-holder' };
  const ofAccount = { ...request, refundAccount: account };
  const toOtherAccount = { ...request, refundAccount: { ...account, accountNumber: '999-999-999999' } };
  const taxed = requestOf([itemOf({ seq: 1, itemId: 'P001', amount: 50_000, taxAmount: 5000 })]);
  const { taxAmount: _tax, ...withoutTax } = taxed.items[0] ?? itemOf();

  test.each<[string, unknown, unknown, () => MemoryService, string]>([
    ['account', ofAccount, toOtherAccount, toBank, '/refundAccount'],
    ['tax', taxed, { ...taxed, items: [withoutTax] }, () => memoryService([orderOf()]), '/items/0/taxAmount'],
  ])('another %s without a key is a duplicate, with a key a reused key', async (_what, first, second, make, field) => {
    const sent = await sendTwice({ body: first }, { body: second }, 0, make());
    expect(sent.second.status).toBe(409);
    expect(errorsOf(sent.second)).toEqual([`DUPLICATE_CANCELLATION ${field}`]);
    expect(sent.second.envelope.errors?.[0]?.message).toContain(dataOf(sent.first).returnRequestId);
    expect(sent.second.text).not.toMatch(/110|999|canary/);
    expect(sent.service.writes).toHaveLength(1);

    const keyed = await sendTwice({ body: first, key: 'k' }, { body: second, key: 'k' }, 0, make());
    expect(keyed.second.status).toBe(422);
    expect(keyed.service.writes).toHaveLength(1);

    const meant = await sendTwice({ body: first }, { body: second, key: 'k' }, 0, make());
    expect(meant.second.status).toBe(200);
    expect(meant.second.headers).not.toHaveProperty('Idempotent-Replayed');
  });

  test('the same account without hyphens is replayed', async () => {
    const plain = { ...request, refundAccount: { ...account, accountNumber: '110123456789' } };
    const repeated = await sendTwice({ body: ofAccount }, { body: plain }, 0, toBank());
    expect(outcomeOf(repeated)).toEqual(replayOf(repeated));
  });
});

test('a replay in another currency is refused, and its key stays what it was', async () => {
  const service = memoryService([orderOf()]);
  await send(service, request);
  const refused = await send(service, request, { headers: { 'X-Currency-Code': 'USD' } });
  expect([refused.status, ...errorsOf(refused)]).toEqual([400, 'CURRENCY_MISMATCH X-Currency-Code']);
  expect((await send(service, request)).headers).toHaveProperty('Idempotent-Replayed', 'true');
});

describe('what a key is never taken for', () => {
  const digest = requestDigestOf(request);

  test.each([digest, `D#${digest}`])('a digest: %s', async (key) => {
    const { service, second } = await sendTwice({ body: request }, { body: request, key });
    expect(second.status).toBe(200);
    expect(second.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(service.records.size).toBe(2);
  });

  test('another store’s key', async () => {
    const service = memoryService([orderOf()]);
    await send(service, request, { headers: { 'X-Idempotency-Key': 'k' } });
    expect([...service.records.keys()]).toEqual(['STORE-1/ORD20251224001 K#k']);
  });
});

describe('a replay does not depend on the state of the order', () => {
  test('which may be fully canceled', async () => {
    const full = exampleRequest('full-order');
    const repeated = await sendTwice({ body: full }, { body: full });
    expect([...repeated.service.orders.values()][0]?.paymentStatus).toBe('CANCELED');
    expect(outcomeOf(repeated)).toEqual(replayOf(repeated));
  });

  test('which may be voided', async () => {
    const full = exampleRequest('full-order');
    const service = memoryService([orderOf({ paymentStatus: 'AUTHORIZED' })]);
    const repeated = await sendTwice({ body: full }, { body: full }, 0, service);
    expect(outcomeOf(repeated)).toEqual(replayOf(repeated));
  });

  test('but the order has to exist', async () => {
    const service = memoryService([orderOf()]);
    await send(service, request);
    service.orders.clear();
    expect((await send(service, request)).status).toBe(404);
  });
});

describe('a refused request', () => {
  const part: CancellationRequest = exampleRequest('item-level');

  test.each([undefined, 'k'])('is not recorded: it may be sent again after capture (key %p)', async (key) => {
    const order = orderOf({ paymentStatus: 'AUTHORIZED' });
    const service = memoryService([order]);
    const headers = { 'X-Idempotency-Key': key };
    expect((await send(service, part, { headers })).status).toBe(400);
    expect(service.records.size).toBe(0);
    service.orders.set('STORE-1/ORD20251224001', { ...order, paymentStatus: 'CAPTURED', version: 2 });
    const response = await send(service, part, { headers });
    expect(response.status).toBe(200);
    expect(response.headers).not.toHaveProperty('Idempotent-Replayed');
  });

  test('leaves its key free for another request', async () => {
    const service = memoryService([orderOf()]);
    const headers = { 'X-Idempotency-Key': 'k' };
    expect((await send(service, requestOf([itemOf({ amount: 3001 })]), { headers })).status).toBe(400);
    expect((await send(service, request, { headers })).status).toBe(200);
  });
});
