import { itemSchema } from '../../lambda/cancel/cancel-request.schema.ts';
import { identifierPattern } from '../../lambda/contract/limits.ts';
import { currencyCodes } from '../../lambda/domain/money.ts';
import { maxLines } from '../../lambda/domain/new-order.ts';
import { refundMethods } from '../../lambda/domain/order.ts';

const identifier = { type: 'string', pattern: identifierPattern };

/**
 * An order as it is imported: amounts in major units and per unit, the tax part of the amount. Nothing is canceled of
 * it yet, so it has a status without cancellations.
 */
export const orderImportSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['orderNo', 'storeId', 'currencyCode', 'paymentStatus', 'refundMethod', 'items'],
  properties: {
    orderNo: identifier,
    storeId: identifier,
    currencyCode: { enum: currencyCodes() },
    paymentStatus: { enum: ['REQUESTED', 'AUTHORIZED', 'CAPTURED', 'FAILED'] },
    refundMethod: { enum: refundMethods },
    items: {
      type: 'array',
      minItems: 1,
      maxItems: maxLines,
      items: itemSchema,
    },
  },
};
