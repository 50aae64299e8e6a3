// Independent of the service on purpose, as reference.ts is: section 7 of the contract.

import { memberOf, brokenPlaces, identifier, type Shape, textIn, wholeUpTo } from './reference-schema.ts';
import { readBody } from './reference.ts';
import type { FuzzRequest } from './request.ts';
import { accepted, possible, refused, sure, type Verdict } from './verdict.ts';
import { untouched } from './world.ts';

const shape: Shape = {
  members: { orderNo: identifier, limit: wholeUpTo(100), nextToken: { isValue: ({ kind }) => kind === 'string' } },
  optional: ['limit', 'nextToken'],
};

/**
 * What has to come of a request for a detail.
 * @param mayGoOn whether the order with this number has a cancellation with this id; undefined where that is not known
 */
export function verdictOnDetail(
  request: FuzzRequest,
  mayGoOn: (orderNo: string, token: string) => boolean | undefined,
): Verdict {
  const body = readBody(request);
  if ('verdict' in body) return body.verdict;
  const { json } = body;
  const badToken = '/nextToken';
  const broken = brokenPlaces(json, shape, '');
  if (broken.length > 0) return refused('400 EBP-C-0007', ...broken, possible(badToken, 'FIELD_INVALID'));
  const orderNo = textIn(json, 'orderNo');
  const isToken = memberOf(json, 'nextToken') === undefined ? true : mayGoOn(orderNo, textIn(json, 'nextToken'));
  const refusal = refused('400 EBP-C-0007', sure(badToken, 'FIELD_INVALID'));
  const isOrder = untouched.some((order) => order.orderNo === orderNo);
  if (!isOrder) {
    // What cannot be a token may be reported before there is a look at the order.
    const unknown = refused('404 EBP-Z-0002', sure('/orderNo', 'ORDER_NOT_FOUND'));
    return isToken === true ? unknown : { responses: [...unknown.responses, ...refusal.responses] };
  }
  if (isToken === undefined) return { responses: [accepted, ...refusal.responses] };
  return isToken ? { responses: [accepted], errors: [] } : refusal;
}
