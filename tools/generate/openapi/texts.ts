import { etagPattern } from '../../../lambda/contract/etag.ts';
import type { FreeHeaderName, HeaderName } from '../../../lambda/contract/header-rules.ts';

/** The texts of the OpenAPI document that are the same for every route. CommonMark. */

export const introduction = `Cancels a whole order, some products of it, or an amount, and returns what can still be
canceled. No cancellation is applied twice, and no more is canceled than was paid.

**Amounts are per unit, and tax is part of them.** \`totalCancelAmount\` is the sum of quantity x amount of the items: 2 x
50000 + 1 x 3000 + 1 x 3000 = 106000. Amounts have at most the decimals of the order's currency (KRW 0, USD 2, KWD 3) and 15
significant digits; nothing is rounded. A \`taxAmount\` that is left out is the tax that belongs to the amount.

**Repeats are safe.** A cancellation is known by its order and your idempotency key: the same request with the same key always
gets the \`data\` of the first response, and another request with that key on that order is refused (422). The header is
\`X-Idempotency-Key\` or \`Idempotency-Key\`. Without a key, the content identifies the cancellation: the order, the total,
and of each item seq, itemType, itemId, quantity and amount. The same again counts as a retry for 24 hours, and is refused
after that (409). Taxes and the refund account are no part of this, so that a retry which spells them differently never
cancels twice; a request that differs in them alone is refused (409, with a key 422). A replay has the header
\`Idempotent-Replayed: true\`.

**Cancel what you have seen.** Each 200 has the \`ETag\` of the order's state. With it as \`If-Match\`, a cancellation is
applied only if nothing has changed since; otherwise the response is 412 with the present \`ETag\`, and nothing is canceled.
So two people who look at the same order cannot both cancel the same by mistake.

**When to send a request again.** Send the same bytes again after 503 and 429, when \`Retry-After\` has passed, after any
other 5xx, and if there was no response. A 503 says whether it is certain that nothing was canceled, or not known. Correct
the request after any other 4xx: a refused request is not recorded, so it may be sent again once the cause is gone.

**Every response is the envelope** \`resultCode\`, \`message\`, \`requestId\`, \`timestamp\`, \`data\`. A refusal adds
\`errors\`, one entry per error, with the \`header\` or the \`field\` (JSON Pointer) and a \`message\` that says what would
be accepted. All errors are reported together, and nothing is ever applied in part.`;

export const accessKey =
  'Identifies a store and a channel: issued by the platform, valid for one year. X-Division-Code, X-Store-Id and ' +
  'X-Channel-Code must match it.';

export const signature = `Lower-case hex of SHA-256 over the raw bytes of the request body followed by the store's hash key:
no HMAC, no separator, no line break. Sign the body last, and send the very bytes that were signed.

\`\`\`sh
printf '%s' "$BODY" "$HASH_KEY" | sha256sum | cut -d ' ' -f 1
\`\`\`

The body \`{"orderNo":"A"}\` and the hash key \`demo-hash-key-for-localhost-only\` give
\`3a1a185fdd22f6591510530ee8b7f6999b3d461ef95ba29f1e32d4972606dd95\`.

A wrong key, a wrong signature and headers of another store get the same response (401).

**Keep signed requests secret.** The signature covers the body alone: no header and no time. Whoever has seen a signed
request can send it again, with another idempotency key too, and so cancel the same once more. Send requests over TLS only,
and keep bodies with their signatures out of logs, tickets and chats.`;

export const retryAfter = 'Seconds after which to send the same request again.';

/** A header of a response. */
export function etagHeader(description: string): object {
  return { description, schema: { type: 'string', pattern: etagPattern } };
}

export const byFirewall = 'If the firewall refuses a request, `requestId` and `timestamp` are empty.';

export function body(maxBytes: number): string {
  return `At most ${maxBytes} bytes of UTF-8, sent as \`application/json\`, optionally with \`charset=utf-8\`.`;
}

export const headers: Readonly<Record<HeaderName, string>> = {
  'Content-Type': 'The media type of the body.',
  'X-Access-Key': accessKey,
  'X-EBP-Signature': 'Signs the body.',
  'X-Division-Code': 'Must match the access key.',
  'X-Store-Id': 'Must match the access key.',
  'X-Channel-Code': 'Must match the access key.',
  'X-Ric-Code': 'Regional integration code.',
  'X-Country-Code': 'ISO 3166-1 alpha-2.',
  'X-Currency-Code': "ISO 4217; must be the order's currency, which the detail call returns.",
  'X-Idempotency-Key':
    'Your own id of this cancellation of the order: it is applied once, however often it is sent. Without one, the content ' +
    'of the request identifies the cancellation.',
  'Idempotency-Key':
    'The same as X-Idempotency-Key, under its common name. Double quotes around the value are not part of it. If both ' +
    'headers are sent, they must be equal.',
  'If-Match':
    'The ETag of an earlier response: the cancellation is applied only to that very state of the order. `*` means any ' +
    'state. A replay is answered in any state.',
  'Time-Zone': 'IANA zone of `timestamp` in the response; UTC if it is left out.',
};

export const headerExamples: Readonly<Partial<Record<HeaderName, string>>> = {
  'X-Division-Code': 'DEMO-DIVISION',
  'X-Store-Id': 'DEMO-STORE',
  'X-Channel-Code': 'ONLINE',
  'X-Ric-Code': 'KIC',
  'X-Country-Code': 'KR',
  'X-Currency-Code': 'KRW',
  'Time-Zone': 'Asia/Seoul',
};

export const contentEncoding =
  'Leave it out: the body must not be compressed. A value other than `identity` is refused (415).';

export const freeHeaders: Readonly<Record<FreeHeaderName, string>> = {
  'X-System-Language':
    'Language of `message` and of the errors: `ko` for Korean, anything else for English. A success says SUCCESS in both.',
  'X-Language-Code': 'Accepted, without effect.',
  'Accept-Language': 'Accepted, without effect.',
};
