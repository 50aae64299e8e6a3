import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CancellationData } from '../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../lambda/contract/envelope.ts';
import { systemRuntime } from '../../lambda/environment/runtime.ts';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';
import type { Order } from '../../lambda/domain/order.ts';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import { audit } from '../../tools/audit/audit.ts';
import { newProgress } from '../../tools/audit/progress.ts';
import { createLocalClient } from '../../tools/local/client.ts';
import { demoStore } from '../../tools/local/demo.ts';
import { putOrders } from '../../tools/orders/put-orders.ts';
import { readOrder } from '../../tools/orders/stored-order.ts';
import { stageNamed, tableNamesOf } from '../../lib/stages.ts';
import { assemblyOf } from '../support/assemblies.ts';
import { post } from '../support/http-client.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { headersOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type RunningLocal, startLocal } from '../support/start-local.ts';

const tables = tableNamesOf('dev');
const connections = 50;

let local: RunningLocal;
let client: DynamoDBDocumentClient;
let agent: Agent;

beforeAll(async () => {
  local = await startLocal(['--assembly', assemblyOf('dev')]);
  client = createLocalClient(local.dynamodbEndpoint);
  agent = new Agent({ keepAlive: true, maxSockets: connections });
});
afterAll(async () => {
  agent.destroy();
  client.destroy();
  await local.interrupt();
});

interface Wave {
  readonly key: string | undefined;
  readonly request: CancellationRequest;
}

interface CancelResponse extends Wave {
  /** How often it was sent. */
  readonly tries: number;
  readonly status: number;
  readonly isReplay: boolean;
  readonly envelope: Envelope<CancellationData>;
}

/** How often a request may get a 503 because its order is busy. */
const maxTries = 100;

/** Sends all requests, over fifty connections unless they are given, each again as long as its response is a 503, which asks for that. */
async function storm(waves: readonly Wave[], connected = agent): Promise<CancelResponse[]> {
  return await Promise.all(
    waves.map(async (wave) => {
      const body = JSON.stringify(wave.request);
      const headers = Object.entries(headersOf(body, { 'X-Idempotency-Key': wave.key }, demoStore));
      for (let tries = 1; tries <= maxTries; tries += 1) {
        const response = await post(`${local.url}/api/v2/payment/cancel`, connected, headers, Buffer.from(body));
        const isReplay = response.headers['idempotent-replayed'] === 'true';
        const envelope = JSON.parse(response.body) as Envelope<CancellationData>;
        if (response.status !== 503) return { ...wave, tries, status: response.status, isReplay, envelope };
        expect(response.headers['retry-after']).toBe('1');
      }
      throw new Error(`A request was turned away ${maxTries} times.`);
    }),
  );
}

/** An order with one line of units at 3000 KRW. */
async function putOrder(orderNo: string, units: number): Promise<void> {
  const line = lineOf({ seq: 3, itemId: 'P003', quantity: units, unitAmountMinor: 3000n, unitTaxMinor: 0n });
  await putOrders(client, tables.orders, [orderOf({ orderNo, storeId: demoStore.storeId, lines: [line] })]);
}

function unitsOf(orderNo: string, quantity: number): CancellationRequest {
  return requestOf([{ seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity, amount: 3000 }], { orderNo });
}

async function storedOrder(orderNo: string): Promise<Order | undefined> {
  return await readOrder(client, tables, orderKeyOf({ storeId: demoStore.storeId, orderNo }));
}

function wavesOf(count: number, waveAt: (index: number) => Wave): Wave[] {
  return Array.from({ length: count }, (_value, index) => waveAt(index));
}

async function auditedViolations(): Promise<string[]> {
  const violations: string[] = [];
  await audit({
    client,
    tables,
    progress: newProgress({ place: 'the storm', identity: '' }, 4),
    onViolation: (line) => violations.push(line),
    onPage: () => undefined,
    signal: new AbortController().signal,
    runtime: systemRuntime,
    refunds: { nowMs: Date.now(), refundAccountDays: stageNamed('dev').refundAccountDays, stageOption: '' },
  });
  return violations;
}

