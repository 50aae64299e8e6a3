import { randomUUID } from 'node:crypto';
import { type BusEvent, type EventPattern, fits } from './event-pattern.ts';

/** What an entry of PutEvents has. */
export interface Entry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  /** Epoch seconds. */
  readonly Time?: number;
}

interface Subscription {
  readonly pattern: EventPattern;
  readonly deliver: (event: BusEvent) => void;
}

/** A bus of EventBridge in memory: each event goes to every rule that it fits. */
export class LocalBus {
  readonly name: string;
  readonly #subscriptions: Subscription[] = [];

  constructor(name: string) {
    this.name = name;
  }

  subscribe(pattern: EventPattern, deliver: (event: BusEvent) => void): void {
    this.#subscriptions.push({ pattern, deliver });
  }

  /** @returns as an entry of the response to PutEvents */
  put({ EventBusName, Source, DetailType, Detail, Time }: Entry): object {
    const detail = objectIn(Detail);
    if (!Source || !DetailType) return failed('InvalidArgument', 'Source and DetailType are needed.');
    if (detail === undefined) return failed('MalformedDetail', 'Detail is not the text of a JSON object.');
    // As EventBridge: an event for a bus that does not exist is taken, and nobody gets it.
    const id = randomUUID();
    if (EventBusName !== this.name) return { EventId: id };
    const event = {
      version: '0',
      id,
      'detail-type': DetailType,
      source: Source,
      account: '000000000000',
      time: new Date(Time === undefined ? Date.now() : Time * 1000).toISOString(),
      region: 'us-east-1',
      resources: [],
      detail,
    };
    for (const { pattern, deliver } of this.#subscriptions) if (fits(event, pattern)) deliver(event);
    return { EventId: id };
  }
}

function objectIn(text = ''): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const failed = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
