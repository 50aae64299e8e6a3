import { acceptedByDetailField, type DetailRequest } from '../../../lambda/detail/detail-request.ts';
import { detailRequestSchema } from '../../../lambda/detail/detail-request.schema.ts';
import { detailSuccessSchema } from '../../../lambda/detail/detail-response.schema.ts';
import { defaultPageSize } from '../../../lambda/contract/limits.ts';
import { detailCall } from '../../../lambda/contract/paths.ts';
import type { DocumentedRoute, OpenApiExample } from './documented-route.ts';
import { ofSchema, samples } from './samples.ts';
import { etagHeader, headers } from './texts.ts';

const description = `Returns what was paid, what was canceled and what remains of each line of an order, and the order's
cancellations, in the sequence in which they were applied, page by page: as long as a response has a \`nextToken\`, send the
request again with it. Each response describes one instant, which its \`ETag\` names. A cancellation that is made while you
walk through the pages comes on a later page: none is missed, and no token becomes invalid. Refund accounts are never
returned.

The \`execution\` of a cancellation says what became of its money. It changes by itself, without another \`ETag\`.

The checks are those of the cancel call, in the same sequence.`;

const fields: Readonly<Record<keyof DetailRequest, string>> = {
  orderNo: 'The order, as the store numbered it.',
  limit: `The most cancellations in one response; ${defaultPageSize} if it is left out.`,
  nextToken: 'The `nextToken` of the previous response, for the next page. Opaque.',
};

export function detailRoute(examples: Readonly<Record<string, OpenApiExample>>): DocumentedRoute {
  return {
    path: detailCall.path,
    operationId: 'getPaymentDetail',
    summary: detailCall.title,
    description,
    headers: {
      ...headers,
      'X-Currency-Code': "ISO 4217; not compared with the order's currency, which is in the response.",
      'X-Idempotency-Key': 'Without effect, but a malformed one is refused (400).',
      'Idempotency-Key': 'As X-Idempotency-Key.',
      'If-Match': 'Without effect, but a malformed one is refused (400).',
      'Time-Zone': 'IANA zone of `timestamp`, `createdAt` and `updatedAt` in the response; UTC if it is left out.',
    },
    request: { name: 'PaymentDetailRequest', schema: detailRequestSchema, fields },
    success: {
      name: 'PaymentDetailSuccess',
      schema: detailSuccessSchema,
      description: 'The order, and a page of its cancellations.',
      headers: {
        ETag: etagHeader(
          'Names this state of the order: send it as If-Match with a cancellation that you decide on what you see here.',
        ),
      },
    },
    examples,
    refusals: [
      'BODY_TOO_LARGE',
      'HEADERS_INVALID',
      'ENCODING_UNSUPPORTED',
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
}
