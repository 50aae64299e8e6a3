import { currencyCodes } from '../domain/money.ts';
import { itemTypes, paymentStatuses } from '../domain/order.ts';
import {
  amount,
  cancellationFields,
  count,
  exactly,
  identifier,
  instant,
  successSchema,
} from '../contract/envelope.schema.ts';
import { maxCount, maxPageSize } from '../contract/limits.ts';

const units = { type: 'integer', minimum: 0, maximum: maxCount };

const item = exactly({
  seq: count,
  itemType: { enum: itemTypes },
  itemId: identifier,
  quantity: count,
  amount,
  taxAmount: amount,
  canceledQuantity: units,
  totalCanceledAmount: amount,
  totalCanceledTaxAmount: amount,
  remainingQuantity: units,
  totalRemainingAmount: amount,
  totalRemainingTaxAmount: amount,
});

const cancellation = exactly({ kind: { enum: ['VOID', 'REFUND'] }, createdAt: instant, ...cancellationFields });

/** The envelope of a success of EBP_API_237; a refusal's is that of every route. */
export const detailSuccessSchema = successSchema(
  exactly(
    {
      orderNo: identifier,
      currencyCode: { enum: currencyCodes().toSorted() },
      paymentStatus: { enum: paymentStatuses },
      items: { type: 'array', minItems: 1, items: item },
      cancellations: { type: ['array', 'null'], maxItems: maxPageSize, items: cancellation },
      nextToken: identifier,
    },
    ['nextToken'],
  ),
);
