import type { CancelField } from '../../../lambda/cancel/cancel-request.ts';
import { cancelRequestSchema } from '../../../lambda/cancel/cancel-request.schema.ts';
import { cancelSuccessSchema } from '../../../lambda/cancel/cancel-response.schema.ts';
import { cancelCall } from '../../../lambda/contract/paths.ts';
import { type RefusalKind, refusals } from '../../../lambda/contract/result-codes.ts';
import type { DocumentedRoute, OpenApiExample } from './documented-route.ts';
import { samples } from './samples.ts';
import { headers } from './texts.ts';

const description = `An item with the line's full unit amount cancels units. With less, it cancels an amount and the units
stay, until nothing remains of the line's amount. Before capture only the whole order can be canceled.

The checks, in this sequence: size, headers, access key, signature, expiry, headers against the key, media type and JSON,
schema, order, idempotency, rules.`;

const fields: Readonly<Record<CancelField, string>> = {
  orderNo: 'The order, as the store numbered it.',
  totalCancelAmount: 'The sum of quantity x amount of the items, tax included.',
  refundAccount:
    'The account to refund to. All three fields are required if a captured order is refunded to a bank account.',
  accountNumber: 'As text, so that leading zeros stay; an integer is accepted too.',
  bankCode: "The bank's code.",
  accountHolderName: 'The name of the account holder.',
  items: 'What to cancel, each order line at most once.',
  seq: 'Number of the order line.',
  itemType:
    'As in the order. In the response, DELIVERY items count in totalDeliveryAmount, all others in totalProductAmount.',
  itemId: 'As in the order.',
  quantity: 'Number of units to cancel, or to cancel an amount of.',
  amount: "Per unit, tax included: the line's unit amount, or less to cancel an amount.",
  taxAmount: 'Per unit, and part of the amount; 0 if it is left out.',
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
