import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createExecutor, type ExecutorRow } from '../../../../examples/executor/executor.ts';
import type { RefundAccountRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { executorSource, reportType, requestTypes, serviceSource } from '../../../../lambda/events/event-names.ts';
import type { PspCall, PspNotice, RequestEvent } from '../../../../tools/conformance/executor.ts';
import { MessageQueue } from '../../../../tools/local/events/message-queue.ts';
import { openEngineTable } from '../../../../tools/local/executor/engine-table.ts';
import { aboutOf, type ChainBus } from './chain-bus.ts';
import type { ChainFaults } from './chain-faults.ts';
import type { PlannedCancellation } from './plan.ts';
import { createPsp, type Movement } from './psp.ts';
import type { UnderWay } from './under-way.ts';

/** What reaches the executor: a request of the bus, or what its PSP says later. */
type Message = { readonly request: RequestEvent } | { readonly notice: PspNotice };

export interface ChainExecutor {
  readonly movements: readonly Movement[];
  readonly deliveries: { total: number; failed: number };
  /** By the id of a request: milliseconds from its time, which is the record's, to its first delivery. */
  readonly latenciesMs: ReadonlyMap<string, number>;
  stop(): void;
}

interface Surroundings {
  readonly client: DynamoDBDocumentClient;
  readonly accountsTable: string;
  /** The name of the executor's own table, which this creates. */
  readonly ownTable: string;
  readonly bus: ChainBus;
  readonly faults: ChainFaults;
  readonly underWay: UnderWay;
  readonly plannedOf: (call: PspCall) => PlannedCancellation;
}

const visibilityMs = 50;

/** The example executor behind a queue of its own, whose deliveries fail, and a PSP whose calls are lost. */
export async function startExecutor(surroundings: Surroundings): Promise<ChainExecutor> {
  const { client, accountsTable, ownTable, bus, faults, underWay, plannedOf } = surroundings;
  const deliveries = { total: 0, failed: 0 };
  const latenciesMs = new Map<string, number>();
  const queue = new MessageQueue({
    name: 'executor',
    visibilityMs,
    maxReceiveCount: undefined,
    deadLetters: undefined,
  });
  const send = (message: Message) => queue.send(JSON.stringify(message));
  const psp = createPsp(plannedOf, faults, (notice) => {
    const copies = faults.meets('DELIVERED_TWICE', 'notice') ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      underWay.begins();
      send({ notice });
    }
  });
  const table = await openEngineTable<ExecutorRow>(client, ownTable);
  const executor = createExecutor({
    psp,
    table: {
      get: table.get,
      async put(row) {
        const isPut = await table.put(row);
        if (faults.meets('TABLE_ANSWER_LOST', row.request.orderNo)) throw new Error('The answer was lost.');
        return isPut;
      },
    },
    accounts: {
      async get(Key) {
        const { Item } = await client.send(new GetCommand({ TableName: accountsTable, Key }));
        const row = Item as RefundAccountRow | undefined;
        return row && { accountNumber: row.n ?? '', bankCode: row.b ?? '', accountHolderName: row.h ?? '' };
      },
    },
    async report(event) {
      const Detail = JSON.stringify(event);
      const result = bus.put({ EventBusName: bus.name, Source: executorSource, DetailType: reportType, Detail });
      if (!('EventId' in result)) throw new Error('The bus has refused a report.');
      if (faults.meets('BUS_ANSWER_LOST', aboutOf(Detail))) throw new Error('The answer was lost.');
    },
    now: Date.now,
  });
  const act = async (message: Message) => {
    const about = 'request' in message ? aboutOf(JSON.stringify(message.request)) : 'notice';
    if (faults.meets('DELIVERY_FAILS_BEFORE', about)) throw new Error('The delivery has failed.');
    if ('request' in message) {
      const { id, time } = message.request;
      if (!latenciesMs.has(id)) latenciesMs.set(id, Date.now() - Date.parse(time));
      underWay.changed();
      await executor.handle(message.request);
    } else await executor.notice(message.notice);
    if (faults.meets('DELIVERY_FAILS_AFTER', about)) throw new Error('The executor has ended.');
  };
  queue.read({
    batchSize: 10,
    concurrency: 1,
    async take({ Records }) {
      const ended = await Promise.allSettled(Records.map(async ({ body }) => await act(JSON.parse(body) as Message)));
      const failed = Records.filter((_record, index) => ended[index]?.status === 'rejected');
      deliveries.total += Records.length;
      deliveries.failed += failed.length;
      underWay.ends(Records.length - failed.length);
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
  });
  bus.subscribe({ source: [serviceSource], 'detail-type': [...requestTypes] }, ({ detail }) => {
    send({ request: detail as RequestEvent });
  });
  return { movements: psp.movements, deliveries, latenciesMs, stop: () => queue.stop() };
}
