import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { CancellationData } from '../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../lambda/contract/envelope.ts';
import type { DeployedFunction } from '../../tools/local/template.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { eventOf, headersOf, itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { type EngineService, startEngineService } from '../support/engine/engine-service.ts';
import type { WireFault, DynamoDbOperation } from '../support/engine/fault-proxy.ts';
import { type FunctionProcess, startFunctionProcess } from '../support/engine/function-process.ts';

const deployed = JSON.parse(process.env['TEST_FUNCTION'] ?? '{}') as DeployedFunction;

let service: EngineService;
/** Another instance of the function: Lambda starts one when it finds the first one dead. */
let survivor: FunctionProcess;
let orders = 0;

beforeAll(async () => {
  service = await startEngineService();
  survivor = await startFunctionProcess(deployed, service.proxy.endpoint);
});
afterAll(async () => {
  await survivor.kill();
  await service.stop();
});

type Moment = 'before it has left' | 'on its way' | 'once it is answered';

const steps: ReadonlyArray<readonly [operation: DynamoDbOperation, moment: Moment, isApplied: boolean]> = [
  ['GetItem', 'before it has left', false],
  ['GetItem', 'once it is answered', false],
  ['BatchGetItem', 'before it has left', false],
  ['BatchGetItem', 'once it is answered', false],
  ['TransactWriteItems', 'before it has left', false],
  ['TransactWriteItems', 'on its way', true],
  ['TransactWriteItems', 'once it is answered', true],
  // The look at the record of a write that was applied, but whose answers were lost, and whose order cannot be read.
  ['TransactGetItems', 'before it has left', true],
  ['TransactGetItems', 'once it is answered', true],
];

/** A fault at this moment of a call: the event happens, and a call that has not left yet is lost. */
function faultAt(moment: Moment, event: () => Promise<void>): WireFault {
  if (moment === 'once it is answered') return { onAnswer: event };
  if (moment === 'on its way') return event;
  return async () => {
    await event();
    throw new Error('It never left.');
  };
}

describe.each([
  ['with an idempotency key', { 'X-Idempotency-Key': 'key-1' }],
  ['without a key', {}],
])('a request %s, its function killed', (_name, headers: Record<string, string>) => {
  test.each(steps)(
    'at %s, %s: the retry cancels once, and gets what is recorded',
    async (operation, moment, isApplied) => {
      const orderNo = `KILL-${(orders += 1)}`;
      await service.putOrder(orderOf({ orderNo }));
      const body = JSON.stringify(requestOf([itemOf({ amount: 1000 })], { orderNo }));
      const event = eventOf(body, headersOf(body, headers, service.store));

      const victim = await startFunctionProcess(deployed, service.proxy.endpoint);
      if (operation === 'TransactGetItems') {
        service.proxy.plan('TransactWriteItems', 'DROP_ANSWER', 'DROP_ANSWER', 'DROP_ANSWER');
        service.proxy.plan('BatchGetItem', {
          onAnswer: async () => service.proxy.plan('BatchGetItem', 'SERVER_ERROR', 'SERVER_ERROR', 'SERVER_ERROR'),
        });
      }
      service.proxy.plan(operation, faultAt(moment, victim.kill));
      await expect(victim.invoke(event)).rejects.toThrow('The process ended.');
      await service.proxy.settled();

      const result = (await survivor.invoke(event)) as APIGatewayProxyResult;
      const { data } = JSON.parse(result.body) as Envelope<CancellationData>;
      const records = await service.readRecords(orderNo);
      expect(result.statusCode).toBe(200);
      expect(records).toMatchObject([{ dataJson: JSON.stringify(data) }]);
      expect((await service.readOrder(orderNo))?.lines[2]?.canceled.amountMinor).toBe(1000n);
      expect(result.headers?.['Idempotent-Replayed'] === 'true').toBe(isApplied);
    },
  );
});

test.each<Moment>(['before it has left', 'once it is answered'])(
  'a request that the rules refuse, its function killed at the look at the record, %s: the retry is refused',
  async (moment) => {
    const orderNo = `KILL-${(orders += 1)}`;
    await service.putOrder(orderOf({ orderNo }));
    const eventFor = (amount: number) => {
      const body = JSON.stringify(requestOf([itemOf({ amount })], { orderNo }));
      return eventOf(body, headersOf(body, {}, service.store));
    };
    await survivor.invoke(eventFor(1000));

    const victim = await startFunctionProcess(deployed, service.proxy.endpoint);
    service.proxy.plan('TransactGetItems', faultAt(moment, victim.kill));
    await expect(victim.invoke(eventFor(2500))).rejects.toThrow('The process ended.');
    await service.proxy.settled();

    expect(await survivor.invoke(eventFor(2500))).toMatchObject({ statusCode: 400 });
    expect(await service.readRecords(orderNo)).toHaveLength(1);
  },
);
