import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { createEventBus, type EventBus } from '../../lambda/events/event-bus.ts';
import { busNameOf } from '../../lib/stages.ts';
import { UsageError } from '../command-line.ts';
import { explainAwsError } from './explain-dynamodb-error.ts';
import type { Target } from './target.ts';

export interface BusOfTarget {
  readonly bus: EventBus;
  destroy(): void;
}

const variable = 'AWS_ENDPOINT_URL_EVENTBRIDGE';

/**
 * The event bus of a stage, or on localhost the one at AWS_ENDPOINT_URL_EVENTBRIDGE, without which a local command would
 * reach AWS. What the bus says is explained in one line. @throws UsageError when that variable is missing or no URL
 */
export function busOf({ stage, place, isStage }: Pick<Target, 'stage' | 'place' | 'isStage'>): BusOfTarget {
  const endpoint = process.env[variable];
  if (!isStage && !/^https?:$/.test(URL.parse(endpoint ?? '')?.protocol ?? '')) {
    throw new UsageError(`${variable} must be the URL of the local event bus: npm start prints this command with it.`);
  }
  const local = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const client = new EventBridgeClient({
    maxAttempts: 5,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 3000,
      requestTimeout: 5000,
      throwOnRequestTimeout: true,
    }),
    ...(isStage ? {} : local),
  });
  const { put } = createEventBus(client, busNameOf(stage.name));
  return {
    bus: {
      async put(event, remainingMs) {
        try {
          await put(event, remainingMs);
        } catch (error) {
          throw explained(error, isStage ? undefined : endpoint, place);
        }
      },
    },
    destroy: () => client.destroy(),
  };
}

function explained(error: unknown, localEndpoint: string | undefined, place: string): unknown {
  if (!(error instanceof Error) || error.name === 'BusRefused') return error;
  const explanation =
    localEndpoint === undefined
      ? explainAwsError(error, place, 'EventBridge')
      : `No event bus answers at ${localEndpoint} (${error.name}): run npm start, and see the command that it prints.`;
  return explanation === undefined ? error : new Error(explanation, { cause: error });
}
