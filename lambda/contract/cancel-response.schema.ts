import { maxAmount } from '../domain/money.ts';
import { identifierPattern, maxCount, maxItems, maxListedErrors } from './limits.ts';
import { reasons } from './reasons.ts';
import { gatewayRefusals, refusals } from './result-codes.ts';

const amount = { type: 'number', minimum: 0, maximum: maxAmount };
const count = { type: 'integer', minimum: 1, maximum: maxCount };
const identifier = { type: 'string', pattern: identifierPattern };
const text = { type: 'string', minLength: 1 };

/** The function's ISO 8601 in any zone, or what API Gateway writes into an answer of its own. */
const timestamp = {
  type: 'string',
  pattern:
    '^(?:\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d)|' +
    '\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000)$',
};

/** `data` of a success: exactly the specification's fields. */
const data = exactly({
  orderNo: identifier,
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
});

const reason = { enum: reasons };
const jsonPointer = { type: 'string', pattern: '^(?:/(?:[^~/]|~[01])*)*$' };

const success = exactly({
  resultCode: { const: '0' },
  message: { const: 'SUCCESS' },
  requestId: text,
  timestamp,
  data,
});

const refusal = exactly({
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

/**
 * The envelope of every answer of the function and of API Gateway (contract, section 5). The firewall's answers are not
 * covered: it can put in neither requestId nor timestamp.
 */
export const cancelResponseSchema = { $id: 'CancelPaymentResponse', oneOf: [success, refusal] as const };

/** An object with these properties and no others. */
function exactly(properties: Readonly<Record<string, object>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

function codeOf({ resultCode }: { readonly resultCode: string }): string {
  return resultCode;
}
