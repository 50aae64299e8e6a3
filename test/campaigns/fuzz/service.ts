import { orderKeyOf } from '../../../lambda/dynamodb/items.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { createOrderRepository } from '../../../lambda/dynamodb/order-repository.ts';
import { createCredentialRepository } from '../../../lambda/dynamodb/credential-repository.ts';
import { createCancelTelemetry } from '../../../lambda/cancel/telemetry.ts';
import type { HttpResponse } from '../../support/http-client.ts';
import {
  type MemoryService,
  memoryService,
  startOfTest,
  credentialOf,
} from '../../../tools/in-memory/memory-service.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { clientOf, type SpoiledRows } from './spoiled-rows.ts';
import { eventFor, type FuzzRequest } from './request.ts';
import type { StoreCall, Trouble } from './troubles.ts';
import { orders, sender, stranger, strangersOrder } from './world.ts';

export interface ObservedResponse extends HttpResponse {
  /** All that was printed meanwhile. */
  readonly printed: string;
}

export interface FuzzService {
  /** @throws whatever the handler throws, which it never should */
  send(request: FuzzRequest, trouble?: Trouble | SpoiledRows): Promise<ObservedResponse>;
  /** Every order is as it was, and no cancellation is known. */
  reset(): void;
  /** Puts the clock forward. */
  pass(ms: number): void;
  /** The sender's orders as they are stored now. */
  orders(): Order[];
}

/** The real handler and telemetry over tables in memory, where two stores have their orders. */
export function fuzzService(): FuzzService {
  const service = memoryService(
    [...orders, strangersOrder],
    sender,
    createCancelTelemetry({ service: 'fuzz', version: 'a1b2c3d4e5f6' }, () => startOfTest),
  );
  service.keys.set(stranger.accessKey, credentialOf(stranger));
  const troubleWith = makeFail(service);
  return {
    async send(request, trouble) {
      troubleWith(trouble);
      const { result, printed } = await captured(() => service.handler(eventFor(request), contextOf()));
      const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
      return { status: result.statusCode, headers: Object.fromEntries(headers), body: result.body, printed };
    },
    reset() {
      if (service.writes.length > 0) {
        for (const order of orders) service.orders.set(orderKeyOf(order), order);
        service.records.clear();
        service.writes.length = 0;
      }
      service.nowMs = startOfTest;
    },
    pass(ms) {
      service.nowMs += ms;
    },
    orders() {
      return [...service.orders.values()].filter(({ storeId }) => storeId === sender.storeId);
    },
  };
}

const storeCalls: readonly StoreCall[] = ['find', 'load', 'findRecord', 'commit'];

/** Lets the calls of a trouble fail, or all of them meet spoiled rows, through the real stores' code. */
function makeFail({ repository, credentials }: MemoryService): (trouble: Trouble | SpoiledRows | undefined) => void {
  const healthy = { ...repository, ...credentials };
  return (trouble) => {
    const client =
      trouble && 'error' in trouble ? ({ send: () => Promise.reject(trouble.error) } as never) : clientOf(trouble);
    const failing = {
      ...createOrderRepository(
        client,
        { orders: 'Orders', cancellations: 'Cancellations', refundAccounts: 'RefundAccounts' },
        365,
      ),
      ...createCredentialRepository(client, 'StoreKeys', () => startOfTest),
    };
    const failed = trouble === undefined ? [] : 'error' in trouble ? trouble.calls : storeCalls;
    const storeOf = (call: StoreCall) => (failed.includes(call) ? failing : healthy);
    repository.load = (...args) => storeOf('load').load(...args);
    repository.findRecord = (...args) => storeOf('findRecord').findRecord(...args);
    repository.commit = (...args) => storeOf('commit').commit(...args);
    credentials.find = (...args) => storeOf('find').find(...args);
  };
}

/** What is written to either stream during a call, which must be the only one under way. */
export async function captured<Result>(call: () => Promise<Result>): Promise<{ result: Result; printed: string }> {
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  let printed = '';
  const capture = (chunk: unknown) => {
    printed += String(chunk);
    return true;
  };
  for (const stream of streams) stream.write = capture;
  try {
    return { result: await call(), printed };
  } finally {
    streams.forEach((stream, index) => {
      stream.write = writes[index] ?? capture;
    });
  }
}
