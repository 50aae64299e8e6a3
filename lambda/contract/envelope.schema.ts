import { maxAmount } from '../domain/money.ts';
import { identifierPattern, maxCount, maxItems, maxListedErrors } from './limits.ts';
import { gatewayRefusals, refusals } from './result-codes.ts';
import { returnRequestIdPattern } from './return-request-id.ts';
import { reasons } from './violations.ts';

// JSON Schemas of responses. Functions do not validate what they send: these are for the OpenAPI document and for tests.
// Descriptions are CommonMark.

export const amount = { type: 'number', minimum: 0, maximum: maxAmount };
export const count = { type: 'integer', minimum: 1, maximum: maxCount };
export const identifier = { type: 'string', pattern: identifierPattern };
const text = { type: 'string', minLength: 1 };

/** ISO 8601 in any zone. */
const isoPattern = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d)';
export const instant = { type: 'string', pattern: `^${isoPattern}$` };

const stamp = {
  requestId: described(text, 'Identifies the request in our logs.'),
  timestamp: described(
    {
      type: 'string',
      // ISO 8601, or the format that API Gateway uses in its own responses.
      pattern: `^(?:${isoPattern}|\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000)$`,
    },
    'ISO 8601 in the zone of Time-Zone. Responses of the gateway itself have the form `23/Nov/2026:04:24:50 +0000`.',
  ),
};

/** A cancellation as the responses of all routes describe it, without its order and its items. */
export const cancellationFields = {
  totalProductAmount: described(amount, 'Canceled amount of all items except DELIVERY, tax included.'),
  totalProductTaxAmount: described(amount, 'The tax in totalProductAmount.'),
  totalDeliveryAmount: described(amount, 'Canceled amount of DELIVERY items, tax included.'),
  totalDeliveryTaxAmount: described(amount, 'The tax in totalDeliveryAmount.'),
  processedCount: described({ type: 'integer', minimum: 1, maximum: maxItems }, 'Number of canceled items.'),
  returnRequestId: described({ type: 'string', pattern: returnRequestIdPattern }, 'Identifies the cancellation.'),
};

/** The canceled items. @param more what a route says of each besides */
export function canceledItems(more: Readonly<Record<string, object>> = {}) {
  const item = {
    seq: described(count, 'Number of the order line.'),
    itemId: described(identifier, 'The product.'),
    quantity: described(count, 'As in the request.'),
    amount: described(amount, 'Per unit, as in the request.'),
    taxAmount: described(
      amount,
      'Per unit, as in the request. Absent if the request left it out; the totals have the tax that was canceled.',
    ),
    ...more,
  };
  const items = { type: 'array', minItems: 1, maxItems, items: exactly(item, ['taxAmount']) };
  return described(items, 'The canceled items, as in the request.');
}

/** The envelope of a success with this data. */
export function successSchema(data: object) {
  return exactly({
    resultCode: described({ const: '0' }, '`0` for a success.'),
    message: described({ const: 'SUCCESS' }, 'The same in every language.'),
    ...stamp,
    data,
  });
}

const reason = described({ enum: reasons }, 'What is wrong, for programs.');
const message = described(
  text,
  'What is wrong and what would be accepted, for people, in the language of X-System-Language.',
);
const jsonPointer = { type: 'string', pattern: '^(?:/(?:[^~/]|~[01])*)*$' };

/** The envelope of every refusal, of a route or of API Gateway. */
export const refusalSchema = exactly({
  resultCode: described(
    { enum: [...new Set([...Object.values(refusals), ...Object.values(gatewayRefusals)].map(codeOf))] },
    'Why the request was refused.',
  ),
  message: described(text, 'What happened, in the language of X-System-Language.'),
  ...stamp,
  data: described({ type: 'null' }, 'Always null in a refusal.'),
  errors: described(
    {
      type: 'array',
      maxItems: maxListedErrors,
      items: {
        oneOf: [
          exactly({ field: described(jsonPointer, 'JSON Pointer into the request body.'), reason, message }),
          exactly({ header: described(text, 'Name of a request header.'), reason, message }),
        ],
      },
    },
    'All errors of the request, one entry each. Empty if the reason is not in the request, or is not disclosed.',
  ),
});

/** An object with these properties and no others. */
export function exactly(properties: Readonly<Record<string, object>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

/** A schema with its description in the OpenAPI document. */
export function described<Schema extends object>(schema: Schema, description: string) {
  return { ...schema, description };
}

function codeOf({ resultCode }: { readonly resultCode: string }): string {
  return resultCode;
}