describe('a storm of requests', () => {
  test('with one key is one cancellation and a thousand equal responses', async () => {
    await putOrder('ONE-KEY', 2);
    const responses = await storm(wavesOf(1000, () => ({ key: 'the-key', request: unitsOf('ONE-KEY', 1) })));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(responses.map(({ envelope }) => JSON.stringify(envelope.data))).size).toBe(1);
    expect(responses.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect((await storedOrder('ONE-KEY'))?.lines[0]?.canceled.units).toBe(1);
  });

  test('with a thousand keys on one order cancels all of it, and every other response names what remains', async () => {
    await putOrder('MANY-KEYS', 25);
    const request = unitsOf('MANY-KEYS', 1);
    const responses = await storm(wavesOf(1000, (index) => ({ key: `key-${index}`, request })));
    const winners = responses.filter(({ status }) => status === 200);
    expect(new Set(winners.map(({ envelope }) => envelope.data?.returnRequestId)).size).toBe(25);

    const losers = responses.filter(({ status }) => status !== 200);
    expect(losers).toHaveLength(975);
    const withoutRemaining = losers.filter(({ envelope: { resultCode, errors = [] } }) => {
      const namesWhatRemains = errors.some(({ message }) =>
        message.includes('Left of line 3 (P003): quantity 0, amount 0 KRW'),
      );
      return resultCode !== 'EBP-C-0004' || !namesWhatRemains;
    });
    expect(withoutRemaining).toEqual([]);
    expect(await storedOrder('MANY-KEYS')).toMatchObject({
      paymentStatus: 'CANCELED',
      lines: [{ canceled: { units: 25, amountMinor: 75_000n } }],
    });
  });

  // On localhost ten of them run at once. What more of them do to each other, the benchmark and the simulation show.
  test.each([50, 200])(
    'of different cancellations of one order, %i at once, is answered at the first try',
    async (many) => {
      const orderNo = `BUSY-${many}`;
      await putOrder(orderNo, 200);
      const waves = wavesOf(200, (index) => ({ key: `key-${index}`, request: unitsOf(orderNo, 1) }));
      const connected = new Agent({ keepAlive: true, maxSockets: many });
      const responses = await storm(waves, connected).finally(() => connected.destroy());
      expect(new Set(responses.map(({ status, tries }) => `${status} at try ${tries}`))).toEqual(
        new Set(['200 at try 1']),
      );
      expect(await storedOrder(orderNo)).toMatchObject({ version: 201, paymentStatus: 'CANCELED' });
    },
  );

  test('with keys of their own, shared keys and none over several orders cancels what its responses say', async () => {
    const orderNos = Array.from({ length: 8 }, (_value, index) => `MIXED-${index}`);
    for (const orderNo of orderNos) await putOrder(orderNo, 20);
    const responses = await storm(
      wavesOf(400, (index) => ({
        key: [`own-${index}`, 'shared-a', 'shared-b', undefined][Math.floor(index / 8) % 4],
        request: unitsOf(orderNos[index % 8] ?? '', 1 + (Math.floor(index / 32) % 2)),
      })),
    );
    for (const orderNo of orderNos) {
      const ofOrder = responses.filter(({ request }) => request.orderNo === orderNo);
      const applied = ofOrder.filter(({ status, isReplay }) => status === 200 && !isReplay);
      const units = applied.reduce((sum, { envelope }) => sum + (envelope.data?.items[0]?.quantity ?? 0), 0);
      expect((await storedOrder(orderNo))?.lines[0]?.canceled.units).toBe(units);
      expect(units).toBeGreaterThanOrEqual(19);

      for (const key of ['shared-a', 'shared-b']) {
        const ofKey = ofOrder.filter((response) => response.key === key && response.status === 200);
        expect(new Set(ofKey.map(({ envelope }) => JSON.stringify(envelope.data))).size).toBeLessThanOrEqual(1);
        expect(ofKey.filter(({ isReplay }) => !isReplay).length).toBeLessThanOrEqual(1);
      }
    }
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200, 400, 422]));
  });

  test('leaves records and orders that agree', async () => {
    expect(await auditedViolations()).toEqual([]);
  });
});
