import { requestOf } from '../../in-memory/requests.ts';
import type { IntegratorMistake } from './commit-mistake.ts';
import { firstItem, full } from './sample-requests.ts';

export const mistakesInDetails: readonly IntegratorMistake[] = [
  {
    title: 'An unknown order, or an order of another store',
    isDetail: true,
    body: { orderNo: 'ord20251224001' },
    response: [404, 'ORDER_NOT_FOUND /orderNo'],
  },
  {
    title: 'The body of a cancellation',
    isDetail: true,
    body: requestOf([firstItem]),
    response: [400, 'FIELD_UNKNOWN /totalCancelAmount', 'FIELD_UNKNOWN /items'],
  },
  {
    title: 'A returnRequestId instead of the orderNo',
    isDetail: true,
    body: { returnRequestId: 'RETREQ00000000000000000000000001' },
    response: [400, 'FIELD_MISSING /orderNo', 'FIELD_UNKNOWN /returnRequestId'],
  },
  {
    title: 'A limit above 100, or in quotes',
    isDetail: true,
    body: { orderNo: full.orderNo, limit: 101 },
    response: [400, 'FIELD_INVALID /limit'],
  },
  {
    title: 'An invented nextToken, or one of another order',
    isDetail: true,
    body: { orderNo: full.orderNo, nextToken: '2' },
    response: [400, 'FIELD_INVALID /nextToken'],
  },
  {
    title: 'An idempotency key, which has no effect here, of more than 128 characters',
    isDetail: true,
    body: { orderNo: full.orderNo },
    headers: { 'X-Idempotency-Key': 'k'.repeat(129) },
    response: [400, 'HEADER_MALFORMED X-Idempotency-Key'],
  },
];
