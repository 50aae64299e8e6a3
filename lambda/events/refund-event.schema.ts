import { amount, described, identifier } from '../contract/envelope.schema.ts';
import { identifierPattern } from '../contract/limits.ts';
import { returnRequestIdPattern } from '../contract/return-request-id.ts';
import { type CancellationKind, cancellationKinds } from '../domain/cancellation.ts';
import { failureReasonPattern, pspReferencePattern, type ExecutionStatus, settlements } from '../domain/execution.ts';
import { currencyCodes } from '../domain/money.ts';
import { type EventType, eventTypes, serviceSource } from './event-names.ts';

// JSON Schemas of the events that this service puts on the bus. It does not validate what it sends: they are for the
// AsyncAPI document and for tests. They allow more fields than they name, because an event may get some within its
// version. After a change, run `npm run generate`.

const namePart = identifierPattern.slice(1, -1);
const idPart = returnRequestIdPattern.slice(1, -1);
const orderKey = { type: 'string', pattern: `^${namePart}/${namePart}$` };

const fields = {
  storeId: described(identifier, 'The store.'),
  orderNo: described(identifier, 'The order. Unique within its store.'),
  returnRequestId: described(
    { type: 'string', pattern: returnRequestIdPattern },
    'Identifies the cancellation. Merchants know it.',
  ),
  kind: described(
    { enum: cancellationKinds },
    'REFUND: the money was taken, and goes back. VOID: it was not taken when the order was canceled.',
  ),
  attempt: described({ type: 'integer', minimum: 1 }, 'From 1. Each retry of a refund that failed is another attempt.'),
  currencyCode: described({ enum: currencyCodes().toSorted() }, 'ISO 4217.'),
  amount: described(amount, 'The whole refund in major units, tax included: 10.5 USD, 1000 KRW. It may be 0.'),
};

const accountRef = described(
  {
    type: 'object',
    required: ['orderKey', 'refundKey'],
    properties: {
      orderKey: described(orderKey, 'Its partition key: store and order number.'),
      refundKey: described(
        { type: 'string', pattern: `^${idPart}#[1-9]\\d*$` },
        'Its sort key: returnRequestId and attempt.',
      ),
    },
  },
  'The row of the bank account that the money goes to, in the table RefundAccounts. Absent where it goes back the way ' +
    'that it came. No event has the account itself.',
);

const failureReason = described(
  { type: 'string', pattern: failureReasonPattern },
  "The executor's code of why it failed. Merchants see it.",
);
const settlement = described(
  { enum: settlements },
  'Of a VOID: whether the authorization was released, or money that was captured meanwhile refunded.',
);
const origin = described(
  { const: 'PLATFORM' },
  'The platform has reported that the money went back without this service: at the PSP, or by a charge-back. Nobody was ' +
    'asked for it. Absent where a merchant canceled.',
);
const reported = {
  pspReference: described({ type: 'string', pattern: pspReferencePattern }, 'What the PSP calls the refund.'),
  settlement,
};

interface Meaning {
  readonly title: string;
  readonly description: string;
  readonly status: ExecutionStatus;
  /** Where it is of one kind only. */
  readonly kind?: CancellationKind;
  /** Fields of this event, none of which has to be there. */
  readonly optional: Readonly<Record<string, object>>;
  readonly more?: object;
}

/** What each event means, and in what its data differs. */
export const eventMeanings: Readonly<Record<EventType, Meaning>> = {
  'payment.refund_requested.v1': {
    title: 'A refund is asked for',
    description: 'Money that was taken has to go back. An executor refunds it and reports what became of it.',
    status: 'REQUESTED',
    kind: 'REFUND',
    optional: { accountRef },
  },
  'payment.void_requested.v1': {
    title: 'A void is asked for',
    description:
      'The order was canceled before its money was taken. An executor lets the money go back: it releases the ' +
      'authorization, or refunds in full if the money was captured meanwhile, and reports which of the two it was.',
    status: 'REQUESTED',
    kind: 'VOID',
    optional: { accountRef },
  },
  'payment.refund_pending.v1': {
    title: 'A refund has begun',
    description: 'The executor has begun, and the money is not back yet.',
    status: 'PENDING',
    optional: reported,
  },
  'payment.refund_succeeded.v1': {
    title: 'A refund has succeeded',
    description: 'The money is back. It may still turn into a failure: banks send money back.',
    status: 'SUCCEEDED',
    optional: { ...reported, origin },
    more: {
      anyOf: [
        { properties: { kind: { const: 'REFUND' } } },
        { required: ['settlement'], properties: { settlement: { const: 'REFUNDED' } } },
      ],
    },
  },
  'payment.refund_failed.v1': {
    title: 'A refund has failed',
    description: 'The money is not back, and this attempt sends none any more. An operator retries it or settles it.',
    status: 'FAILED',
    optional: { failureReason, ...reported },
  },
  'payment.refund_resolved.v1': {
    title: 'A refund was settled by hand',
    description: 'An operator has settled it in another way. Nothing that is reported later changes it.',
    status: 'RESOLVED',
    optional: { failureReason, ...reported },
  },
  'payment.voided.v1': {
    title: 'A void has succeeded',
    description: 'The authorization was released: the money was never taken.',
    status: 'SUCCEEDED',
    kind: 'VOID',
    optional: { ...reported, settlement: { ...settlement, const: 'VOIDED' } },
  },
};

/** The schema of each event, as the bus hands it on in `detail`. */
export const refundEventSchemas = Object.fromEntries(
  eventTypes.map((type) => [type, schemaOf(type, eventMeanings[type])]),
) as Readonly<Record<EventType, object>>;

function schemaOf(type: EventType, { title, description, status, kind, optional, more = {} }: Meaning) {
  const isRequest = status === 'REQUESTED';
  const sequence = isRequest ? { const: 0 } : { type: 'integer', minimum: 1 };
  const always = {
    ...fields,
    ...(kind && { kind: { ...fields.kind, const: kind } }),
    sequence: described(sequence, 'Within the attempt: 0 is the request. Attempt and sequence order the events.'),
    status: described({ const: status }, 'What became of the refund.'),
  };
  return {
    title,
    description,
    type: 'object',
    required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'data'],
    properties: {
      specversion: described({ const: '1.0' }, 'Of CloudEvents.'),
      id: described(
        { type: 'string', pattern: `^${idPart}-[1-9]\\d*-${isRequest ? '0' : '[1-9]\\d*'}$` },
        'returnRequestId-attempt-sequence. Events with the same id are the same event.',
      ),
      source: described({ const: serviceSource }, 'Who sends it: this service.'),
      type: described({ const: type }, 'What it is. A change that readers have to know of gets another version.'),
      subject: described(orderKey, 'The order: storeId/orderNo.'),
      time: described(
        { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
        'When it became so: ISO 8601 in UTC.',
      ),
      datacontenttype: described({ const: 'application/json' }, 'Of `data`.'),
      data: { type: 'object', required: Object.keys(always), properties: { ...always, ...optional }, ...more },
    },
  };
}
