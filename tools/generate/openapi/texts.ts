import type { FreeHeaderName, HeaderName } from '../../../lambda/contract/header-rules.ts';

/** The texts of the OpenAPI document that are the same for every route. CommonMark. */

export const introduction = `Cancels a whole order, some products of it, or an amount, and returns what can still be
canceled. No cancellation is applied twice, and no more is canceled than was paid.

**Amounts are per unit, and tax is part of them.** \`totalCancelAmount\` is the sum of quantity x amount of the items: 2 x
50000 + 1 x 3000 + 1 x 3000 = 106000. Amounts have at most the decimals of the order's currency (KRW 0, USD 2, KWD 3) and 15
significant digits; nothing is rounded.

**Repeats are safe.** With an \`X-Idempotency-Key\`, the same request always gets the \`data\` of the first response, and
another request with that key on that order is refused (422). Without a key, an identical request counts as a retry for 24
hours, and is refused after that (409). A replay has the header \`Idempotent-Replayed: true\`.

**When to send a request again.** Send the same bytes again after 503 and 429, when \`Retry-After\` has passed, after any
other 5xx, and if there was no response. Correct the request after any other 4xx: a refused request is not recorded, so it
may be sent again once the cause is gone.

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

A wrong key, a wrong signature and headers of another store get the same response (401).`;

export const retryAfter = 'Seconds after which to send the same request again.';
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
  'X-Idempotency-Key': 'Your own id of this cancellation of the order: it is applied once, however often it is sent.',
  'Idempotency-Key': 'The same under its common name. If both are sent, they must be equal.',
  'If-Match':
    'An ETag of the order, as every response 200 has it: the cancellation is applied only to that very state of the order. ' +
    '`*` means any state.',
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

export const freeHeaders: Readonly<Record<FreeHeaderName, string>> = {
  'X-System-Language':
    'Language of `message` and of the errors: `ko` for Korean, anything else for English. A success says SUCCESS in both.',
  'X-Language-Code': 'Accepted, without effect.',
  'Accept-Language': 'Accepted, without effect.',
};
