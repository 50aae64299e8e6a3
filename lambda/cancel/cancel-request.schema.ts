import { maxAmount } from '../domain/money.ts';
import { itemTypes } from '../domain/order.ts';
import { accountNumberPattern, identifierPattern, maxCount, maxItems } from '../contract/limits.ts';

// Negative amounts are refused here, because no rule would: on a free line 0 >= -1 holds (contract, section 3).
const amount = { type: 'number', minimum: 0, maximum: maxAmount };
const count = { type: 'integer', minimum: 1, maximum: maxCount };
const identifier = { type: 'string', pattern: identifierPattern };

/**
 * Characters, not halves of one (which no UTF-8 text can hold) and not such as would break a bank's file. As ranges, which
 * every language's regular expressions know.
 */
function printablePattern(maxLength: number): string {
  return `^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]{1,${maxLength}}$`;
}

/** An order line as a merchant names it; orders are imported with the same fields. */
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
 * misspelt taxAmount never turns into another cancellation. After a change: npm run generate.
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
