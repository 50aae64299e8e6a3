import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainFunction, Field } from './contenders.ts';
import { startServer } from './dynamodb-proxy.ts';
import { expectAll, invokeOften } from './function-process.ts';
import { type BatchKind, batchKinds, batchOf, endpointItem, requestedItem } from './chain-batches.ts';
import { shuffled } from './rounds.ts';

/** Events in one invocation: those that come alone, and those that wait for each other. */
export const batchSizes = [1, 10] as const;
export type BatchSize = (typeof batchSizes)[number];

/** What an invocation took, round by round. */
export interface BatchFigures {
  readonly kind: BatchKind;
  readonly size: BatchSize;
  /** Of a whole core. */
  readonly cpuMs: readonly number[];
  /** With answers after the times that are assumed. */
  readonly elapsedMs: readonly number[];
  /** Bytes that the function logs of each event. */
  readonly logBytes: number;
}

/** What only AWS knows: how long a call waits for its answer. */
export const answersAfterMs = { bus: 15, table: 4, merchant: 100 } as const;

type Answers = Readonly<Record<string, { readonly afterMs: number; readonly output: object }>>;

/** What AWS answers to the functions that work on a kind. @param merchant where webhooks are sent */
function answersTo(kind: BatchKind, merchant: string): Answers {
  const { bus, table } = answersAfterMs;
  const put = { afterMs: table, output: {} };
  switch (kind) {
    case 'orders':
      // There is no such order yet.
      return { GetItem: { afterMs: table, output: {} }, PutItem: put };
    case 'webhooks':
      return { GetItem: { afterMs: table, output: { Item: endpointItem(merchant) } } };
    case 'reports':
      return { UpdateItem: { afterMs: table, output: { Attributes: requestedItem } } };
    case 'cancellations':
    case 'executions':
      return {
        PutEvents: { afterMs: bus, output: { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] } },
        PutItem: put,
      };
  }
}

/** The bundles of the four functions, with answers that always come, and after the same time. */
export async function measureChain({ chain }: Pick<Field, 'chain'>, rounds: number): Promise<BatchFigures[]> {
  const merchant = await startMerchant();
  let answers: Answers = {};
  const aws = await startServer(async (operation) => {
    const answer = answers[operation];
    // A dead letter, for example: then what is measured is not what is meant.
    if (answer === undefined) throw new Error(`Nobody should call ${operation}.`);
    await sleep(answer.afterMs);
    return { status: 200, output: answer.output };
  });
  const all = batchKinds.flatMap((kind) =>
    batchSizes.map((size) => ({ kind, size, cpuMs: [] as number[], elapsedMs: [] as number[], logBytes: 0 })),
  );
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const figures of shuffled(all, round)) {
        const { codeFile, environment } = chain[functionFor[figures.kind]];
        answers = answersTo(figures.kind, merchant.url);
        const load = { warmUp: 50, count: 100, concurrency: 1 };
        const execution = { codeFile, environment, endpoint: aws.endpoint, eventsEndpoint: aws.endpoint };
        const run = await invokeOften(execution, { ...load, events: [batchOf(figures.kind, figures.size)] });
        expectAll(run.statuses, 200, `a batch of ${figures.size} ${figures.kind}`);
        figures.cpuMs.push(run.cpuMs / load.count);
        figures.elapsedMs.push(run.elapsedMs / load.count);
        figures.logBytes = run.logBytes / (load.warmUp + load.count) / figures.size;
      }
    }
    return all;
  } finally {
    await aws.close();
    await merchant.close();
  }
}

const functionFor: Readonly<Record<BatchKind, ChainFunction>> = {
  orders: 'orderTaker',
  cancellations: 'publisher',
  reports: 'resultTaker',
  executions: 'publisher',
  webhooks: 'webhookSender',
};

/** A merchant that takes every webhook. */
async function startMerchant(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => response.writeHead(204).end(), answersAfterMs.merchant);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
