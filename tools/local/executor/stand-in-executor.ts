import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createExecutor, type ExecutorRow } from '../../../examples/executor/executor.ts';
import type { RefundAccountRow } from '../../../lambda/dynamodb/refund-items.ts';
import { executorSource, reportType, requestTypes, serviceSource } from '../../../lambda/events/event-names.ts';
import type { TableNames } from '../../../lib/stages.ts';
import type { PspNotice, RequestEvent } from '../../conformance/executor.ts';
import type { LocalBus } from '../events/local-bus.ts';
import { MessageQueue } from '../events/message-queue.ts';
import { openEngineTable } from './engine-table.ts';
import { createStandInPsp, type PspRow } from './stand-in-psp.ts';

/** What reaches the executor: a request of the bus, or what its PSP says later. */
type Message = { readonly request: RequestEvent } | { readonly notice: PspNotice };

/**
 * The example executor with a PSP that pays nobody, in the place of a platform's own. Its tables are in the engine, so
 * that with --db-path it pays nothing twice after a restart.
 * @returns what stops it
 */
export async function startStandInExecutor(
  client: DynamoDBDocumentClient,
  tables: TableNames,
  bus: LocalBus,
): Promise<() => void> {
  const queue = new MessageQueue({
    name: 'stand-in-executor',
    visibilityMs: 1000,
    maxReceiveCount: undefined,
    deadLetters: undefined,
  });
  const send = (message: Message) => queue.send(JSON.stringify(message));
  const psp = createStandInPsp(await openEngineTable<PspRow>(client, 'local-psp'), (notice) => send({ notice }));
  const executor = createExecutor({
    psp,
    table: await openEngineTable<ExecutorRow>(client, 'local-executor'),
    accounts: {
      async get(Key) {
        const { Item } = await client.send(
          new GetCommand({ TableName: tables.refundAccounts, Key, ConsistentRead: true }),
        );
        const row = Item as RefundAccountRow | undefined;
        return row && { accountNumber: row.n ?? '', bankCode: row.b ?? '', accountHolderName: row.h ?? '' };
      },
    },
    async report(event) {
      bus.put({
        EventBusName: bus.name,
        Source: executorSource,
        DetailType: reportType,
        Detail: JSON.stringify(event),
      });
    },
    now: Date.now,
  });
  const act = async (message: Message) => {
    await ('request' in message ? executor.handle(message.request) : executor.notice(message.notice));
  };
  queue.read({
    batchSize: 10,
    concurrency: 1,
    async take({ Records }) {
      const ended = await Promise.allSettled(Records.map(({ body }) => act(JSON.parse(body) as Message)));
      const failed = Records.filter((_record, index) => ended[index]?.status === 'rejected');
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
  });
  bus.subscribe({ source: [serviceSource], 'detail-type': [...requestTypes] }, ({ detail }) => {
    send({ request: detail as RequestEvent });
  });
  await psp.resume();
  return () => {
    psp.stop();
    queue.stop();
  };
}
