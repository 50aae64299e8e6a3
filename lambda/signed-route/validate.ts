import type { Context } from 'aws-lambda';
import { checkBody } from '../contract/check-body.ts';
import type { RequestShape } from '../contract/request-shape.ts';
import { remainingMsOf } from '../environment/deadline.ts';
import { refused, RequestRefused } from './outcome.ts';
import type { ParsedRequest } from './parse-json.ts';
import type { OrderRequest, SignedRequest } from './signed-request.ts';

/** Refuses a body that breaks the schema or lost something in parsing; lists each place. @throws RequestRefused */
export function validate<Body extends OrderRequest>(shape: RequestShape<Body>) {
  return (request: ParsedRequest, context: Context): SignedRequest<Body> => {
    const checked = checkBody(request.parsed, shape);
    if (!checked.ok) throw new RequestRefused(refused('SCHEMA_VIOLATED', ...checked.violations));
    const { body } = checked;
    request.subject.orderNo = body.orderNo;
    return { ...request, body, remainingMs: remainingMsOf(context) };
  };
}
