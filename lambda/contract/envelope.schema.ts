import { maxAmount } from '../domain/money.ts';
import { identifierPattern, maxCount, maxItems, maxListedErrors } from './limits.ts';
import { reasons } from './reasons.ts';
import { gatewayRefusals, refusals } from './result-codes.ts';

export const amount = { type: 'number', minimum: 0, maximum: maxAmount };
export const count = { type: 'integer', minimum: 1, maximum: maxCount };
export const identifier = { type: 'string', pattern: identifierPattern };
const text = { type: 'string', minLength: 1 };

/** ISO 8601 in any zone. */
const isoPattern = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d)';
export const instant = { type: 'string', pattern: `^${isoPattern}$` };

/** The function's, or what API Gateway writes into an answer of its own. */
const timestamp = {
  type: 'string',
  pattern: `^(?:${isoPattern}|\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000)$`,
};

/** What was canceled, as every answer that tells it does, but for the order. */
export const cancellationFields = {
  totalProductAmount: amount,
  totalProductTaxAmount: amount,
  totalDeliveryAmount: amount,
  totalDeliveryTaxAmount: amount,
  processedCount: { type: 'integer', minimum: 1, maximum: maxItems },
  returnRequestId: { type: 'string', pattern: '^RETREQ[0-9A-Z]{26}$' },
  items: {
    type: 'array',
    minItems: 1,
    maxItems,
    items: exactly({ seq: count, itemId: identifier, quantity: count, amount, taxAmount: amount }, ['taxAmount']),
  },
};

const reason = { enum: reasons };
const jsonPointer = { type: 'string', pattern: '^(?:/(?:[^~/]|~[01])*)*$' };

/** The envelope of a success with this data. */
export function successSchema(data: object) {
  return exactly({
    resultCode: { const: '0' },
    message: { const: 'SUCCESS' },
    requestId: text,
    timestamp,
    data,
  });
}

/** The envelope of everything else, of every route and of API Gateway. */
export const refusalSchema = exactly({
  resultCode: { enum: [...new Set([...Object.values(refusals), ...Object.values(gatewayRefusals)].map(codeOf))] },
  message: text,
  requestId: text,
  timestamp,
  data: { type: 'null' },
  errors: {
    type: 'array',
    maxItems: maxListedErrors,
    items: {
      oneOf: [exactly({ field: jsonPointer, reason, message: text }), exactly({ header: text, reason, message: text })],
    },
  },
});

/** An object with these properties and no others. */
export function exactly(properties: Readonly<Record<string, object>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

function codeOf({ resultCode }: { readonly resultCode: string }): string {
  return resultCode;
}
