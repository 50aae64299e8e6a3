import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';
import { createDetailHandler } from '../../lambda/detail/handler.ts';
import { createCancelHandler } from '../../lambda/cancel/handler.ts';
import { systemRuntime } from '../../lambda/environment/runtime.ts';
import { createHistoryRepository } from '../../lambda/dynamodb/history-repository.ts';
import { executionRow, firstExecutionOf } from '../../lambda/dynamodb/refund-items.ts';
import type { CancellationRow } from '../../lambda/dynamodb/items.ts';
import { createOrderRepository } from '../../lambda/dynamodb/order-repository.ts';
import { createCredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { earlierCancellationRow } from '../support/cancellations.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { contextOf, eventOf, exampleRequest, headersOf, itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import type { Handler } from '../../lambda/signed-route/signed-route.ts';
import { dataOf, respondedDetail } from '../support/send.ts';

interface Consumed {
  readonly CapacityUnits?: number;
}

/** The calls of a request to DynamoDB, and the capacity units that DynamoDB says they consumed. */
interface Cost {
  readonly roundTrips: number;
  readonly reads: number;
  readonly writes: number;
}

const nothing: Cost = { roundTrips: 0, reads: 0, writes: 0 };

let service: EngineService;
let metered: Handler;
let meteredDetail: Handler;
let spent = nothing;

beforeAll(async () => {
  service = await startEngineService();
  metered = meteredHandler();
  meteredDetail = meteredDetailHandler();
  // The credential is read once a minute, which is no part of what a request costs.
  await service.cancel(requestOf([itemOf()], { orderNo: 'CAPACITY-NONE' }), {}, 10_000, metered);
  await askDetail('CAPACITY-NONE');
});
afterAll(async () => {
  await service.stop();
});

/** A client that asks for what each call consumes. Calls that are under way at the same time are one round trip. */
function meteredClient(): DynamoDBDocumentClient {
  let underWay = 0;
  return {
    async send(command: { input: Record<string, unknown> }, options: unknown) {
      command.input['ReturnConsumedCapacity'] = 'TOTAL';
      spent = { ...spent, roundTrips: spent.roundTrips + (underWay === 0 ? 1 : 0) };
      underWay += 1;
      const output = await service.client.send(command as never, options as never);
      underWay -= 1;
      const { ConsumedCapacity = [] } = output as { ConsumedCapacity?: Consumed | Consumed[] };
      const units = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      const kind = /^(Batch|Transact)?Get|^Query/.test(command.constructor.name) ? 'reads' : 'writes';
      spent = { ...spent, [kind]: spent[kind] + units };
      return output;
    },
  } as unknown as DynamoDBDocumentClient;
}

function meteredHandler(): Handler {
  const client = meteredClient();
  return createCancelHandler({
    orders: createOrderRepository(client, tables, 365),
    credentials: createCredentialRepository(client, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: () => undefined },
  });
}

function meteredDetailHandler(): Handler {
  const client = meteredClient();
  return createDetailHandler({
    history: createHistoryRepository(client, tables),
    credentials: createCredentialRepository(client, tables.storeKeys, Date.now),
    runtime: systemRuntime,
    telemetry: { report: () => undefined },
  });
}

async function costOf(request: CancellationRequest): Promise<Cost & { status: number; isReplay: boolean }> {
  spent = nothing;
  const { status, isReplay } = await service.cancel(request, {}, 10_000, metered);
  return { status, isReplay, ...spent };
}

async function askDetail(orderNo: string) {
  const body = JSON.stringify({ orderNo });
  return respondedDetail(await meteredDetail(eventOf(body, headersOf(body, {}, service.store)), contextOf()));
}

/**
 * The reads of a new request: its order, and the record that it does not have. DynamoDB bills a read of an item that does
 * not exist as one of the smallest, and so does the embedded engine; AWS's DynamoDB Local bills nothing for it.
 */
const readsOfNew = process.env['DYNAMODB_ENGINE'] === 'dynamodb-local' ? 1 : 2;

const canceled = { status: 200, isReplay: false, roundTrips: 2, reads: readsOfNew, writes: 4 };
const replayed = { status: 200, isReplay: true, roundTrips: 1, reads: 2, writes: 0 };
const refused = { status: 400, isReplay: false, roundTrips: 1, reads: readsOfNew, writes: 0 };

test("a cancellation of the specification's order takes two round trips, its replay one and no write unit", async () => {
  await service.putOrder(orderOf({ orderNo: 'CAPACITY-1' }));
  const request = { ...exampleRequest('full-order'), orderNo: 'CAPACITY-1' };
  expect(await costOf(request)).toEqual(canceled);
  expect(await costOf(request)).toEqual(replayed);
});

test('a refund account that is needed costs two write units more, and no round trip', async () => {
  await service.putOrder(orderOf({ orderNo: 'CAPACITY-3', refundMethod: 'BANK_ACCOUNT' }));
  const request = { ...exampleRequest('full-order'), orderNo: 'CAPACITY-3' };
  expect(await costOf(request)).toEqual({ ...canceled, writes: 6 });
  expect(await costOf(request)).toEqual(replayed);
});

test('a refusal takes one round trip, and nothing is written', async () => {
  await service.putOrder(orderOf({ orderNo: 'CAPACITY-2' }));
  expect(await costOf(requestOf([itemOf({ quantity: 9 })], { orderNo: 'CAPACITY-2' }))).toEqual(refused);
});

test('a cancellation and its replay cost no more after a hundred earlier cancellations', async () => {
  const request = await requestAfter(100, 1);
  expect(await costOf(request)).toEqual(canceled);
  expect(await costOf(request)).toEqual(replayed);
});

// Where something was canceled before, a refusal looks for the request's record once more, in a transaction.
test.each([1, 100])('a refusal after %d earlier cancellations takes a second look, and no more', async (earlier) => {
  const request = await requestAfter(earlier, 1_000_000);
  expect(await costOf(request)).toEqual({ ...refused, roundTrips: 2, reads: readsOfNew + 2 });
});

test('a detail takes two round trips, and of each table one read unit', async () => {
  await service.putOrder(orderOf({ orderNo: 'CAPACITY-4' }));
  await service.cancel({ ...exampleRequest('full-order'), orderNo: 'CAPACITY-4' });
  const [row] = (await service.readRecordRows('CAPACITY-4')) as unknown as CancellationRow[];
  if (row === undefined) throw new Error('Nothing was canceled.');
  const Item = executionRow(firstExecutionOf(row));
  await service.client.send(new PutCommand({ TableName: tables.executions, Item }));
  spent = nothing;
  const { cancellations } = dataOf(await askDetail('CAPACITY-4'));
  expect(cancellations?.map(({ execution }) => execution?.status)).toEqual(['REQUESTED']);
  expect(spent).toEqual({ roundTrips: 2, reads: 3, writes: 0 });
});

/** A request for some units of an order of which many were canceled one by one before. */
async function requestAfter(earlier: number, quantity: number): Promise<CancellationRequest> {
  const orderNo = `CAPACITY-${earlier}-${quantity}`;
  const canceledOfLine = { units: earlier, amountMinor: BigInt(earlier) * 1000n, taxMinor: 0n };
  const line = lineOf({ quantity: 1000, unitAmountMinor: 1000n, unitTaxMinor: 0n, canceled: canceledOfLine });
  const order = await service.putOrder(orderOf({ orderNo, paymentStatus: 'PARTIALLY_CANCELED', lines: [line] }));
  for (let index = 0; index < earlier; index += 1) {
    const Item = earlierCancellationRow(order, line, `earlier-${index}`);
    await service.client.send(new PutCommand({ TableName: tables.cancellations, Item }));
  }
  expect(await service.readRecords(orderNo)).toHaveLength(earlier);
  return requestOf([itemOf({ seq: 1, itemId: 'P001', quantity, amount: 1000 })], { orderNo });
}
