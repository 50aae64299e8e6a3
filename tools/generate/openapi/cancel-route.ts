import type { CancelField } from '../../../lambda/cancel/cancel-request.ts';
import { cancelRequestSchema } from '../../../lambda/cancel/cancel-request.schema.ts';
import { cancelSuccessSchema } from '../../../lambda/cancel/cancel-response.schema.ts';
import { cancelCall } from '../../../lambda/contract/paths.ts';
import { type RefusalKind, refusals } from '../../../lambda/contract/result-codes.ts';
import type { DocumentedRoute, OpenApiExample } from './documented-route.ts';
import { samples } from './samples.ts';
import { etagHeader, headers } from './texts.ts';

const description = `An item with the line's full unit amount cancels units. With less, it cancels an amount and the units
stay, until nothing remains of the line's amount. Before capture, a requested or authorized payment can only be canceled as
a whole.

A \`taxAmount\` that is left out is the tax that belongs to the amount: what is left of the line's tax, times the amount
that is canceled, divided by what is left of the line's amount, rounded down to whole minor units of the currency. What
empties a line takes all the tax that is left of it. A \`taxAmount\` that is sent is taken as it is, if no rule is broken.

The checks, in this sequence: size, headers, Content-Encoding, access key, signature, expiry, headers against the key, media
type and JSON, schema, order, earlier cancellation with the same key or the same content, If-Match, rules.`;

const bankText =
  'The format `bank-text`: at least one letter or digit, and no character that is not seen (categories Cc, Cf, Cs, Zl and ' +
  'Zp of Unicode); U+200C and U+200D may stand between letters.';

const fields: Readonly<Record<CancelField, string>> = {
  orderNo: 'The order, as the store numbered it.',
  totalCancelAmount: 'The sum of quantity x amount of the items, tax included.',
  refundAccount:
    'The account to refund to. All three fields are required if a captured order is refunded to a bank account. An order ' +
    'that is refunded to the original payment needs none, and ignores one that is sent.',
  accountNumber:
    'Send it as text: leading zeros stay, and no digit is lost. A whole number is accepted too. The format ' +
    '`account-number`: at least one digit other than 0.',
  bankCode: `The bank's code. ${bankText}`,
  accountHolderName: `The name of the account holder. ${bankText}`,
  items: 'What to cancel, each order line at most once.',
  seq: 'Number of the order line.',
  itemType:
    'As in the order. In the response, DELIVERY items count in totalDeliveryAmount, all others in totalProductAmount.',
  itemId: 'As in the order.',
  quantity: 'Number of units to cancel, or to cancel an amount of.',
  amount: "Per unit, tax included: the line's unit amount, or less to cancel an amount.",
  taxAmount:
    'Per unit, and part of the amount. Left out, it is the tax that belongs to the amount, as described above.',
};

export function cancelRoute(examples: Readonly<Record<string, OpenApiExample>>): DocumentedRoute {
  return {
    path: cancelCall.path,
    operationId: 'cancelPayment',
    summary: cancelCall.title,
    description,
    headers,
    request: { name: 'CancelPaymentRequest', schema: cancelRequestSchema, fields },
    success: {
      name: 'CancelPaymentSuccess',
      schema: cancelSuccessSchema,
      description: 'Canceled now, or a replay of the first response.',
      headers: {
        ETag: etagHeader(
          'Names the state of the order that this cancellation has made. In a replay, others may have changed it since.',
        ),
        'Idempotent-Replayed': {
          description:
            'Present, and `true`, if this repeats the response to an earlier request: nothing was canceled again.',
          schema: { const: 'true' },
        },
      },
    },
    examples,
    refusals: Object.keys(refusals) as RefusalKind[],
    samples,
  };
}
