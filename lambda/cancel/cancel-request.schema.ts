import { maxAmount } from '../domain/money.ts';
import { itemTypes } from '../domain/order.ts';
import { accountNumberPattern, identifierPattern, maxCount, maxItems } from '../contract/limits.ts';

// A negative amount is refused here, because the rules would accept it on a free line (contract, section 3).
const amount = { type: 'number', minimum: 0, maximum: maxAmount };
const count = { type: 'integer', minimum: 1, maximum: maxCount };
const identifier = { type: 'string', pattern: identifierPattern };

/**
 * Text that a bank can take: at least one letter or digit, and no character that is not seen (contract, section 3). The
 * pattern says it in ranges, because the regular expressions of every language know those; the format says the rest, in
 * Unicode's categories.
 */
function bankText(maxLength: number) {
  const pattern = `^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]{1,${maxLength}}$`;
  return { type: 'string', pattern, format: 'bank-text' };
}

/** What no pattern of this schema says, because other languages could not read it. */
export const formats = {
  /** Beside its pattern: no account has a number without a digit other than 0. */
  'account-number': /[1-9]/,
  /**
   * U+200C and U+200D are not seen either, but some scripts need them between letters, where a mark of a letter counts as
   * one.
   */
  'bank-text':
    /^(?=[^]*[\p{L}\p{N}])(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?<=[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}]))+$/u,
};

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
          format: 'account-number',
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
        },
        bankCode: bankText(20),
        accountHolderName: bankText(100),
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
