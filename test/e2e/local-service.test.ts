import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CancellationData } from '../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../lambda/contract/envelope.ts';
import type { PaymentDetail } from '../../lambda/detail/payment-detail.ts';
import { demoStore } from '../../tools/local/demo.ts';
import { documented } from '../support/documented.ts';
import { type Example, exampleText, headersOf } from '../../tools/in-memory/requests.ts';
import { type RunningLocal, startLocal } from '../support/start-local.ts';

const run = promisify(execFile);
const path = '/api/v2/payment/cancel';

let local: RunningLocal;

beforeAll(async () => {
  // As a reader of the README starts it: the only one here that synthesizes by itself.
  local = await startLocal();
});
afterAll(async () => {
  await local.interrupt();
});

const post = async (body: string, headers: Readonly<Record<string, string | undefined>> = {}) => {
  const response = await fetch(`${local.url}${path}`, {
    method: 'POST',
    headers: headersOf(body, headers, demoStore),
    body,
  });
  const envelope = documented(response.status, (await response.json()) as Envelope<CancellationData>);
  return { status: response.status, headers: response.headers, envelope };
};

describe('what npm start serves', () => {
  const titles: ReadonlyArray<[string, Example]> = [
    ['Full order cancellation', 'full-order'],
    ['Item-level cancellation', 'item-level'],
    ['Partial cancellation by amount', 'partial-amount'],
  ];

  test.each(titles)("%s: the printed curl gets the specification's response", async (title, example) => {
    const command = local.output().split(`# ${title}\n`)[1]?.split('\n\n')[0] ?? '';
    const { stdout } = await run('bash', ['-c', command]);
    const envelope = JSON.parse(stdout) as Envelope<CancellationData>;
    const specified = JSON.parse(exampleText(example, 'response')) as Envelope<CancellationData>;
    expect(envelope).toEqual({
      ...specified,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: {
        ...specified.data,
        orderNo: expect.stringMatching(/^ORD2025122400[123]$/),
        returnRequestId: expect.stringMatching(/^RETREQ[0-9A-Z]{26}$/),
      },
    });
  });

  test('the printed curl for a detail returns what remains of an order, and what was canceled of it', async () => {
    const title = '# What remains of an order, and what was canceled of it\n';
    const command = local.output().split(title)[1]?.split('\n\n')[0] ?? '';
    const { stdout } = await run('bash', ['-c', command]);
    const envelope = documented(200, JSON.parse(stdout) as Envelope<PaymentDetail>, '/api/v2/payment/detail');
    expect(envelope.data).toMatchObject({
      orderNo: 'ORD20251224003',
      paymentStatus: 'PARTIALLY_CANCELED',
      items: [{ remainingQuantity: 2 }, { totalRemainingAmount: 3000 }, { seq: 3, totalRemainingAmount: 1000 }],
      cancellations: [{ kind: 'REFUND', totalProductAmount: 2000, items: [{ seq: 3, amount: 2000 }] }],
    });
    await local.printed(envelope.requestId);
  });

  test('a retry gets the data of the first response, and a header that says so', async () => {
    const body = JSON.stringify({
      orderNo: 'ORD-USD',
      totalCancelAmount: 24.49,
      items: [
        { seq: 1, itemType: 'DIGITAL', itemId: 'GIFT-CARD', quantity: 1, amount: 19.99, taxAmount: 1.82 },
        { seq: 2, itemType: 'DELIVERY', itemId: 'EXPRESS', quantity: 1, amount: 4.5 },
      ],
    });
    const first = await post(body, { 'X-Currency-Code': 'USD' });
    const again = await post(body, { 'X-Currency-Code': 'USD' });
    expect(first.headers.get('Idempotent-Replayed')).toBeNull();
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(again.envelope.data).toEqual(first.envelope.data);
    expect(first.envelope.data).toMatchObject({
      totalProductAmount: 19.99,
      totalProductTaxAmount: 1.82,
      totalDeliveryAmount: 4.5,
      totalDeliveryTaxAmount: 0,
    });
  });

  test('an order that is not captured is only canceled whole', async () => {
    const item = { seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 1, amount: 50_000 };
    const body = JSON.stringify({ orderNo: 'ORD-AUTHORIZED', totalCancelAmount: 50_000, items: [item] });
    const { status, envelope } = await post(body);
    expect(status).toBe(400);
    expect(envelope.errors?.map(({ field, reason }) => `${reason} ${field}`)).toEqual([
      'PARTIAL_BEFORE_CAPTURE /items/0/quantity',
      'PARTIAL_BEFORE_CAPTURE /items',
    ]);
  });

  test('an order refunded to a bank account needs the account', async () => {
    const item = { seq: 2, itemType: 'PHYSICAL', itemId: 'P002', quantity: 1, amount: 3000 };
    const body = JSON.stringify({ orderNo: 'ORD-BANK-ACCOUNT', totalCancelAmount: 3000, items: [item] });
    const { envelope } = await post(body);
    expect(envelope.errors?.map(({ reason }) => reason)).toEqual(Array(3).fill('REFUND_ACCOUNT_REQUIRED'));
  });

  test.each([
    ['no headers', '{}', { 'X-Access-Key': undefined }, 400, 'EBP-A-0001'],
    ['a wrong signature', '{}', { 'X-EBP-Signature': '0'.repeat(64) }, 401, 'EBP-A-0001'],
    ['another media type', '{}', { 'Content-Type': 'text/plain' }, 415, 'EBP-C-0006'],
    ['no JSON', '{"orderNo":', {}, 400, 'EBP-C-0006'],
    ['no body', '', {}, 400, 'EBP-C-0006'],
    ['a body of more than 64 KiB', ' '.repeat(64 * 1024 + 1), {}, 413, 'EBP-C-0006'],
    ['a body that breaks the schema', '{"orderNo":"A"}', {}, 400, 'EBP-C-0007'],
  ])('%s: refused in the envelope', async (_name, body, headers, status, resultCode) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(response.envelope).toMatchObject({ resultCode, data: null, errors: expect.any(Array) });
  });

  test('bytes that are not UTF-8 reach the function as they were signed, and are refused', async () => {
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    const headers = headersOf(body, {}, demoStore);
    const response = await fetch(`${local.url}${path}`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ resultCode: 'EBP-C-0006' });
  });

  test.each([
    ['GET', path],
    ['POST', '/api/v2/payment/refund'],
    ['POST', '/'],
  ])('%s %s is no route: the gateway says so in the envelope', async (method, unknown) => {
    const response = await fetch(`${local.url}${unknown}`, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ resultCode: 'EBP-Z-0001', data: null, errors: [] });
  });

  test('documentation is there without a signature, and is not sent twice', async () => {
    const response = await fetch(`${local.url}/openapi.json`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ openapi: '3.1.1', paths: { [path]: expect.any(Object) } });
    const headers = { 'If-None-Match': response.headers.get('ETag') ?? '' };
    expect((await fetch(`${local.url}/openapi.json`, { headers })).status).toBe(304);
    const head = await fetch(`${local.url}/openapi.json`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test('its page of documentation is printed at the start, and gets only the keys of the demo store', async () => {
    expect(local.output()).toContain(`${local.url}/docs\n`);
    expect((await fetch(`${local.url}/docs`)).headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const demo = await fetch(`${local.url}/docs/demo.json`);
    expect(await demo.json()).toEqual({ store: demoStore });
  });

  test('each request leaves one log line, with no key, signature, body or account number in it', async () => {
    const canary = 'CANARY-4711';
    const orderNo = 'ORD-LOGGED';
    const refundAccount = { accountNumber: canary, bankCode: canary, accountHolderName: canary };
    const items = [{ seq: 1, itemType: 'PHYSICAL', itemId: canary, quantity: 1, amount: 1 }];
    const body = JSON.stringify({ orderNo, totalCancelAmount: 1, refundAccount, items });
    await post(body, { 'X-Idempotency-Key': canary });
    const { envelope } = await post(body, { 'X-Idempotency-Key': canary });
    expect(envelope.resultCode).toBe('EBP-Z-0002');

    await local.printed(envelope.requestId);
    const log = local.output().slice(local.output().indexOf('Ctrl-C stops it'));
    const lines = log.split('\n').filter((line) => line.includes(envelope.requestId));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { storeId: demoStore.storeId, orderNo, outcome: 'ORDER_NOT_FOUND', status: 404, attempts: 1 },
    ]);
    for (const secret of [canary, demoStore.hashKey, demoStore.accessKey]) expect(log).not.toContain(secret);
  });
});
