import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { RemainingMs } from '../environment/deadline.ts';
import type { RefundEvent } from './refund-event.ts';

/** The bus did not take an event: it has to be sent again. */
export class BusRefused extends Error {
  override readonly name = 'BusRefused';
}

/** What an entry of the bus is made of. The whole event is its detail. */
export interface CloudEvent {
  readonly source: string;
  readonly type: string;
  /** ISO 8601. */
  readonly time: string;
}

export interface EventBus<Event extends CloudEvent = RefundEvent> {
  /** Resolves when the bus has the event for good. @throws BusRefused, or the error of AWS */
  put(event: Event, remainingMs: RemainingMs): Promise<void>;
}

export function createEventBus<Event extends CloudEvent = RefundEvent>(
  client: EventBridgeClient,
  busName: string,
): EventBus<Event> {
  return {
    async put(event, remainingMs) {
      const entry = {
        EventBusName: busName,
        Source: event.source,
        DetailType: event.type,
        Detail: JSON.stringify(event),
        // The archive and its replays go by it.
        Time: new Date(event.time),
      };
      const ms = remainingMs();
      if (ms <= 0) throw new BusRefused('No time remains for the call.');
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }), {
        abortSignal: AbortSignal.timeout(ms),
      });
      // A call may succeed although its entry did not.
      const [{ EventId, ErrorCode } = {}] = Entries;
      if (EventId === undefined) throw new BusRefused(`The bus refused an event: ${ErrorCode ?? 'no reason given'}.`);
    },
  };
}
