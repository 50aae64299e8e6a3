import type { HeaderName } from '../../../lambda/contract/headers.ts';
import type { FieldName } from '../../../lambda/contract/limits.ts';

/** What the OpenAPI document says besides schemas, codes and messages. CommonMark. */

export const introduction = `A merchant cancels a whole order, some products of it, or an amount. A cancellation is never
applied twice, and never more is canceled than was paid.

**Amounts are per unit, and tax is part of them.** \`totalCancelAmount\` is the sum of quantity x amount of the items: 2 x
50000 + 1 x 3000 + 1 x 3000 = 106000. Amounts have at most the decimals of the order's currency (KRW 0, USD 2, KWD 3) and 15
significant digits; nothing is rounded.

**Repeats are safe.** With an \`X-Idempotency-Key\`, the same request is answered with the first answer's \`data\`, for ever,
and another request with that key on that order is refused (422). Without one, the identical request is taken for a retry
for 24 hours, and refused after that (409). A replay has the header \`Idempotent-Replayed: true\`.

**When to send a request again.** Send the same bytes again after 503 and 429, when \`Retry-After\` has passed, after any
other 5xx, and when no answer came. Correct the request after any other 4xx: a refused request is not recorded, so it may
be sent again once its cause is gone.

**Every answer is the envelope** \`resultCode\`, \`message\`, \`requestId\`, \`timestamp\`, \`data\`. A refusal adds
\`errors\`, one entry per mistake, with the \`header\` or the \`field\` (JSON Pointer) and a \`message\` that says what would
be accepted. All mistakes are told at once, and nothing is ever applied in part.`;

export const operation = `An item with the line's full unit amount cancels units; with less, it cancels an amount and the
units stay, until nothing is left of the line's amount. Before capture only the whole order can be canceled.

The checks in their order: size, headers, access key, signature, expiry, headers against the key, media type and JSON,
schema, order, idempotency, rules.`;

export const detailOperation = `What was paid for an order, what was canceled of it, and what is left of each line; and its
cancellations in the order of their time, page by page: as long as an answer has a \`nextToken\`, send the request again
with it. All of an answer is as of one instant. A cancellation that is made between two pages may be missing from them, so
begin anew where \`items\` have changed. The account that was refunded to is never told.

The checks are those of the cancel call, in the same order.`;

export const accessKey =
  'Identifies a store and a channel: issued by the platform, valid for one year. X-Division-Code, X-Store-Id and ' +
  'X-Channel-Code have to be those that it was issued for.';

export const signature = `Lower-case hex of SHA-256 over the raw bytes of the request body followed by the store's hash key:
no HMAC, no separator, no line break. Sign the body last, and send the very bytes that were signed.

\`\`\`sh
printf '%s' "$BODY" "$HASH_KEY" | sha256sum | cut -d ' ' -f 1
\`\`\`

The body \`{"orderNo":"A"}\` and the hash key \`demo-hash-key-for-localhost-only\` give
\`3a1a185fdd22f6591510530ee8b7f6999b3d461ef95ba29f1e32d4972606dd95\`.

A wrong key, a wrong signature and headers of another store get one and the same answer (401).`;

export const success = 'Canceled, or answered as the first, identical request was.';
export const detailSuccess = 'The order, and a page of its cancellations.';
export const replayed = 'There, and `true`, when this is the answer of an earlier request: nothing was canceled again.';
export const retryAfter = 'Seconds after which to send the same request again.';
export const byFirewall =
  'Where the firewall refuses a request before it reaches the service, `requestId` and `timestamp` are empty.';

export const headers: Readonly<Record<HeaderName, string>> = {
  'Content-Type': 'The media type of the body.',
  'X-Access-Key': accessKey,
  'X-EBP-Signature': 'Signs the body.',
  'X-Division-Code': 'Has to be the one that the access key was issued for.',
  'X-Store-Id': 'Has to be the one that the access key was issued for.',
  'X-Channel-Code': 'Has to be the one that the access key was issued for.',
  'X-Ric-Code': 'Regional integration code.',
  'X-Country-Code': 'ISO 3166-1 alpha-2.',
  'X-Currency-Code': "ISO 4217; has to be the order's currency, which the detail call tells whatever is sent here.",
  'X-Idempotency-Key': 'Names this cancellation of the order, so that it is made once however often it is sent.',
  'Time-Zone': "IANA zone of the answer's `timestamp`; UTC without it.",
};

/** The same, where nothing is canceled. */
export const detailHeaders: typeof headers = {
  ...headers,
  'X-Currency-Code': "ISO 4217; not compared with the order's currency, which the answer tells.",
  'X-Idempotency-Key': 'Without effect, but a malformed one is refused (400).',
  'Time-Zone': "IANA zone of the answer's `timestamp` and of `createdAt`; UTC without it.",
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

export const headersWithoutRules = {
  'X-System-Language':
    'Language of `message` and of the errors: `ko` for Korean, anything else for English. A success says SUCCESS in both.',
  'X-Language-Code': 'Accepted, without effect.',
  'Accept-Language': 'Accepted, without effect.',
};

export const requestFields: Readonly<Record<FieldName, string>> = {
  orderNo: 'The order, as the store numbered it.',
  totalCancelAmount: 'The sum of quantity x amount of the items, tax included.',
  refundAccount:
    'Where to refund to. All three fields are needed where a captured order is refunded to a bank account.',
  accountNumber: 'As text, so that leading zeros stay; an integer is taken too.',
  bankCode: "The bank's code.",
  accountHolderName: 'The name that the account is held in.',
  items: 'What to cancel, each order line at most once.',
  seq: 'Number of the order line.',
  itemType: 'As in the order. DELIVERY is told apart in the totals of the answer.',
  itemId: 'As in the order.',
  quantity: 'Units to cancel, or to cancel an amount of.',
  amount: "Per unit, tax included: the line's unit amount, or less to cancel an amount.",
  taxAmount: 'Per unit, and part of the amount; 0 without it.',
};

export const responseFields: Readonly<Record<string, string>> = {
  resultCode: '`0` for a success.',
  message: 'What happened, in the language of X-System-Language.',
  requestId: 'Identifies the request in our logs.',
  timestamp: 'ISO 8601 in the zone of Time-Zone; `23/Nov/2026:04:24:50 +0000` where the gateway answers by itself.',
  data: 'What was canceled; null in a refusal.',
  orderNo: 'The order.',
  totalProductAmount: 'Canceled of all items but DELIVERY, tax included.',
  totalProductTaxAmount: 'The tax in it.',
  totalDeliveryAmount: 'Canceled of DELIVERY items, tax included.',
  totalDeliveryTaxAmount: 'The tax in it.',
  processedCount: 'Number of items.',
  returnRequestId: 'Identifies the cancellation.',
  items: 'What was canceled, as it was asked for.',
  seq: 'Number of the order line.',
  itemId: 'The product.',
  quantity: 'As in the request.',
  amount: 'Per unit, as in the request.',
  taxAmount: 'Per unit; there where the request had it.',
  errors: 'Every mistake of the request. Empty where there is nothing to tell.',
  field: 'JSON Pointer into the request body.',
  header: 'Name of a request header.',
  reason: 'What is wrong there, for machines.',
};
