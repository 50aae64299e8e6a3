import { nothing, type Order } from '../../../lambda/domain/order.ts';
import { acceptedByDetailField, type DetailRequest } from '../../../lambda/detail/detail-request.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { defaultPageSize, maxCancellations } from '../../../lambda/contract/limits.ts';
import type { RouteRefusals } from './refusals.ts';
import { samples } from './samples.ts';
import { responseFields } from './texts.ts';
import { orderDetail, type PaymentDetail } from '../../../lambda/detail/payment-detail.ts';

/** What the OpenAPI document says of the detail call besides its schemas. CommonMark. */

export const detailRefusals: RouteRefusals = {
  refusals: [
    'BODY_TOO_LARGE',
    'HEADERS_INVALID',
    'UNAUTHENTICATED',
    'NOT_JSON',
    'INVALID_JSON',
    'SCHEMA_VIOLATED',
    'ORDER_NOT_FOUND',
    'UNAVAILABLE',
    'INTERNAL_ERROR',
  ],
  samples: {
    ...samples,
    FIELD_UNKNOWN: ofSchema('/page', Object.keys(acceptedByDetailField).join(', ')),
    FIELD_INVALID: ofSchema('/nextToken', acceptedByDetailField.nextToken),
    TOO_MANY_DIGITS: ofSchema('/limit'),
  },
};

export const detailRequestFields: Readonly<Record<keyof DetailRequest, string>> = {
  orderNo: 'The order, as the store numbered it.',
  limit: `The most cancellations to tell in one answer; ${defaultPageSize} without it.`,
  nextToken: 'The `nextToken` of the answer before, to be told what comes after it. Opaque.',
};

export const detailResponseFields: Readonly<Record<string, string>> = {
  ...responseFields,
  data: 'The order; null in a refusal.',
  currencyCode: 'ISO 4217: the currency of all amounts.',
  paymentStatus: 'AUTHORIZED, CAPTURED and PARTIALLY_CANCELED payments can be canceled.',
  items: 'The lines of the order; of a cancellation, what was canceled, as it was asked for.',
  itemType: 'As in the order. DELIVERY is told apart in the totals of cancellations.',
  quantity: 'Units of the order line; of a cancellation, as in its request.',
  amount: 'Per unit, tax included; of a cancellation, as in its request.',
  taxAmount: 'Per unit, and part of the amount; of a cancellation, there where its request had it.',
  canceledQuantity: 'Units that were canceled of the line.',
  totalCanceledAmount: 'What was canceled of the whole line, tax included.',
  totalCanceledTaxAmount: 'The tax in it.',
  remainingQuantity: 'Units that are left of the line.',
  totalRemainingAmount: 'What is left of the whole line, tax included: quantity x amount can be canceled up to it.',
  totalRemainingTaxAmount: 'The tax in it.',
  cancellations:
    `A page of them, in the order of their time. Null where the order has more than ${maxCancellations}, or ` +
    'more than 2 MB of them, which are not told one by one.',
  kind: 'VOID before capture, when no money had moved; REFUND after it.',
  createdAt: 'When it was canceled: ISO 8601 in the zone of Time-Zone.',
  nextToken: 'There where more cancellations follow: send it with the same orderNo.',
};

const line = {
  itemType: 'PHYSICAL',
  quantity: 1,
  unitAmountMinor: 3000n,
  unitTaxMinor: 0n,
  canceled: nothing,
} as const;

/** The order of the specification's last example, after it. */
const order: Order = {
  storeId: 'DEMO-STORE',
  orderNo: 'ORD20251224003',
  currencyCode: 'KRW',
  paymentStatus: 'PARTIALLY_CANCELED',
  refundMethod: 'ORIGINAL',
  version: 2,
  lines: [
    { ...line, seq: 1, itemId: 'P001', quantity: 2, unitAmountMinor: 50_000n, unitTaxMinor: 5000n },
    { ...line, seq: 2, itemId: 'P002' },
    { ...line, seq: 3, itemId: 'P003', canceled: { units: 0, amountMinor: 2000n, taxMinor: 0n } },
  ],
};

export const detailExample: {
  readonly title: string;
  readonly request: DetailRequest;
  readonly response: Envelope<PaymentDetail>;
} = {
  title: 'An order of which an amount was canceled',
  request: { orderNo: 'ORD20251224003' },
  response: {
    resultCode: '0',
    message: 'SUCCESS',
    requestId: '76a38f71-3e0f-4e26-b5fe-6734dc4ad75b',
    timestamp: '2025-12-31T06:14:13.909+09:00',
    data: {
      ...orderDetail(order),
      cancellations: [
        {
          returnRequestId: 'RETREQ01KDRKZ1MNWQ4Y6V2S8C5T7HGF',
          kind: 'REFUND',
          createdAt: '2025-12-31T06:10:02.471+09:00',
          totalProductAmount: 2000,
          totalProductTaxAmount: 0,
          totalDeliveryAmount: 0,
          totalDeliveryTaxAmount: 0,
          processedCount: 1,
          items: [{ seq: 3, itemId: 'P003', quantity: 1, amount: 2000, taxAmount: 0 }],
        },
      ],
    },
  },
};

function ofSchema(field: string, accepted?: string | { readonly en: string; readonly ko: string }) {
  return { refusal: 'SCHEMA_VIOLATED', violation: { at: { field }, ...(accepted && { accepted }) } } as const;
}
