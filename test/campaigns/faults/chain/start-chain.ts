import { createQueues } from '../../../../tools/local/events/refund-chain.ts';
import type { Message } from '../../../../tools/local/events/message-queue.ts';
import type { StreamMapping } from '../../../../tools/local/events/stream-reader.ts';
import { streamArnOf } from '../../../../tools/local/tables.ts';
import { withQueueUrls } from '../../../../tools/local/template-chain.ts';
import { startAwsStandIns } from './aws-stand-ins.ts';
import { ChainBus } from './chain-bus.ts';
import type { ChainFaults } from './chain-faults.ts';
import { type ChainExecutor, startExecutor } from './executor.ts';
import { createFunctions } from './functions.ts';
import { type OperatorDeeds, startOperator } from './operator.ts';
import { Streams } from './streams.ts';
import { UnderWay } from './under-way.ts';
import type { World } from './world.ts';

export interface Chain {
  readonly bus: ChainBus;
  readonly executor: ChainExecutor;
  readonly operator: OperatorDeeds;
  readonly underWay: UnderWay;
  readonly streams: Streams;
  /** Ids of events that have to leave, because something has changed. */
  readonly awaited: Set<string>;
  /** Ids of requests that the bus did not have when their executions were put. */
  readonly untaken: readonly string[];
  deadLetters(): readonly Message[];
  stop(): Promise<void>;
}

/**
 * Messages come again sooner than on AWS, and still seldom enough that a report does not become a dead letter while the
 * reader of a stream comes back to the record that its execution is made of.
 */
const visibilityMs = 200;

/** Connects streams, functions, bus, queues, executor and operators as the template does. */
export async function startChain(world: World, faults: ChainFaults): Promise<Chain> {
  const { endpoint, deployed, client, tables, ownNameOf, plannedOf } = world;
  const { mappings, rules, queues: deployedQueues, busName } = deployed.chain;
  const underWay = new UnderWay();
  const bus = new ChainBus(busName, faults, underWay);
  const queues = createQueues({
    ...deployed.chain,
    queues: deployedQueues.map((queue) => ({ ...queue, visibilityMs })),
  });
  const awaited = new Set<string>();
  const untaken: string[] = [];
  const onChange = (eventId: string) => void awaited.add(eventId);
  const executor = await startExecutor({
    client,
    accountsTable: tables.refundAccounts,
    ownTable: ownNameOf('executor'),
    bus,
    faults,
    underWay,
    plannedOf: ({ payment, amount }) => {
      const [storeId = '', orderNo = ''] = payment.split('/');
      return plannedOf(storeId, orderNo, amount);
    },
  });
  const operator = startOperator({
    client,
    tables,
    bus,
    underWay,
    plannedOf: ({ storeId, orderNo, amount }) => plannedOf(storeId, orderNo, amount),
    onChange,
  });
  const aws = await startAwsStandIns(bus, queues, faults);
  const { publish, take } = createFunctions({
    client,
    executionsTable: tables.executions,
    busClient: aws.busClient,
    busName,
    queueClient: aws.queueClient,
    faults,
    onPut(eventId) {
      if (!bus.taken.has(eventId)) untaken.push(eventId);
    },
    onChange,
  });

  const streams: StreamMapping[] = [];
  for (const { from, batchSize, concurrency, filters, function: reader } of mappings) {
    const deadLetters = withQueueUrls(reader.environment, aws.endpoint)['DEAD_LETTERS_URL'] ?? '';
    if ('table' in from) {
      const streamArn = await streamArnOf(client, ownNameOf(from.table));
      streams.push({ streamArn, batchSize, filters, take: async (event) => await publish(event, deadLetters) });
      continue;
    }
    // What merchants are sent changes no refund.
    if (reader.environment['EXECUTIONS_TABLE'] === undefined) continue;
    for (const { pattern } of rules.filter((rule) => rule.queues.includes(from.queue))) {
      bus.subscribe(pattern, (event) => queues.get(from.queue)?.send(JSON.stringify(event)));
    }
    queues.get(from.queue)?.read({
      batchSize,
      concurrency,
      async take(event) {
        const response = await take(event, deadLetters);
        underWay.ends(event.Records.length - response.batchItemFailures.length);
        return response;
      },
    });
  }
  const reading = new Streams(endpoint, streams);
  const lastQueues = [...queues.values()].filter(({ settings }) => settings.deadLetters === undefined);
  return {
    bus,
    executor,
    operator,
    underWay,
    streams: reading,
    awaited,
    untaken,
    deadLetters: () => lastQueues.flatMap(({ messages }) => messages),
    async stop() {
      await reading.stop();
      executor.stop();
      for (const queue of queues.values()) queue.stop();
      await aws.stop();
    },
  };
}
