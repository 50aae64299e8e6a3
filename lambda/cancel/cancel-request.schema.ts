import { maxAmount } from '../domain/money.ts';
import { itemTypes } from '../domain/order.ts';
import { accountNumberPattern, identifierPattern, maxCount, maxItems } from '../contract/limits.ts';

// A negative amount is refused here, because the rules would accept it on a free line (contract, section 3).
const amount = { type: 'number', minimum: 0, maximum: maxAmount };
const count = { type: 'integer', minimum: 1, maximum: maxCount };
const identifier = { type: 'string', pattern: identifierPattern };

/**
 * Text without control characters, which would break a bank's file, and without unpaired surrogates, which UTF-8 cannot
 * hold. Written as ranges, because the regular expressions of every language know those.
 */
function printablePattern(maxLength: number): string {
  return `^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]{1,${maxLength}}$`;
}

/** An order line as a request names it. Imported orders have the same fields (tools/orders). */
export const itemSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['seq', 'itemType', 'itemId', 'quantity', 'amount'],
  properties: {
    seq: count,
    itemType: { enum: itemTypes },
    itemId: identifier,
    quantity: count,
    amount,
    taxAmount: amount,
  },
};

/**
 * The request body of EBP_API_232 with the limits of section 6 of the contract. Unknown fields are refused, so that a
 * misspelt taxAmount never turns into another cancellation. After a change, run `npm run generate`.
 */
export const cancelRequestSchema = {
  $id: 'CancelPaymentRequest',
  type: 'object',
  additionalProperties: false,
  required: ['orderNo', 'totalCancelAmount', 'items'],
  properties: {
    orderNo: identifier,
    totalCancelAmount: amount,
    refundAccount: {
      type: 'object',
      additionalProperties: false,
      properties: {
        accountNumber: {
          type: ['string', 'integer'],
          pattern: accountNumberPattern,
          minimum: Number.MIN_SAFE_INTEGER,
          maximum: Number.MAX_SAFE_INTEGER,
        },
        bankCode: { type: 'string', pattern: printablePattern(20) },
        accountHolderName: { type: 'string', pattern: printablePattern(100) },
      },
    },
    items: {
      type: 'array',
      minItems: 1,
      maxItems,
      items: itemSchema,
    },
  },
};
