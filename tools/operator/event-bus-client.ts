import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type CloudEvent, createEventBus, type EventBus } from '../../lambda/events/event-bus.ts';
import { busNameOf } from '../../lib/stages.ts';
import { UsageError } from '../command-line.ts';
import { explainAwsError } from './explain-dynamodb-error.ts';
import type { Target } from './target.ts';

export interface BusOfTarget {
  readonly bus: EventBus<CloudEvent>;
  /** What messages call it. */
  readonly place: string;
  destroy(): void;
}

const variable = 'AWS_ENDPOINT_URL_EVENTBRIDGE';

/** Where npm start takes events, unless --events-port says otherwise. */
const defaultEndpoint = 'http://127.0.0.1:3001';

/**
 * The event bus of a stage, or else the one of npm start: at AWS_ENDPOINT_URL_EVENTBRIDGE, if it is set. What the bus
 * says is explained in one line. @throws UsageError when that variable is no URL
 */
export function busOf({ stage, place, isStage }: Pick<Target, 'stage' | 'place' | 'isStage'>): BusOfTarget {
  const endpoint = process.env[variable] || defaultEndpoint;
  if (!isStage && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UsageError(`${variable} must be a URL such as ${defaultEndpoint}: npm start prints that of its events.`);
  }
  // Without an endpoint, a local command would reach AWS.
  const local = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const client = new EventBridgeClient({
    maxAttempts: 5,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 3000,
      requestTimeout: 5000,
      throwOnRequestTimeout: true,
    }),
    ...(isStage ? {} : local),
  });
  const { put } = createEventBus<CloudEvent>(client, busNameOf(stage.name));
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
    place: isStage ? place : endpoint,
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
