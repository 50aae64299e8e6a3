/**
 * A bug that somebody could make: small changes of one source file. The code to find stands there exactly once, in whatever
 * layout; what is written as $NAME is any name, path of names or string (mutated-source.ts).
 */
export interface Mutant {
  readonly name: string;
  /** Under lambda/. */
  readonly file: string;
  readonly edits: ReadonlyArray<readonly [find: string, replace: string]>;
  /** What it would do to a merchant, or why it would not. */
  readonly why: string;
  /** For what the simulator cannot see: the tests that concern it, as a pattern of paths; by default those of its file. */
  readonly tests?: string;
}

const orders = { file: 'dynamodb/order-repository.ts' };
const credentials = { file: 'dynamodb/credential-repository.ts' };
const failures = { file: 'dynamodb/failures.ts' };
const items = { file: 'dynamodb/items.ts' };
const deadline = { file: 'environment/deadline.ts', tests: 'unit/lambda/cancel/handler' };
const handler = { file: 'cancel/handler.ts' };
const commit = { file: 'cancel/commit.ts', tests: 'unit/lambda/cancel/(commit|handler)' };
const digest = { file: 'cancel/request-digest.ts' };
const idempotency = { file: 'domain/idempotency.ts', tests: 'unit/lambda/(domain/idempotency|cancel/handler)' };
const rules = { file: 'domain/rules.ts' };
const decision = { file: 'domain/decide-cancellation.ts' };
const data = { file: 'contract/cancellation-data.ts' };
const authentication = { file: 'signed-route/authenticate.ts' };
const response = { file: 'signed-route/respond.ts' };

