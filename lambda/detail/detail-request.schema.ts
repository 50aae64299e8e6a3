import { identifierPattern, maxPageSize } from '../contract/limits.ts';
import { returnRequestIdPattern } from '../contract/return-request-id.ts';

/**
 * The request body of EBP_API_237. A nextToken is a returnRequestId (paginate.ts). After a change, run `npm run
 * generate`.
 */
export const detailRequestSchema = {
  $id: 'PaymentDetailRequest',
  type: 'object',
  additionalProperties: false,
  required: ['orderNo'],
  properties: {
    orderNo: { type: 'string', pattern: identifierPattern },
    limit: { type: 'integer', minimum: 1, maximum: maxPageSize },
    nextToken: { type: 'string', pattern: returnRequestIdPattern },
  },
};
