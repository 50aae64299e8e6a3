import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Envelope } from '../../lambda/contract/envelope.ts';
import { cancelPath, detailPath } from '../../lambda/contract/paths.ts';
import type { PaymentDetail } from '../../lambda/detail/payment-detail.ts';
import { headersOf, itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { demoStore } from '../../tools/local/demo.ts';
import { assemblyOf } from '../support/assemblies.ts';
import { projectRoot } from '../support/run-node.ts';
import { type RunningLocal, startLocal } from '../support/start-local.ts';

const run = promisify(execFile);

/** What a merchant's own server gets. */
interface Received {
  readonly id: string;
  readonly type: string;
  readonly data: object;
}

const received: Received[] = [];
const receiver = createServer((request, response) => {
  void receive(request, response);
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { type, data } = JSON.parse(await text(request)) as Omit<Received, 'id'>;
  received.push({ id: String(request.headers['webhook-id']), type, data });
  response.writeHead(204).end();
  receiver.emit('webhook');
}

let local: RunningLocal | undefined;

beforeEach(async () => {
  received.length = 0;
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterEach(async () => {
  await local?.interrupt();
  local = undefined;
  receiver.close();
  receiver.closeAllConnections();
  await once(receiver, 'close');
});

async function start(...args: string[]): Promise<RunningLocal> {
  local = await startLocal(['--assembly', assemblyOf('dev'), ...args]);
  return local;
}

const sendEvent = async ({ eventsEndpoint }: RunningLocal, name: string) => {
  const env = { PATH: process.env['PATH'], AWS_ENDPOINT_URL_EVENTBRIDGE: eventsEndpoint };
  const { stdout } = await run(process.execPath, ['bin/event.ts', `examples/events/${name}.json`], {
    cwd: projectRoot,
    env,
  });
  return stdout;
};

const post = async <Data>({ url }: RunningLocal, path: string, request: object) => {
  const body = JSON.stringify(request);
  const response = await fetch(`${url}${path}`, { method: 'POST', headers: headersOf(body, {}, demoStore), body });
  return { status: response.status, envelope: (await response.json()) as Envelope<Data> };
};

/** The first line of examples/events/captured.json. */
const line = { seq: 1, itemId: 'P001', amount: 50_000, taxAmount: 5000 };

const taken = (type: string, orderNo: string) => `"type":"${type}","storeId":"DEMO-STORE","orderNo":"${orderNo}"`;

test('an order comes in by an event, what went back elsewhere cannot go back again, and the merchant hears of all', async () => {
  const { port } = receiver.address() as AddressInfo;
  const service = await start('--webhook', `http://127.0.0.1:${port}/hooks`);
  expect(await sendEvent(service, 'captured')).toBe('Sent payment.captured.v1 payment-7001.captured.\n');
  await service.printed(taken('payment.captured.v1', 'ORD-7001'));
  await sendEvent(service, 'refunded-elsewhere');
  await service.printed(taken('payment.refunded_elsewhere.v1', 'ORD-7001'));

  const both = requestOf([itemOf({ ...line, quantity: 2 })], { orderNo: 'ORD-7001' });
  const refused = await post(service, cancelPath, both);
  expect(refused.status).toBe(400);
  expect(refused.envelope.errors).toEqual([
    expect.objectContaining({ reason: 'QUANTITY_EXCEEDS_REMAINING' }),
    expect.objectContaining({ reason: 'AMOUNT_EXCEEDS_REMAINING' }),
    expect.objectContaining({ reason: 'TAX_EXCEEDS_REMAINING' }),
  ]);
  const one = requestOf([itemOf({ ...line, quantity: 1 })], { orderNo: 'ORD-7001' });
  expect((await post(service, cancelPath, one)).status).toBe(200);

  while (received.length < 4) await once(receiver, 'webhook', { signal: AbortSignal.timeout(10_000) });
  const { envelope } = await post<PaymentDetail>(service, detailPath, { orderNo: 'ORD-7001' });
  const [elsewhere, own] = envelope.data?.cancellations ?? [];
  expect([elsewhere?.origin, own?.origin]).toEqual(['PLATFORM', 'MERCHANT']);
  expect(received.map(({ id, type }) => `${type} ${id}`).toSorted()).toEqual(
    [
      `payment.refund_succeeded.v1 ${elsewhere?.returnRequestId}-1-1`,
      `payment.refund_requested.v1 ${own?.returnRequestId}-1-0`,
      `payment.refund_pending.v1 ${own?.returnRequestId}-1-1`,
      `payment.refund_succeeded.v1 ${own?.returnRequestId}-1-2`,
    ].toSorted(),
  );
  expect(received.every(({ data }) => 'orderNo' in data && data.orderNo === 'ORD-7001')).toBe(true);
});

test('the receiver of npm start prints webhooks, and events in steps lead to a captured order', async () => {
  const service = await start();
  await sendEvent(service, 'in-steps');
  await service.printed(taken('payment.captured.v1', 'ORD-7002'));
  const { envelope } = await post<PaymentDetail>(service, detailPath, { orderNo: 'ORD-7002' });
  expect(envelope.data).toMatchObject({ paymentStatus: 'CAPTURED', currencyCode: 'USD' });

  await post(service, cancelPath, requestOf([itemOf({ quantity: 1, amount: 500 })], { orderNo: 'ORD20251224003' }));
  await service.printed('"isSigned":true,"type":"payment.refund_succeeded.v1"');
});
