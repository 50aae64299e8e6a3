import { hash } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { requestDigestOf } from '../../../lambda/cancel/request-digest.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import { type PlannedCredential, digestKey, type Plan, type Send } from './plan.ts';

/** The secret that belongs to an access key. */
export function hashKeyOf({ name }: Pick<PlannedCredential, 'name'>): string {
  return `hash key of ${name}`;
}

/** What a merchant sends: the same bytes with every try. */
export function messageOf(send: Send, plan: Plan): Pick<APIGatewayProxyEvent, 'body' | 'multiValueHeaders'> {
  const credential = plan.credentials[send.credential] as PlannedCredential;
  const { flaw } = send;
  const body = bodyOf(send);
  const key = idempotencyKeyOf(send, plan);
  const secret = flaw === 'FORGED_SIGNATURE' ? 'another' : hashKeyOf(credential);
  const headers: Record<string, string[]> = {
    'Content-Type': [flaw === 'NOT_JSON' ? 'text/plain' : 'application/json'],
    'X-Access-Key': [flaw === 'UNKNOWN_KEY' ? 'nobody' : credential.name],
    'X-EBP-Signature': [hash('sha256', body + secret)],
    'X-Division-Code': ['DIVISION'],
    'X-Store-Id': [flaw === 'OTHER_STORE' ? 'STORE-3' : credential.storeId],
    'X-Channel-Code': ['ONLINE'],
    'X-Ric-Code': ['KIC'],
    'X-Country-Code': ['KR'],
    'X-Currency-Code': [send.currencyCode],
  };
  if (key !== undefined) headers['X-Idempotency-Key'] = [key];
  if (flaw === 'MISSING_HEADER') delete headers['X-Ric-Code'];
  return { body, multiValueHeaders: headers };
}

export function idempotencyKeyOf({ idempotencyKey }: Send, { sends }: Plan): string | undefined {
  const [first] = sends;
  return idempotencyKey === digestKey && first ? requestDigestOf(first.request) : idempotencyKey;
}

function bodyOf({ request, isRewritten, flaw }: Send): string {
  if (flaw === 'TOO_LARGE') return tooLarge;
  if (flaw === 'INVALID_JSON') return '{"orderNo":';
  if (flaw === 'UNKNOWN_FIELD') return JSON.stringify({ ...request, taxamount: 1 });
  return isRewritten ? rewritten(request) : JSON.stringify(request);
}

const tooLarge = ' '.repeat(64 * 1024 + 1);

/** The same request in other bytes: fields in another sequence, space between them, numbers with an exponent. */
function rewritten({ orderNo, totalCancelAmount, refundAccount, items }: CancellationRequest): string {
  const lines = items.map(({ amount, taxAmount, ...item }) => {
    const tax = taxAmount === undefined ? '' : `, "taxAmount": ${taxAmount}e0`;
    return `{"amount": ${amount}E+0${tax}, ${JSON.stringify(item).slice(1)}`;
  });
  const account = refundAccount === undefined ? '' : `, "refundAccount": ${JSON.stringify(refundAccount)}`;
  return `{ "items": [${lines.join(', ')}]${account}, "totalCancelAmount": ${totalCancelAmount}e0, "orderNo": "${orderNo}" }\n`;
}
