import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, type PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createEventApi } from '../../../../tools/local/events/event-api.ts';
import type { MessageQueue } from '../../../../tools/local/events/message-queue.ts';
import { aboutOf, type ChainBus } from './chain-bus.ts';
import type { ChainFaults } from './chain-faults.ts';

/** Bus and queues over HTTP, and the SDK's clients for them, to which answers of the bus are lost. */
export async function startAwsStandIns(bus: ChainBus, queues: ReadonlyMap<string, MessageQueue>, faults: ChainFaults) {
  const server = createEventApi(bus, queues).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const local = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const busClient = new EventBridgeClient(local);
  const queueClient = new SQSClient(local);
  busClient.middlewareStack.add(
    (next) => async (call) => {
      const result = await next(call);
      const about = aboutOf((call.input as PutEventsCommandInput).Entries?.[0]?.Detail);
      // Below the SDK's retries: it sends the same again after a timeout, and gives up after other errors.
      if (faults.meets('BUS_ANSWER_LATE', about)) {
        throw Object.assign(new Error('The answer did not come in time.'), { name: 'TimeoutError' });
      }
      if (faults.meets('BUS_ANSWER_LOST', about)) throw new Error('The answer was lost.');
      return result;
    },
    { step: 'deserialize', name: 'loseAnswers', priority: 'high' },
  );
  return {
    busClient,
    queueClient,
    endpoint,
    async stop() {
      busClient.destroy();
      queueClient.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
