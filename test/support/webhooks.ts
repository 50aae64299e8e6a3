import type { Endpoint } from '../../lambda/domain/endpoint.ts';
import type { Execution } from '../../lambda/domain/execution.ts';
import type { EndpointRow } from '../../lambda/dynamodb/endpoint-items.ts';
import { refundEventOf } from '../../lambda/events/refund-event.ts';
import { executionWith } from './refunds.ts';

/** A secret as it is issued; its bytes are all the same. */
export const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;

/** The endpoint of STORE-1, in no trouble. */
export function endpointWith(changes: Partial<Endpoint> = {}): Endpoint {
  return {
    storeId: 'STORE-1',
    url: 'https://shop.example/webhooks',
    types: undefined,
    secrets: [{ secret: secretOf(1), untilMs: undefined }],
    createdAtMs: 0,
    failingSinceMs: undefined,
    busyUntilMs: undefined,
    goneAtMs: undefined,
    ...changes,
  };
}

/** A row of the table, in no trouble. */
export function endpointRowWith(changes: Partial<EndpointRow> = {}): EndpointRow {
  const secrets = [{ secret: secretOf(1) }];
  return { storeId: 'STORE-1', url: 'https://shop.example/webhooks', secrets, createdAt: 0n, ...changes };
}

/** The body of a message in the queue: what a rule makes of an event, of STORE-1 unless changed. */
export function queuedEventOf(changes: Partial<Execution> = {}): string {
  const event = refundEventOf(executionWith(changes));
  return JSON.stringify({ source: event.source, 'detail-type': event.type, detail: event });
}