export const mutants: readonly Mutant[] = [
  {
    ...orders,
    name: 'version condition dropped',
    edits: [
      ['#version = :versionRead AND', ''],
      ["':versionRead': $ORDER.version,", ''],
    ],
    why: 'of two cancellations at once the first is lost from the order',
  },
  {
    ...orders,
    name: 'status condition dropped',
    edits: [
      ['AND #status = :statusRead', ''],
      ["':statusRead': $ORDER.paymentStatus,", ''],
    ],
    why: 'a second lock is gone, which counts only where a capture forgets to raise the version',
  },
  {
    ...orders,
    name: 'record condition dropped',
    edits: [
      ['ConditionExpression: $CONDITION, ReturnValuesOnConditionCheckFailure', 'ReturnValuesOnConditionCheckFailure'],
    ],
    why: 'a twin that read the order later is applied a second time',
  },
  {
    ...orders,
    name: 'record not returned when it exists',
    edits: [["ReturnValuesOnConditionCheckFailure: 'ALL_OLD',", '']],
    why: 'a lost race costs another read',
  },
  {
    ...orders,
    name: 'version not raised',
    edits: [["':nextVersion': $ORDER.version + 1", "':nextVersion': $ORDER.version"]],
    why: 'of two cancellations at once the first is lost from the order',
  },
  {
    ...orders,
    name: 'order read eventually',
    edits: [['Keys: [{ $KEY }], ConsistentRead: true', 'Keys: [{ $KEY }], ConsistentRead: false']],
    why: 'a request is refused for what the order was before',
  },
  {
    ...orders,
    name: 'record read eventually with the order',
    edits: [
      [
        'Keys: [{ $ORDER, cancellationKey: $KEY }], ConsistentRead: true',
        'Keys: [{ $ORDER, cancellationKey: $KEY }], ConsistentRead: false',
      ],
    ],
    why: 'the conditions make up for it, at the price of more calls',
  },
  {
    ...orders,
    name: 'unprocessed keys taken for missing ones',
    edits: [['Object.keys(UnprocessedKeys).length > 0', 'Object.keys(UnprocessedKeys).length < 0']],
    why: 'under throttling an order does not exist',
  },
  {
    ...orders,
    name: 'reasons swapped',
    edits: [['const [$ORDER, $RECORD] =', 'const [$RECORD, $ORDER] =']],
    why: 'an order that changed is taken for a bug',
  },
  {
    ...orders,
    name: 'conflict not known',
    edits: [["'TransactionConflict',", '']],
    why: 'requests that meet get an internal error',
  },
  {
    ...orders,
    name: 'throttling within a transaction not known',
    edits: [["'ProvisionedThroughputExceeded',", '']],
    why: 'under throttling requests get an internal error',
  },
  {
    ...orders,
    name: 'no token',
    edits: [['ClientRequestToken: $TOKEN,', '']],
    why: 'the record condition makes up for it, at the price of another outcome to look at',
  },
  {
    ...orders,
    name: 'unanswered write taken for applied',
    edits: [["return { kind: 'UNKNOWN', cause: $ERROR };", "return { kind: 'COMMITTED' };"]],
    why: 'a merchant believes in a refund that nobody makes',
  },
  {
    ...orders,
    name: 'unanswered write taken for a changed order',
    edits: [["return { kind: 'UNKNOWN', cause: $ERROR };", "return { kind: 'ORDER_CHANGED' };"]],
    why: 'the first response to a cancellation says that it is a replay',
  },
  {
    ...commit,
    name: 'unknown outcome reported as applied',
    edits: [['throw new DatabaseUnavailable($MESSAGE, { cause });', "return { kind: 'COMMITTED' };"]],
    why: 'a merchant believes in a refund that nobody makes',
  },
  {
    ...commit,
    name: 'unknown outcome reported as internal error',
    edits: [['new DatabaseUnavailable($MESSAGE, { cause })', 'new Error($MESSAGE, { cause })']],
    why: 'a merchant does not learn that the request may be sent again',
  },
  {
    ...commit,
    name: 'refused look taken for a failure',
    edits: [["(): FindOutcome => ({ kind: 'FOUND', record: undefined })", '(cause): FindOutcome => { throw cause; }']],
    why: 'a cancellation that was applied gets an internal error',
  },
  {
    ...commit,
    name: 'refused send taken for a failure',
    edits: [['$SEND === 1 ?', '$SEND > 0 ?']],
    why: 'a cancellation that was applied gets an internal error',
  },
  {
    ...orders,
    name: 'refused attempt taken for a failure',
    edits: [["$FAILURE === 'REJECTED' && $FIRST", "$FAILURE === 'REJECTED'"]],
    why: 'a cancellation that was applied gets an internal error',
  },
  {
    ...commit,
    name: 'conflict not retried',
    edits: [
      [
        "if ($OUTCOME.kind !== 'BUSY') return $OUTCOME;",
        "if ($OUTCOME.kind !== 'BUSY') return $OUTCOME; if ($OUTCOME.isConflict) return { kind: 'ORDER_CHANGED' };",
      ],
    ],
    why: 'a write that may still be sent again is decided on anew',
  },
  {
    ...orders,
    name: 'write without a deadline',
    edits: [['const $SIGNAL = abortAfter($REMAINING);', 'const { signal: $SIGNAL } = new AbortController();']],
    why: 'a hung DynamoDB keeps a merchant waiting until the function is killed',
  },
  {
    ...deadline,
    name: 'no time kept back for the response',
    edits: [['const $MS = 500;', 'const $MS = 0;']],
    why: 'a hung DynamoDB keeps a merchant waiting until the last resort',
  },
  {
    ...handler,
    name: 'one token for every version',
    edits: [['clientRequestToken: `${$ID}-${$ATTEMPTS}`', 'clientRequestToken: $ID']],
    why: 'DynamoDB refuses another write with the token, or takes it for the first one',
  },
  {
    ...handler,
    name: 'replay decided after the order',
    edits: [
      ['if ($RECORD !== undefined) return outcomeOfRepeat(', 'if ($RECORD === null) return outcomeOfRepeat('],
      ['if (!hasCancellations($ORDER)) return $REFUSAL;', 'return $REFUSAL;'],
    ],
    why: 'the retry of a full cancellation learns that the order is canceled',
  },
  {
    ...handler,
    name: 'no second look at the record',
    edits: [['if (!hasCancellations($ORDER)) return $REFUSAL;', 'return $REFUSAL;']],
    why: 'of two twins at once one is refused for what the other did',
  },
  {
    ...orders,
    name: 'a look that passes over a transaction',
    edits: [
      ['TransactGetCommand,', 'GetCommand,'],
      [
        'new TransactGetCommand({ TransactItems: [{ Get: { TableName: $TABLE, Key } }] })',
        'new GetCommand({ TableName: $TABLE, Key, ConsistentRead: true })',
      ],
      ['{ Responses = [] }', '{ Item }'],
      ['Responses[0]?.Item', 'Item'],
    ],
    why: 'a twin that is being applied shows in the order, and not yet in the record',
  },
  {
    ...commit,
    name: 'gives up at the second conflict',
    edits: [['if (outcome.isConflict)', 'if (send === 2) break; if (outcome.isConflict)']],
    why: 'a merchant is asked to come again for nothing, and the more of them there are the more come again',
  },
  {
    ...handler,
    name: 'gives up when the order has changed',
    edits: [['if (outcome !== undefined) return outcome;', 'if (outcome !== undefined) return outcome; break;']],
    why: 'whoever meets another cancellation is asked to come again for nothing',
  },
  {
    ...handler,
    name: 'refusal that finds its record busy given up on',
    edits: [
      [
        "if ($LOOK.kind === 'BUSY') return undefined; return",
        "if ($LOOK.kind === 'BUSY') throw new DatabaseUnavailable('Busy.'); return",
      ],
    ],
    why: 'a merchant is asked to come again for nothing',
  },
  {
    ...orders,
    name: 'version that stands still from nine on',
    edits: [["':nextVersion': $ORDER.version + 1", "':nextVersion': $ORDER.version + Number($ORDER.version < 9)"]],
    why: 'two cancellations at once, and one of them is written over',
  },
  {
    ...idempotency,
    name: 'only the first 64 characters of a key',
    edits: [['${idempotencyKeyPrefix}${$KEY}', '${idempotencyKeyPrefix}${$KEY.slice(0, 64)}']],
    why: 'another key is taken for the first, and its cancellation for a replay',
  },
  {
    ...handler,
    name: 'own record not known',
    edits: [['|| $RECORD.returnRequestId === $ID', '']],
    why: 'the first response to a cancellation says that it is a replay',
  },
  {
    ...handler,
    name: 'busy read taken for a missing order',
    edits: [
      [
        "if ($LOADED.kind === 'BUSY') return undefined; const",
        "if ($LOADED.kind === 'BUSY') return refused('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } }); const",
      ],
    ],
    why: 'under throttling an order does not exist',
  },
  {
    ...idempotency,
    name: 'key prefixes dropped',
    edits: [
      ["= 'K#'", "= ''"],
      ["= 'D#'", "= ''"],
    ],
    why: 'a key that is the digest of another request stands for that request',
  },
  {
    ...idempotency,
    name: 'case of a key ignored',
    edits: [['${idempotencyKeyPrefix}${$KEY}', '${idempotencyKeyPrefix}${$KEY.toLowerCase()}']],
    why: 'another cancellation is taken for a repeated one',
  },
  {
    ...idempotency,
    name: 'digest not compared',
    edits: [['if ($DIGEST !== $EARLIER.requestDigest)', "if ($EARLIER.requestDigest === '')"]],
    why: 'another request under the same key is taken for done',
  },
  {
    ...idempotency,
    name: 'retry window an hour short',
    edits: [['retryWindowMs = 24 *', 'retryWindowMs = 23 *']],
    why: 'a retry within the day is refused',
  },
  {
    ...digest,
    name: 'digest without the tax',
    edits: [['amount, taxAmount]', 'amount, taxAmount * 0]']],
    why: 'a request with another tax is taken for done',
  },
  {
    ...digest,
    name: 'digest by the order of the items',
    edits: [['.toSorted(($ONE, $OTHER) => $ONE.seq - $OTHER.seq)', '']],
    why: 'a retry in other words is applied again',
  },
  {
    ...items,
    name: 'store not in the key',
    edits: [['return `${$STORE}/${$ORDER}`', 'return `${$STORE.slice(0, 1)}/${$ORDER}`']],
    why: "another store's order can be canceled",
  },
  {
    ...rules,
    name: 'total not checked',
    edits: [['if ($TOTAL === $SUM) return []; const', 'if ($TOTAL >= 0n) return []; const']],
    why: 'another amount is canceled than the merchant added up',
  },
  {
    ...rules,
    name: 'tax not capped by the unit',
    edits: [['if ($TAX > $LINE.unitTaxMinor)', 'if ($TAX > $LINE.unitTaxMinor * BigInt($LINE.quantity))']],
    why: "one unit takes another one's tax",
  },
  {
    ...rules,
    name: 'remaining tax not checked',
    edits: [['$QUANTITY * $TAX > $REMAINING.taxMinor', '$TAX > $REMAINING.taxMinor && $QUANTITY < 0n']],
    why: 'more tax is canceled than was paid',
  },
  {
    ...rules,
    name: 'remaining amount not checked',
    edits: [['$QUANTITY * $AMOUNT > $REMAINING.amountMinor', '$AMOUNT > $REMAINING.amountMinor && $QUANTITY < 0n']],
    why: 'more is canceled than was paid',
  },
  {
    ...rules,
    name: 'remaining units not checked',
    edits: [['if ($QUANTITY > $REMAINING.units)', 'if ($QUANTITY < $REMAINING.units && $QUANTITY < 0)']],
    why: 'more units are canceled than were bought, of free lines at least',
  },
  {
    ...decision,
    name: 'nothing remains of the amount, and the units stay',
    edits: [['if ($EMPTIED) return $REMAINING.units;', '']],
    why: 'an order that was refunded is never canceled',
  },
  {
    ...decision,
    name: 'one unit instead of the quantity',
    edits: [['const $TAKEN = BigInt($QUANTITY) * $AMOUNT;', 'const $TAKEN = $AMOUNT;']],
    why: 'less is canceled than was asked for',
  },
  {
    ...rules,
    name: 'partial before capture',
    edits: [['...violationsOfMissingLines($ORDER, $ITEMS),', '']],
    why: 'a payment is voided, and only a part of it was to be',
  },
  {
    ...decision,
    name: 'never wholly canceled',
    edits: [["? 'CANCELED' : 'PARTIALLY_CANCELED'", "? 'PARTIALLY_CANCELED' : 'PARTIALLY_CANCELED'"]],
    why: 'an order that is canceled does not say so',
  },
  {
    ...rules,
    name: 'refund account not asked for',
    edits: [["$ORDER.refundMethod === 'BANK_ACCOUNT'", "$ORDER.refundMethod !== 'BANK_ACCOUNT'"]],
    why: 'a refund goes nowhere',
  },
  {
    ...credentials,
    name: 'keys cached for ever',
    edits: [['now() - $CACHED.readAtMs < credentialCacheMs', 'now() >= $CACHED.readAtMs']],
    why: 'a revoked key goes on',
  },
  {
    ...credentials,
    name: 'keys read eventually',
    edits: [['Key: { $KEY }, ConsistentRead: true', 'Key: { $KEY }, ConsistentRead: false']],
    why: 'a revoked key goes on for longer than promised, and a new one does not work',
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
    edits: [["if (!$SIGNED) throw unauthenticated('WRONG_SIGNATURE');", '']],
    why: 'who knows an access key cancels',
  },
  {
    ...authentication,
    name: 'store header ignored',
    edits: [['$CREDENTIAL.storeId === $HEADERS.storeId &&', '']],
    why: 'a request that names another store is served',
  },
  {
    ...failures,
    name: 'transaction in progress taken for refused',
    edits: [["if ($NAME === 'TransactionInProgressException') return 'UNCERTAIN';", '']],
    why: 'a write that may yet be applied gets an internal error',
  },
  {
    ...failures,
    name: 'server error taken for refused',
    edits: [['$STATUS >= 400 && $STATUS < 500', '$STATUS >= 400']],
    why: 'an outage of DynamoDB comes out as internal errors',
  },
  {
    ...failures,
    name: 'throttling not known',
    edits: [["'RequestLimitExceeded',", '']],
    why: 'under throttling requests get an internal error',
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
    edits: [["? 'UNAVAILABLE' : 'INTERNAL_ERROR'", "? 'INTERNAL_ERROR' : 'INTERNAL_ERROR'"]],
    why: 'a merchant does not learn that the request may be sent again',
  },
  {
    ...data,
    name: 'delivery counted as product',
    edits: [["$ITEM.itemType === 'DELIVERY'", "$ITEM.itemType !== 'DELIVERY'"]],
    why: 'a merchant books the wrong totals',
  },
];
