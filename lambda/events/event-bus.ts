import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { RemainingMs } from '../environment/deadline.ts';
import type { RefundEvent } from './refund-event.ts';

/** The bus did not take an event: it has to be sent again. */
export class BusRefused extends Error {
  override readonly name = 'BusRefused';
}

export interface EventBus {
  /** Resolves when the bus has the event for good. @throws BusRefused, or the error of AWS */
  put(event: RefundEvent, remainingMs: RemainingMs): Promise<void>;
}

export function createEventBus(client: EventBridgeClient, busName: string): EventBus {
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
