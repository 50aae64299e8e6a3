import {
  amount,
  canceledItems,
  cancellationFields,
  count,
  described,
  exactly,
  identifier,
  instant,
  successSchema,
} from '../contract/envelope.schema.ts';
import { headerRules } from '../contract/header-rules.ts';
import { maxCount, maxListedCancellations, maxPageSize } from '../contract/limits.ts';
import { cancellationKinds, origins } from '../domain/cancellation.ts';
import { failureReasonPattern, executionStatuses } from '../domain/execution.ts';
import { currencyCodes } from '../domain/money.ts';
import { itemTypes, paymentStatuses } from '../domain/order.ts';

const units = { type: 'integer', minimum: 0, maximum: maxCount };

const item = exactly({
  seq: described(count, 'Number of the order line.'),
  itemType: described(
    { enum: itemTypes },
    'In a cancellation, DELIVERY items count in totalDeliveryAmount, all others in totalProductAmount.',
  ),
  itemId: described(identifier, 'The product.'),
  quantity: described(count, 'Units of the order line.'),
  amount: described(amount, 'Per unit, tax included.'),
  taxAmount: described(amount, 'Per unit, and part of the amount.'),
  canceledQuantity: described(units, 'Canceled units of the line.'),
  totalCanceledAmount: described(amount, 'What was canceled of the whole line, tax included.'),
  totalCanceledTaxAmount: described(amount, 'The tax in totalCanceledAmount.'),
  remainingQuantity: described(units, 'Units that can still be canceled.'),
  totalRemainingAmount: described(
    amount,
    'What can still be canceled of the whole line, tax included: quantity x amount can be at most this.',
  ),
  totalRemainingTaxAmount: described(amount, 'The tax in totalRemainingAmount.'),
});

const execution = exactly(
  {
    status: described(
      { enum: executionStatuses },
      'REQUESTED: it was handed over. PENDING: it has begun. SUCCEEDED: the money went back; a bank may still return it, ' +
        'which makes it FAILED. FAILED: it did not go back. RESOLVED: it was settled by hand. Nothing of this changes ' +
        'what was canceled.',
    ),
    attempt: described(count, '1, and one more with each retry of a refund that failed.'),
    updatedAt: described(instant, 'When the status became what it is: ISO 8601 in the zone of Time-Zone.'),
    failureReason: described(
      { type: 'string', pattern: failureReasonPattern },
      'Why it failed, as a code such as `ACCOUNT_CLOSED`. Only with FAILED, where a reason is known.',
    ),
  },
  ['failureReason'],
);

const cancellationProperties = {
  kind: described({ enum: cancellationKinds }, 'VOID before capture, when no money had moved; REFUND after it.'),
  origin: described(
    { enum: origins },
    'MERCHANT: canceled by a request. PLATFORM: the money went back without this service, at the PSP or by a ' +
      'charge-back, so it cannot be canceled again.',
  ),
  createdAt: described(instant, 'When it was canceled: ISO 8601 in the zone of Time-Zone.'),
  idempotencyKey: described(
    { type: 'string', pattern: headerRules['X-Idempotency-Key'].pattern },
    'Your own idempotency key. Absent if the cancellation was made without one.',
  ),
  execution: described(
    execution,
    'What became of the money: of a VOID, of its release, or of its refund if it was captured later. Absent until it was ' +
      'handed over, which takes a moment.',
  ),
  ...cancellationFields,
  items: canceledItems({
    canceledQuantity: described(
      units,
      'The units that left the line: 0 if an amount was canceled and the units stayed.',
    ),
  }),
};
const cancellation = exactly(cancellationProperties, ['idempotencyKey', 'execution']);

/** The envelope of a success of EBP_API_237 (contract, section 7). */
export const detailSuccessSchema = successSchema(
  described(
    exactly(
      {
        orderNo: described(identifier, 'The order.'),
        currencyCode: described({ enum: currencyCodes().toSorted() }, 'ISO 4217: the currency of all amounts.'),
        paymentStatus: described(
          { enum: paymentStatuses },
          'REQUESTED, AUTHORIZED, CAPTURED and PARTIALLY_CANCELED payments can be canceled.',
        ),
        items: described({ type: 'array', minItems: 1, items: item }, 'The lines of the order.'),
        cancellations: described(
          { type: ['array', 'null'], maxItems: maxPageSize, items: cancellation },
          'A page of cancellations, in the sequence in which they were applied. Null if the order has more than ' +
            `${maxListedCancellations} of them, or more than 2 MB: then none are listed.`,
        ),
        nextToken: described(identifier, 'Present if more cancellations follow: send it with the same orderNo.'),
      },
      ['nextToken'],
    ),
    'The order, what was canceled of it, and what can still be canceled.',
  ),
);
