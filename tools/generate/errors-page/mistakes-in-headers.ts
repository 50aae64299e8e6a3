import { createHash, createHmac } from 'node:crypto';
import { signatureOf, store } from '../../in-memory/requests.ts';
import type { IntegratorMistake } from './commit-mistake.ts';
import { full, fullText } from './sample-requests.ts';

const { hashKey } = store;
const sha256 = (...parts: readonly string[]) => createHash('sha256').update(parts.join(''));
const signedAs = (signature: string) => ({ 'X-EBP-Signature': signature });

export const mistakesInSignatures: readonly IntegratorMistake[] = [
  {
    title: 'The hash key before the body',
    headers: signedAs(sha256(hashKey, fullText).digest('hex')),
    response: [401],
  },
  { title: 'The body alone, without the hash key', headers: signedAs(sha256(fullText).digest('hex')), response: [401] },
  {
    title: 'HMAC-SHA256 instead of SHA-256',
    headers: signedAs(createHmac('sha256', hashKey).update(fullText).digest('hex')),
    response: [401],
  },
  {
    title: 'A line break after the signed body, or after the hash key (echo instead of printf)',
    headers: signedAs(sha256(fullText, hashKey, '\n').digest('hex')),
    response: [401],
  },
  {
    title: 'The body formatted again after signing: spaces, order of names, 2000 for 2000.0',
    body: JSON.stringify(full, null, 2),
    headers: signedAs(signatureOf(fullText, hashKey)),
    response: [401],
  },
  { title: "Another store's or an old hash key", headers: signedAs(signatureOf(fullText, 'another')), response: [401] },
  { title: 'An unknown or expired access key', headers: { 'X-Access-Key': 'access-key-2' }, response: [401] },
  { title: 'X-Store-Id of another store than the access key', headers: { 'X-Store-Id': 'STORE-2' }, response: [401] },
  {
    title: 'Upper-case hex',
    headers: signedAs(signatureOf(fullText, hashKey).toUpperCase()),
    response: [400, 'HEADER_MALFORMED X-EBP-Signature'],
  },
  {
    title: 'Base64 instead of hex',
    headers: signedAs(sha256(fullText, hashKey).digest('base64')),
    response: [400, 'HEADER_MALFORMED X-EBP-Signature'],
  },
];

export const mistakesInHeaders: readonly IntegratorMistake[] = [
  {
    title: 'Headers left out',
    headers: { 'X-Ric-Code': undefined, 'X-Country-Code': undefined },
    response: [400, 'HEADER_MISSING X-Ric-Code', 'HEADER_MISSING X-Country-Code'],
  },
  {
    title: 'A space inside the access key',
    headers: { 'X-Access-Key': 'access key' },
    response: [400, 'HEADER_MALFORMED X-Access-Key'],
  },
  {
    title: 'Codes in lower case or of another standard',
    headers: { 'X-Ric-Code': 'kic', 'X-Country-Code': 'KOR', 'X-Currency-Code': 'krw' },
    response: [
      400,
      'HEADER_MALFORMED X-Ric-Code',
      'HEADER_MALFORMED X-Country-Code',
      'HEADER_MALFORMED X-Currency-Code',
    ],
  },
  {
    title: 'An offset as Time-Zone',
    headers: { 'Time-Zone': '+09:00' },
    response: [400, 'HEADER_MALFORMED Time-Zone'],
  },
  {
    title: 'An idempotency key of more than 128 characters',
    headers: { 'X-Idempotency-Key': 'k'.repeat(129) },
    response: [400, 'HEADER_MALFORMED X-Idempotency-Key'],
  },
  {
    title: 'The headers X-Idempotency-Key and Idempotency-Key with different values',
    headers: { 'X-Idempotency-Key': 'refund-1', 'Idempotency-Key': 'refund-2' },
    response: [400, 'HEADERS_DIFFER Idempotency-Key'],
  },
  {
    title: 'An idempotency key that a proxy joined with its repetition',
    headers: { 'X-Idempotency-Key': 'refund-1, refund-1' },
    response: [400, 'HEADER_MALFORMED X-Idempotency-Key'],
  },
  {
    title: 'An ETag without its quotes, or a list of them, in If-Match',
    headers: { 'If-Match': 'ORD20251224001.1' },
    response: [400, 'HEADER_MALFORMED If-Match'],
  },
  {
    title: 'A body that the HTTP library compressed',
    headers: { 'Content-Encoding': 'gzip' },
    response: [415, 'ENCODING_UNSUPPORTED Content-Encoding'],
  },
  {
    title: 'A form or text instead of JSON',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    response: [415, 'NOT_JSON Content-Type'],
  },
  {
    title: 'Another currency than that of the order',
    headers: { 'X-Currency-Code': 'USD' },
    response: [400, 'CURRENCY_MISMATCH X-Currency-Code'],
  },
];
