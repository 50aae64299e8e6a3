import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Order } from '../../../lambda/domain/order.ts';
import { eventOf, signatureOf, type Store } from '../../../tools/in-memory/requests.ts';
import { bodyText } from './bodies.ts';
import { mutateHeaders } from './mutate-headers.ts';
import { mutatedBytes } from './mutate-bytes.ts';
import { encodingHeaders, optionalHeaders } from './optional-headers.ts';
import { Random } from '../../support/random.ts';
import { intricate, orders, sender, strangersOrder } from './world.ts';

export type Header = readonly [name: string, value: string];

/** A request as API Gateway hands it over. */
export interface FuzzRequest {
  readonly headers: readonly Header[];
  /** Null for an empty body. */
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

/** The request that a seed stands for, on orders as they were at first. */
export function requestAt(seed: number): FuzzRequest {
  const random = new Random(seed);
  const order = random.pick(random.chance(70) ? orders : intricate);
  return requestOn(random.chance(98) ? order : strangersOrder, random);
}

/** A request on an order as it is now. It is signed by the sender unless its headers are mutated. */
export function requestOn(order: Order, random: Random): FuzzRequest {
  const text = bodyText(order, random);
  const another = () => Buffer.from(bodyText(random.pick(orders), random));
  const bytes = random.chance(15) ? mutatedBytes(Buffer.from(text), random, another) : Buffer.from(text);
  const encoded = encodedAs(bytes, random);
  const currencyCode = random.chance(97) ? order.currencyCode : 'EUR';
  const headers = [...headersFor(signedBytesOf(encoded), currencyCode), ...optionalHeaders(order, random)];
  const mutated = random.chance(10) ? mutateHeaders(headers, random) : headers;
  return { ...encoded, headers: [...mutated, ...encodingHeaders(random)] };
}

/** Mostly in Base64, as the deployed gateway does; the function honours the flag, whatever it is. */
export function encodedAs(bytes: Buffer, random: Random): Omit<FuzzRequest, 'headers'> {
  if (random.chance(0.5)) return { body: null, isBase64Encoded: random.chance(50) };
  if (random.chance(80)) return { body: bytes.toString('base64'), isBase64Encoded: true };
  if (random.chance(90)) return { body: bytes.toString('utf8'), isBase64Encoded: false };
  return random.chance(50)
    ? { body: bytes.toString('utf8'), isBase64Encoded: true }
    : { body: bytes.toString('base64'), isBase64Encoded: false };
}

/** What the signature of a request is over. */
export function signedBytesOf({ body, isBase64Encoded }: Omit<FuzzRequest, 'headers'>): Buffer {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

/** Every mandatory header. */
export function headersFor(bytes: Buffer, currencyCode: string, signer: Store = sender): Header[] {
  return [
    ['Content-Type', 'application/json'],
    ['X-Access-Key', signer.accessKey],
    ['X-EBP-Signature', signatureOf(bytes, signer.hashKey)],
    ['X-Division-Code', signer.divisionCode],
    ['X-Store-Id', signer.storeId],
    ['X-Channel-Code', signer.channelCode],
    ['X-Ric-Code', 'KIC'],
    ['X-Country-Code', 'KR'],
    ['X-Currency-Code', currencyCode],
  ];
}

/** The same request with another body, and signed anew if it was signed. */
export function withBytes(request: FuzzRequest, bytes: Buffer): FuzzRequest {
  const before = signatureOf(signedBytesOf(request), sender.hashKey);
  const after = signatureOf(bytes, sender.hashKey);
  return {
    body: bytes.toString('base64'),
    isBase64Encoded: true,
    headers: request.headers.map(([name, value]) => [name, value === before ? after : value]),
  };
}

export const requestId = 'fuzz-request-1';

/** API Gateway's event. It comes as JSON, in which a header may be named like a member of every object. */
export function eventFor({ headers, body, isBase64Encoded }: FuzzRequest): APIGatewayProxyEvent {
  const byName = new Map<string, string[]>();
  for (const [name, value] of headers) byName.set(name, [...(byName.get(name) ?? []), value]);
  return eventOf(
    '',
    {},
    {
      body,
      isBase64Encoded,
      headers: Object.fromEntries(headers),
      multiValueHeaders: Object.fromEntries(byName),
      requestContext: { requestId } as APIGatewayProxyEvent['requestContext'],
    },
  );
}
