// Independent of the service on purpose, as reference.ts is.

import { Ajv } from 'ajv';
import type { DetailRequest } from '../../../lambda/detail/detail-request.ts';
import { detailRequestSchema } from '../../../lambda/detail/detail-request.schema.ts';
import { losesSomething } from './reference-json.ts';
import { accepted, readBody } from './reference.ts';
import type { FuzzRequest } from './request.ts';
import { orders } from './world.ts';

const isRequest = new Ajv().compile<DetailRequest>({ ...detailRequestSchema, $id: 'ReferenceDetailRequest' });

/**
 * The responses, as `status resultCode`, that a request for a detail may get.
 * @param mayGoOn whether the order with this number has a cancellation with this id
 */
export function allowedDetailResponses(
  request: FuzzRequest,
  mayGoOn: (orderNo: string, token: string) => boolean,
): readonly string[] {
  const body = readBody(request);
  if ('refused' in body) return body.refused;
  const { text, value } = body;
  if (!isRequest(value) || losesSomething(text)) return ['400 EBP-C-0007'];
  const { orderNo, nextToken } = value;
  if (!orders.some((order) => order.orderNo === orderNo)) return ['404 EBP-Z-0002'];
  return nextToken === undefined || mayGoOn(orderNo, nextToken) ? [accepted] : ['400 EBP-C-0007'];
}
