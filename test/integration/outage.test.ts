import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService } from '../support/engine/engine-service.ts';
import { withoutWaiting } from '../support/engine/fleet.ts';
import type { DynamoDbOperation, NamedFault } from '../support/engine/fault-proxy.ts';

let service: EngineService;
let orders = 0;

beforeEach(async () => {
  service = await startEngineService(withoutWaiting);
});
afterEach(async () => {
  await service.stop();
});

async function newRequest() {
  const orderNo = `OUTAGE-${(orders += 1)}`;
  await service.putOrder(orderOf({ orderNo }));
  return requestOf([itemOf({ amount: 1000 })], { orderNo });
}

/** Hundreds of calls of one client that fail. If it had a common budget of retries, that would be used up. */
async function sufferOutage(operation: DynamoDbOperation, fault: NamedFault): Promise<void> {
  const request = await newRequest();
  service.proxy.disturb((call) => (call.operation === operation ? fault : undefined));
  while (service.proxy.met().length < 240) {
    const responses = await Promise.all(Array.from({ length: 8 }, () => service.cancel(request, {}, givenUpAfterMs)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([503]));
  }
  await service.proxy.settled();
  service.proxy.reset();
}

/** Less than a function has: as long as it writes, a request that gets no answer tries on. */
const givenUpAfterMs = 2500;

describe('after an outage of hundreds of calls', () => {
  test.each<[DynamoDbOperation, NamedFault]>([
    ['GetItem', 'DROP_REQUEST'],
    ['BatchGetItem', 'CUT_ANSWER'],
    ['BatchGetItem', 'SERVER_ERROR'],
    ['TransactWriteItems', 'DROP_REQUEST'],
    ['TransactWriteItems', 'SERVER_ERROR'],
  ])('of %s by %s, the first request succeeds without a retry', async (operation, fault) => {
    await sufferOutage(operation, fault);
    expect((await service.cancel(await newRequest())).status).toBe(200);
    expect(service.proxy.calls('BatchGetItem')).toBe(1);
    expect(service.proxy.calls('TransactWriteItems')).toBe(1);
  });

  test.each<DynamoDbOperation>(['GetItem', 'BatchGetItem'])(
    'of %s, the first request survives a connection that has died meanwhile',
    async (operation) => {
      await sufferOutage(operation, 'SERVER_ERROR');
      service.proxy.plan(operation, 'DROP_REQUEST');
      expect((await service.cancel(await newRequest())).status).toBe(200);
      expect(service.proxy.calls(operation)).toBe(2);
    },
  );
});
