import { type EventType, eventTypes } from './event-names.ts';
import type { RefundEventData } from './refund-event.ts';

/** What a merchant gets of an event: the body of a webhook, as Standard Webhooks has it. Nothing about accounts. */
export interface WebhookBody {
  readonly type: EventType;
  /** When it became so, not when it is sent. */
  readonly timestamp: string;
  readonly data: WebhookData;
}

export type WebhookData = Omit<RefundEventData, 'accountRef'>;

/** What is to be sent. */
export interface Webhook {
  /** The event's: the same at every delivery. */
  readonly id: string;
  readonly type: EventType;
  readonly storeId: string;
  /** A pure function of the event: the same bytes at every delivery. */
  readonly body: string;
}

/** Every field that merchants get, in this sequence. A new field of an event is put here, or left out on purpose. */
const fields = {
  storeId: true,
  orderNo: true,
  returnRequestId: true,
  kind: true,
  origin: true,
  attempt: true,
  sequence: true,
  status: true,
  currencyCode: true,
  amount: true,
  failureReason: true,
  pspReference: true,
  settlement: true,
} as const satisfies Record<keyof WebhookData, true>;
export const webhookFields = Object.keys(fields) as ReadonlyArray<keyof WebhookData>;

/** Reads an event from the bus. @returns what is to be sent, or what is wrong with the event, without values */
export function readWebhook(event: unknown): Webhook | { readonly problem: string } {
  if (!isObject(event)) return { problem: '/ must be object' };
  const { id, type, time, data } = event;
  if (!isPrintable(id)) return { problem: '/id must be 1 to 256 printable characters' };
  if (!isEventType(type)) return { problem: `/type must be one of ${eventTypes.join(', ')}` };
  if (!isPrintable(time)) return { problem: '/time must be an instant' };
  if (!isObject(data)) return { problem: '/data must be object' };
  const { storeId } = data;
  if (!isPrintable(storeId)) return { problem: '/data/storeId must be the id of a store' };
  const given = webhookFields.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]] as const]));
  const wrong = given.find(([, value]) => typeof value !== 'string' && typeof value !== 'number');
  if (wrong !== undefined) return { problem: `/data/${wrong[0]} must be text or a number` };
  const body = { type, timestamp: time, data: Object.fromEntries(given) };
  return { id, type, storeId, body: JSON.stringify(body) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that a header can have. */
function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]{1,256}$/.test(value);
}

function isEventType(value: unknown): value is EventType {
  return eventTypes.some((type) => type === value);
}
