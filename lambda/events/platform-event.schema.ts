import { amount, count, described, identifier } from '../contract/envelope.schema.ts';
import { maxItems } from '../contract/limits.ts';
import { currencyCodes } from '../domain/money.ts';
import { maxLines } from '../domain/new-order.ts';
import { itemTypes, refundMethods } from '../domain/order.ts';
import { type PlatformEventType, platformEventTypes, platformSource } from './event-names.ts';

// JSON Schemas of the events that a platform puts on the bus. Attributes that they do not name are ignored, so that
// platforms may send more. After a change, run `npm run generate`.

/** An event's id where it becomes a key. */
export const eventIdPattern = '^[A-Za-z0-9._:-]{1,128}$';

/** Why money went back without this service. */
export const elsewhereReasons = ['REFUND', 'CHARGEBACK'] as const;
export type ElsewhereReason = (typeof elsewhereReasons)[number];

const instantPattern = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$';

const orderId = {
  storeId: described(identifier, 'The store, as its access keys are issued for.'),
  orderNo: described(identifier, 'The order. Unique within its store.'),
};
const currencyCode = described({ enum: currencyCodes().toSorted() }, 'ISO 4217: the currency of all amounts.');

const orderLine = {
  type: 'object',
  required: ['seq', 'itemType', 'itemId', 'quantity', 'amount'],
  properties: {
    seq: described(count, 'Number of the line. Unique within its order.'),
    itemType: described({ enum: itemTypes }, 'DELIVERY for the costs of delivery, which responses sum up apart.'),
    itemId: described(identifier, 'The product.'),
    quantity: described(count, 'Units that are paid for.'),
    amount: described(amount, 'Per unit, tax included, in major units: 10.5 USD, 1000 KRW.'),
    taxAmount: described(amount, 'Per unit, and part of the amount. 0 if it is left out.'),
  },
};
const refundMethod = described(
  { enum: refundMethods },
  'ORIGINAL: refunds go back the way that the money came. BANK_ACCOUNT: to an account that each request names.',
);
const lines = described(
  { type: 'array', minItems: 1, maxItems: maxLines, items: orderLine },
  `The lines. An order that is not captured yet has at most ${maxItems}. Their total has at most 15 digits.`,
);

interface Meaning {
  readonly title: string;
  readonly description: string;
  /** What its data has. */
  readonly properties: Readonly<Record<string, object>>;
  readonly optional?: readonly string[];
}

/** What each event means, and what it says. */
export const platformEventMeanings: Readonly<Record<PlatformEventType, Meaning>> = {
  'order.registered.v1': {
    title: 'An order was placed',
    description: 'From now on it can be canceled: as a whole until it is captured. Its payment is REQUESTED.',
    properties: { ...orderId, currencyCode, refundMethod, items: lines },
  },
  'payment.authorized.v1': {
    title: 'A payment was authorized',
    description: 'The money is reserved, and not taken yet.',
    properties: orderId,
  },
  'payment.captured.v1': {
    title: 'A payment was captured',
    description:
      'The money was taken, for the whole order. With `order` the event registers the order as well, so that one event ' +
      'is enough. If the order was canceled meanwhile, the money goes back by itself.',
    properties: {
      ...orderId,
      currencyCode,
      amount: described(amount, 'The total of the order in major units.'),
      order: described(
        { type: 'object', required: ['refundMethod', 'items'], properties: { refundMethod, items: lines } },
        'The order, if it was not registered before. If it was, it has to be the same.',
      ),
    },
    optional: ['order'],
  },
  'payment.failed.v1': {
    title: 'A payment has failed for good',
    description:
      'The order cannot be paid any more. A platform sends it only when that is final: not for a first card after which ' +
      'a second one is tried.',
    properties: orderId,
  },
  'payment.refunded_elsewhere.v1': {
    title: 'Money went back without this service',
    description:
      'It was refunded at the PSP, or charged back. It counts as canceled, so that nobody refunds it again, and no ' +
      'executor is asked for it. The `id` of the event identifies it for ever.',
    properties: {
      ...orderId,
      currencyCode,
      reason: described(
        { enum: elsewhereReasons },
        'REFUND: by hand, at the PSP. CHARGEBACK: by the bank of the buyer.',
      ),
      items: described(
        {
          type: 'array',
          minItems: 1,
          maxItems,
          items: {
            type: 'object',
            required: ['seq', 'quantity', 'amount'],
            properties: {
              seq: described(count, 'Number of the order line.'),
              quantity: described(count, 'Units that the amount is of.'),
              amount: described(
                amount,
                'Per unit, tax included. The full unit amount cancels units; with less they stay.',
              ),
            },
          },
        },
        'What of which lines. Together it is the money that went back.',
      ),
    },
  },
};

/** The schema of each event, as the bus hands it on in `detail`. */
export const platformEventSchemas = Object.fromEntries(
  platformEventTypes.map((type) => [type, schemaOf(type)]),
) as Readonly<Record<PlatformEventType, ReturnType<typeof schemaOf>>>;

/** One schema of all of them: an event has to fit the one of its type. */
export const platformEventSchema = {
  $id: 'PlatformEvent',
  type: 'object',
  required: ['type'],
  properties: { type: { enum: platformEventTypes } },
  // So that what is wrong is named by that one schema.
  discriminator: { propertyName: 'type' },
  oneOf: platformEventTypes.map((type) => platformEventSchemas[type]),
};

function schemaOf(type: PlatformEventType) {
  const { title, description } = platformEventMeanings[type];
  return {
    title,
    description,
    type: 'object',
    required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
    properties: {
      specversion: described({ const: '1.0' }, 'Of CloudEvents.'),
      id: idOf(type),
      source: described({ const: platformSource }, 'Who sends it: the platform.'),
      type: described({ const: type }, 'What it is.'),
      time: described({ type: 'string', pattern: instantPattern }, 'When it became so: ISO 8601.'),
      data: dataOf(type),
    },
  };
}

function idOf(type: PlatformEventType) {
  const isKey = type === 'payment.refunded_elsewhere.v1';
  return described(
    isKey ? { type: 'string', pattern: eventIdPattern } : { type: 'string', minLength: 1, maxLength: 256 },
    "The platform's own: an event that is sent again has the same one.",
  );
}

function dataOf(type: PlatformEventType) {
  const { properties, optional = [] } = platformEventMeanings[type];
  return { type: 'object', required: Object.keys(properties).filter((name) => !optional.includes(name)), properties };
}
