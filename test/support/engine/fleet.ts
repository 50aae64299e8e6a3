import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { CancelOutcome } from '../../../lambda/cancel/cancel-outcome.ts';
import { createCancelHandler } from '../../../lambda/cancel/handler.ts';
import { type Runtime, systemRuntime } from '../../../lambda/environment/runtime.ts';
import { createDocumentClient } from '../../../lambda/dynamodb/client.ts';
import { createOrderRepository } from '../../../lambda/dynamodb/order-repository.ts';
import { createCredentialRepository } from '../../../lambda/dynamodb/credential-repository.ts';
import type { TableNames } from '../../../lib/stages.ts';
import { documented } from '../documented.ts';
import { eventOf, headersOf, type Store } from '../../../tools/in-memory/requests.ts';
import type { Handler } from '../../../lambda/signed-route/signed-route.ts';
import type { Telemetry } from '../../../lambda/signed-route/request-report.ts';

export interface TimedResponse {
  readonly status: number;
  readonly isReplay: boolean;
  readonly etag: string | undefined;
  readonly envelope: Envelope<CancellationData>;
  /** What remained of the time for the request, in milliseconds. */
  readonly remainingMs: number;
}

/** The real handler with the real SDK, as one instance of the function has them. */
export interface HandlerInstance {
  readonly handler: Handler;
  stop(): void;
}

/** How long each request has paused without waiting. */
const pausesOfRequest = new AsyncLocalStorage<{ ms: number }>();

/** Pauses take from the time of their request, and are not waited for: for tests in which nobody else is to go on meanwhile. */
export const withoutWaiting: Runtime = {
  ...systemRuntime,
  async sleep(ms) {
    const pauses = pausesOfRequest.getStore();
    // Lambda counts in whole milliseconds.
    if (pauses !== undefined) pauses.ms += Math.ceil(ms);
  },
};

/** Takes endpoint and credentials from the environment, as the SDK does. */
export function startInstance(
  tables: TableNames,
  telemetry: Telemetry<CancelOutcome>,
  runtime = systemRuntime,
): HandlerInstance {
  const client = createDocumentClient();
  return {
    handler: createCancelHandler({
      orders: createOrderRepository(client, tables, 365),
      credentials: createCredentialRepository(client, tables.storeKeys, Date.now),
      runtime,
      telemetry,
    }),
    stop: () => client.destroy(),
  };
}

/** What the function has for a request, unless a test says otherwise. */
export const functionTimeoutMs = 10_000;

/** Invokes a handler with a signed request. */
export async function invoke(
  handler: Handler,
  store: Store,
  text: string,
  headers: Readonly<Record<string, string | undefined>>,
  timeoutMs = functionTimeoutMs,
): Promise<TimedResponse> {
  const deadlineMs = Date.now() + timeoutMs;
  const pauses = { ms: 0 };
  const remainingMs = () => deadlineMs - Date.now() - pauses.ms;
  const context = { getRemainingTimeInMillis: remainingMs } as Context;
  const event = eventOf(text, headersOf(text, headers, store));
  const result = await pausesOfRequest.run(pauses, async () => await handler(event, context));
  return {
    status: result.statusCode,
    isReplay: result.headers?.['Idempotent-Replayed'] === 'true',
    etag: result.headers?.['ETag']?.toString(),
    envelope: documented(result.statusCode, JSON.parse(result.body) as Envelope<CancellationData>),
    remainingMs: remainingMs(),
  };
}

export interface Fleet {
  /** Sends a request until it has a final response, which no 5xx is. @throws Error after fifty tries */
  cancel(store: Store, text: string, headers: Readonly<Record<string, string | undefined>>): Promise<TimedResponse>;
  /** Responses by status, those included that asked for another try. */
  readonly responses: ReadonlyMap<number, number>;
  stop(): void;
}

const maxTries = 50;

/** As many instances as there are requests at once; each serves one at a time, as on Lambda. */
export function startFleet(tables: TableNames): Fleet {
  const idle: HandlerInstance[] = [];
  const responses = new Map<number, number>();
  const send = async (
    ...request: [Store, string, Readonly<Record<string, string | undefined>>]
  ): Promise<TimedResponse> => {
    const instance = idle.pop() ?? startInstance(tables, { report: () => undefined });
    const response = await invoke(instance.handler, ...request);
    idle.push(instance);
    responses.set(response.status, (responses.get(response.status) ?? 0) + 1);
    return response;
  };
  return {
    responses,
    async cancel(...request) {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const response = await send(...request);
        if (response.status < 500) return response;
      }
      throw new Error(`${maxTries} tries were not enough.`);
    },
    stop() {
      for (const instance of idle) instance.stop();
    },
  };
}
