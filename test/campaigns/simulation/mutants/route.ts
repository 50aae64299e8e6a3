import type { Mutant } from './mutant.ts';

const deadline = { file: 'environment/deadline.ts', tests: 'unit/lambda/cancel/handler' };
const authentication = { file: 'signed-route/authenticate.ts' };
const response = { file: 'signed-route/respond.ts' };
const data = { file: 'contract/cancellation-data.ts' };
const etag = { file: 'contract/etag.ts' };

export const mutantsOfRoute: readonly Mutant[] = [
  {
    ...deadline,
    name: 'no time kept back for the response',
    edits: [['const $MS = 500;', 'const $MS = 0;']],
    why: 'a hung DynamoDB keeps a merchant waiting until the last resort',
  },
  {
    ...authentication,
    name: 'revocation ignored',
    edits: [["if ($REVOKED) throw unauthenticated('REVOKED_ACCESS_KEY');", '']],
    why: 'a revoked key goes on',
  },
  {
    ...authentication,
    name: 'expiry ignored',
    edits: [["if ($EXPIRES <= $NOW) throw unauthenticated('EXPIRED_ACCESS_KEY');", '']],
    why: 'an expired key goes on',
  },
  {
    ...authentication,
    name: 'signature ignored',
    edits: [["if (!isSignatureOf($BODY, $SIGNATURE, $KEY)) throw unauthenticated('WRONG_SIGNATURE');", '']],
    why: 'who knows an access key cancels',
  },
  {
    ...authentication,
    name: 'store header ignored',
    edits: [['$CREDENTIAL.storeId === $HEADERS.storeId &&', '']],
    why: 'a request that names another store is served',
  },
  {
    ...response,
    name: 'replay not declared',
    edits: [["...($OUTCOME.ok && $OUTCOME.isReplay ? { 'Idempotent-Replayed': 'true' } : {}),", '']],
    why: 'a merchant takes a retry for a second cancellation',
  },
  {
    ...response,
    name: 'lack of time taken for a bug',
    edits: [["if ($ERROR instanceof DatabaseUnavailable) return refused('UNAVAILABLE');", '']],
    why: 'a merchant does not learn that the request may be sent again',
  },
  {
    ...response,
    name: 'unknown outcome taken for a bug',
    edits: [["? 'OUTCOME_UNKNOWN' : 'INTERNAL_ERROR'", "? 'INTERNAL_ERROR' : 'INTERNAL_ERROR'"]],
    why: 'a merchant does not learn that the request may be sent again',
  },
  {
    ...response,
    name: 'no ETag',
    edits: [['...($ETAG === undefined ? {} : { ETag: $ETAG }),', '']],
    why: 'nobody can ask for the state of an order',
  },
  {
    ...data,
    name: 'delivery counted as product',
    edits: [["$ITEM.itemType === 'DELIVERY'", "$ITEM.itemType !== 'DELIVERY'"]],
    why: 'a merchant books the wrong totals',
  },
  {
    ...etag,
    name: 'weak ETag taken for another one',
    edits: [['$MATCH.replace(/^W\\//, $EMPTY) === $ETAG', '$MATCH === $ETAG']],
    why: 'behind a proxy that calls ETags weak every cancellation is refused',
  },
];
