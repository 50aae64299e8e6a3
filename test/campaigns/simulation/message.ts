import { hash } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { requestDigestOf } from '../../../lambda/contract/request-digest.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { type PlannedCredential, digestKey, type Plan, type Send } from './plan.ts';

/** The secret that belongs to an access key. */
export function hashKeyOf({ name, impossible }: PlannedCredential): string {
  return impossible === 'NO_HASH_KEY' || impossible === 'EMPTY_HASH_KEY' ? '' : `hash key of ${name}`;
}

/** What a merchant sends: the same bytes with every try. */
export type Message = Pick<APIGatewayProxyEvent, 'body' | 'multiValueHeaders'>;

/** @param latestEtag the latest that a response named of the order */
export function messageOf(send: Send, plan: Plan, latestEtag: string | undefined): Message {
  const credential = plan.credentials[send.credential] as PlannedCredential;
  const { flaw } = send;
  const body = bodyOf(send);
  const ifMatch = ifMatchOf(send, plan, latestEtag);
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
  Object.assign(headers, keyHeadersOf(send, plan));
  if (ifMatch !== undefined) headers['If-Match'] = [ifMatch];
  if (flaw === 'COMPRESSED') headers['Content-Encoding'] = ['gzip'];
  if (flaw === 'MISSING_HEADER') delete headers['X-Ric-Code'];
  return { body, multiValueHeaders: headers };
}

export function idempotencyKeyOf({ idempotencyKey }: Send, { sends }: Plan): string | undefined {
  const [first] = sends;
  return idempotencyKey === digestKey && first ? requestDigestOf(first.request) : idempotencyKey;
}

function keyHeadersOf(send: Send, plan: Plan): Record<string, string[]> {
  const key = idempotencyKeyOf(send, plan);
  if (send.flaw === 'KEYS_DIFFER') return { 'X-Idempotency-Key': ['one'], 'Idempotency-Key': ['another'] };
  if (key === undefined) return {};
  const plain = { 'Idempotency-Key': [send.keyStyle === 'QUOTED' ? `"${key}"` : key] };
  const prefixed = { 'X-Idempotency-Key': [key] };
  if (send.keyStyle === 'BOTH') return { ...plain, ...prefixed };
  return send.keyStyle === 'X' ? prefixed : plain;
}

/** The header that a refusal for the key names: also where there is none, or both. */
export function keyHeaderOf(send: Send): string {
  const isPlain = send.idempotencyKey !== undefined && (send.keyStyle === 'PLAIN' || send.keyStyle === 'QUOTED');
  return isPlain ? 'Idempotency-Key' : 'X-Idempotency-Key';
}

function ifMatchOf({ ifMatch, order }: Send, { orders }: Plan, latestEtag: string | undefined): string | undefined {
  if (ifMatch === undefined) return undefined;
  const { state, isWeak } = ifMatch;
  if (state === 'ANY') return '*';
  const { orderNo, version } = orders[order] as Order;
  const first = `"${orderNo}.${version}"`;
  const etag = state === 'LATEST' ? (latestEtag ?? first) : `"${orderNo}.${version + state}"`;
  return isWeak ? `W/${etag}` : etag;
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
