import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDetailHandler } from '../../lambda/detail/handler.ts';
import { createDocumentClient } from '../../lambda/dynamodb/client.ts';
import { createCredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { createHistoryRepository } from '../../lambda/dynamodb/history-repository.ts';
import { systemRuntime } from '../../lambda/environment/runtime.ts';
import type { Handler } from '../../lambda/signed-route/signed-route.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { contextOf, eventOf, headersOf, itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import { dataOf, respondedDetail } from '../support/send.ts';

const orderNo = 'ORD-HOT';
const merchants = 8;
const cancellationsOfEach = 15;
const unitAmount = 3000;

let service: EngineService;
let detail: Handler;
let stopDetail: () => void;

beforeAll(async () => {
  service = await startEngineService();
  const client = createDocumentClient();
  stopDetail = () => client.destroy();
  detail = createDetailHandler({
    history: createHistoryRepository(client, tables),
    credentials: createCredentialRepository(client, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: () => undefined },
  });
  const quantity = merchants * cancellationsOfEach;
  const line = lineOf({ seq: 3, itemId: 'P003', quantity, unitAmountMinor: BigInt(unitAmount), unitTaxMinor: 0n });
  await service.putOrder(orderOf({ orderNo, lines: [line] }));
});
afterAll(async () => {
  stopDetail();
  await service.stop();
});

test('the detail of an order answers while eight cancel it at once, and each time its cancellations add up', async () => {
  const { store } = service;
  const request = requestOf([itemOf({ amount: unitAmount })], { orderNo });
  let working = merchants;
  const cancelAll = async (merchant: number) => {
    for (let index = 0; index < cancellationsOfEach; index += 1) {
      await service.cancelUntilFinal(request, { 'X-Idempotency-Key': `${merchant}-${index}` });
    }
    working -= 1;
  };
  const cancellations = Promise.all(Array.from({ length: merchants }, (_value, merchant) => cancelAll(merchant)));

  const text = JSON.stringify({ orderNo, limit: 100 });
  const event = eventOf(text, headersOf(text, {}, store));
  const statuses = new Set<number>();
  const differing: unknown[] = [];
  let asked = 0;
  for (let isLast = false; !isLast; asked += 1) {
    // Once more when all is done.
    isLast = working === 0;
    const response = respondedDetail(await detail(event, contextOf()));
    statuses.add(response.status);
    const { items, cancellations: listed, nextToken } = dataOf(response);
    const sum = (listed ?? []).reduce((total, { totalProductAmount }) => total + totalProductAmount, 0);
    if (nextToken === undefined && items[0]?.totalCanceledAmount !== sum) differing.push([items[0], sum]);
  }
  await cancellations;
  expect(statuses).toEqual(new Set([200]));
  expect(differing).toEqual([]);
  expect(asked).toBeGreaterThan(1);
});
