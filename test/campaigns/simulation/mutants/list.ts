/** A bug that somebody could make: small changes of one source file, each of a text that stands there exactly once. */
export interface Mutant {
  readonly name: string;
  /** Under lambda/. */
  readonly file: string;
  readonly edits: ReadonlyArray<readonly [find: string, replace: string]>;
  /** What it would do to a merchant, or why it would not. */
  readonly why: string;
  /** The tests that concern it, as a pattern of paths, for what the simulator cannot see. */
  readonly tests: string;
}

const store = { file: 'store/order-store.ts', tests: 'unit/store/order-store' };
const handler = { file: 'handler.ts', tests: 'unit/handler' };
const commit = { file: 'commit.ts', tests: 'unit/(commit|handler)' };
const decide = { file: 'domain/decide-cancellation.ts', tests: 'unit/domain/decide' };
const keys = { file: 'store/store-key-store.ts', tests: 'unit/store/store-key-store' };
const authentication = { file: 'middleware/authenticate.ts', tests: 'unit/(middleware/authenticate|handler)' };
const errors = { file: 'store/store-error.ts', tests: 'unit/store/store-error' };
const response = { file: 'middleware/respond.ts', tests: 'unit/middleware/respond' };

export const mutants: readonly Mutant[] = [
  {
    ...store,
    name: 'version condition dropped',
    edits: [
      ["'#version = :versionRead AND #status = :statusRead'", "'#status = :statusRead'"],
      ["            ':versionRead': order.version,\n", ''],
    ],
    why: 'of two cancellations at once the first is lost from the order',
  },
  {
    ...store,
    name: 'status condition dropped',
    edits: [
      ["'#version = :versionRead AND #status = :statusRead'", "'#version = :versionRead'"],
      ["            ':statusRead': order.paymentStatus,\n", ''],
    ],
    why: 'a second lock is gone, which counts only where a capture forgets to raise the version',
  },
  {
    ...store,
    name: 'record condition dropped',
    edits: [
      ["  const requestHasNoRecord = 'attribute_not_exists(cancellationKey)';\n", ''],
      ['          ConditionExpression: requestHasNoRecord,\n', ''],
    ],
    why: 'a twin that read the order later is applied a second time',
  },
  {
    ...store,
    name: 'record not returned when it exists',
    edits: [["          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',\n", '']],
    why: 'a lost race costs another read',
  },
  {
    ...store,
    name: 'version not raised',
    edits: [["':nextVersion': order.version + 1", "':nextVersion': order.version"]],
    why: 'of two cancellations at once the first is lost from the order',
  },
  {
    ...store,
    name: 'order read eventually',
    edits: [['Keys: [{ orderKey }], ConsistentRead: true', 'Keys: [{ orderKey }], ConsistentRead: false']],
    why: 'a request is refused for what the order was before',
  },
  {
    ...store,
    name: 'record read eventually with the order',
    edits: [
      [
        'Keys: [{ orderKey, cancellationKey: place.cancellationKey }],\n            ConsistentRead: true',
        'Keys: [{ orderKey, cancellationKey: place.cancellationKey }],\n            ConsistentRead: false',
      ],
    ],
    why: 'the conditions make up for it, at the price of more calls',
  },
  {
    ...store,
    name: 'unprocessed keys taken for missing ones',
    edits: [["if (Object.keys(UnprocessedKeys).length > 0) return { kind: 'BUSY' };", 'void UnprocessedKeys;']],
    why: 'under throttling an order does not exist',
  },
  {
    ...store,
    name: 'reasons swapped',
    edits: [['const [ofOrder, ofRecord] =', 'const [ofRecord, ofOrder] =']],
    why: 'an order that changed is taken for a bug',
  },
  {
    ...store,
    name: 'conflict not known',
    edits: [["  'TransactionConflict',\n  'ThrottlingError',", "  'ThrottlingError',"]],
    why: 'requests that meet are answered with an internal error',
  },
  {
    ...store,
    name: 'throttling within a transaction not known',
    edits: [["  'ProvisionedThroughputExceeded',\n", '']],
    why: 'under throttling requests are answered with an internal error',
  },
  {
    ...store,
    name: 'no token',
    edits: [
      ['    ClientRequestToken: clientRequestToken,\n', ''],
      ['record, refundAccount, clientRequestToken }', 'record, refundAccount }'],
    ],
    why: 'the record condition makes up for it, at the price of another answer to look at',
  },
  {
    ...store,
    name: 'unanswered write taken for applied',
    edits: [["return { kind: 'UNKNOWN', cause: error };", "return { kind: 'COMMITTED' };"]],
    why: 'a merchant is told of a refund that nobody makes',
  },
  {
    ...store,
    name: 'unanswered write taken for a changed order',
    edits: [["return { kind: 'UNKNOWN', cause: error };", "return { kind: 'ORDER_CHANGED' };"]],
    why: 'the first answer of a cancellation says that it is a replay',
  },
  {
    ...commit,
    name: 'unknown outcome reported as applied',
    edits: [
      [
        "throw new DatabaseUnavailable('A write was not answered.', { cause: outcome.cause });",
        "return { kind: 'COMMITTED' };",
      ],
    ],
    why: 'a merchant is told of a refund that nobody makes',
  },
  {
    ...commit,
    name: 'unknown outcome reported as internal error',
    edits: [
      [
        "throw new DatabaseUnavailable('A write was not answered.', {",
        "throw new Error('A write was not answered.', {",
      ],
    ],
    why: 'a merchant is not told that the request may be sent again',
  },
  {
    ...commit,
    name: 'refused look taken for a failure',
    edits: [
      [
        'await unlessRefused(orders.findRecord(place, remainingMs), nothingSeen)',
        'await orders.findRecord(place, remainingMs)',
      ],
    ],
    why: 'a cancellation that was applied is answered with an internal error',
  },
  {
    ...commit,
    name: 'refused send taken for a failure',
    edits: [['const isFirst = sends === 1;', 'const isFirst = sends > 0;']],
    why: 'a cancellation that was applied is answered with an internal error',
  },
  {
    ...store,
    name: 'refused attempt taken for a failure',
    edits: [["if (failure === 'REFUSED' && isFirstAttempt) throw error;", "if (failure === 'REFUSED') throw error;"]],
    why: 'a cancellation that was applied is answered with an internal error',
  },
  {
    ...commit,
    name: 'conflict not retried',
    edits: [
      [
        "if (outcome.kind !== 'BUSY') return outcome;",
        "if (outcome.kind !== 'BUSY') return outcome;\n    if (outcome.isConflict) return { kind: 'ORDER_CHANGED' };",
      ],
    ],
    why: 'a write that may still be sent again is decided on anew',
  },
  {
    ...store,
    name: 'write without a deadline',
    edits: [
      ['const abortSignal = abortAfter(remainingMs());', 'const { signal: abortSignal } = new AbortController();'],
    ],
    why: 'a hung DynamoDB keeps a merchant waiting until the function is killed',
  },
  {
    file: 'time-left.ts',
    tests: 'unit/handler',
    name: 'no time kept back for the answer',
    edits: [['const answerMs = 500;', 'const answerMs = 0;']],
    why: 'a hung DynamoDB keeps a merchant waiting until the last resort',
  },
  {
    ...handler,
    name: 'one token for every version',
    edits: [['clientRequestToken: `${returnRequestId}-${effort.attempts}`', 'clientRequestToken: returnRequestId']],
    why: 'DynamoDB refuses another write with the token, or takes it for the first one',
  },
  {
    ...handler,
    name: 'replay decided after the order',
    edits: [
      ['  if (record !== undefined) return answerRepeat(record, claim, runtime.now());\n\n', '\n'],
      ['if (!hasCancellations(order)) return refusal;', 'return refusal;'],
    ],
    why: 'the retry of a full cancellation is told that the order is canceled',
  },
  {
    ...handler,
    name: 'no second look at the record',
    edits: [['if (!hasCancellations(order)) return refusal;', 'return refusal;']],
    why: 'of two twins at once one is refused for what the other did',
  },
  {
    ...store,
    name: 'a look that passes over a transaction',
    edits: [
      ['  TransactGetCommand,\n', '  GetCommand,\n'],
      [
        'new TransactGetCommand({ TransactItems: [{ Get: { TableName: tables.cancellations, Key } }] })',
        'new GetCommand({ TableName: tables.cancellations, Key, ConsistentRead: true })',
      ],
      ['const { Responses = [] } = await read(', 'const Responses = [await read('],
      [
        'client.send(command, { abortSignal: abortAfter(remainingMs()) }));\n        const item',
        'client.send(command, { abortSignal: abortAfter(remainingMs()) }))];\n        const item',
      ],
    ],
    why: 'a twin that is being applied shows in the order, and not yet in the record',
  },
  {
    ...commit,
    name: 'gives up at the second conflict',
    edits: [['const maxSends = 5;', 'const maxSends = 2;']],
    why: 'a merchant is asked to come again for nothing, and the more of them there are the more come again',
  },
  {
    ...handler,
    name: 'gives up when the order has changed',
    edits: [['const maxAttempts = 5;', 'const maxAttempts = 1;']],
    why: 'whoever meets another cancellation is asked to come again for nothing',
  },
  {
    ...handler,
    name: 'refusal that finds its record busy given up on',
    edits: [
      [
        "if (look.kind === 'BUSY') return undefined;",
        "if (look.kind === 'BUSY') throw new DatabaseUnavailable('Busy.');",
      ],
    ],
    why: 'a merchant is asked to come again for nothing',
  },
  {
    ...store,
    name: 'version that stands still from nine on',
    edits: [["':nextVersion': order.version + 1", "':nextVersion': order.version + Number(order.version < 9)"]],
    why: 'two cancellations at once, and one of them is written over',
  },
  {
    ...handler,
    name: 'only the first 64 characters of a key',
    edits: [['`K#${idempotencyKey}`', '`K#${idempotencyKey.slice(0, 64)}`']],
    why: 'another key is taken for the first, and its cancellation for a replay',
  },
  {
    ...handler,
    name: 'own record not known',
    edits: [[' || outcome.record.returnRequestId === returnRequestId;', ';']],
    why: 'the first answer of a cancellation says that it is a replay',
  },
  {
    ...handler,
    name: 'busy read taken for a missing order',
    edits: [
      [
        "if (loaded.kind === 'BUSY') return undefined;",
        "if (loaded.kind === 'BUSY') return refuse('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } });",
      ],
    ],
    why: 'under throttling an order does not exist',
  },
  {
    ...handler,
    name: 'key prefixes dropped',
    edits: [['`D#${digest}` : `K#${idempotencyKey}`', 'digest : idempotencyKey']],
    why: 'a key that is the digest of another request stands for that request',
  },
  {
    ...handler,
    name: 'keys not told apart by case',
    edits: [['`K#${idempotencyKey}`', '`K#${idempotencyKey.toLowerCase()}`']],
    why: 'another cancellation is taken for a repeated one',
  },
  {
    file: 'domain/judge-repeat.ts',
    tests: 'unit/domain/judge-repeat',
    name: 'digest not compared',
    edits: [['if (request.digest !== earlier.requestDigest)', "if (earlier.requestDigest === '')"]],
    why: 'another request under the same key is told that it was done',
  },
  {
    file: 'domain/judge-repeat.ts',
    tests: 'unit/domain/judge-repeat',
    name: 'retry window an hour short',
    edits: [['retryWindowMs = 24 *', 'retryWindowMs = 23 *']],
    why: 'a retry within the day is refused',
  },
  {
    file: 'contract/request-digest.ts',
    tests: 'unit/contract/request-digest',
    name: 'digest without the tax',
    edits: [['        amount,\n        taxAmount,\n', '        amount,\n        taxAmount * 0,\n']],
    why: 'a request with another tax is told that it was done',
  },
  {
    file: 'contract/request-digest.ts',
    tests: 'unit/contract/request-digest',
    name: 'digest by the order of the items',
    edits: [['\n      .sort(([seq], [otherSeq]) => Number(seq) - Number(otherSeq))', '']],
    why: 'a retry in other words is applied again',
  },
  {
    file: 'store/items.ts',
    tests: 'unit/store/items',
    name: 'store not in the key',
    edits: [['return `${storeId}/${orderNo}`;', 'return `${storeId.slice(0, 1)}/${orderNo}`;']],
    why: "another store's order can be canceled",
  },
  {
    ...decide,
    name: 'total not checked',
    edits: [['if (totalMinor === sumMinor) return [];', 'if (totalMinor >= 0n) return [];']],
    why: 'another amount is canceled than the merchant added up',
  },
  {
    ...decide,
    name: 'tax not capped by the unit',
    edits: [['if (taxMinor > line.unitTaxMinor) {', 'if (taxMinor > left.taxMinor) {']],
    why: "one unit takes another one's tax",
  },
  {
    ...decide,
    name: 'tax left not checked',
    edits: [
      ['if (quantity * taxMinor > left.taxMinor) {', 'if (quantity * taxMinor > quantity * line.unitTaxMinor) {'],
    ],
    why: 'more tax is canceled than was paid',
  },
  {
    ...decide,
    name: 'amount left not checked',
    edits: [
      ['if (quantity * amountMinor > left.amountMinor) {', 'if (amountMinor > left.amountMinor && quantity < 0n) {'],
    ],
    why: 'more is canceled than was paid',
  },
  {
    ...decide,
    name: 'units left not checked',
    edits: [['if (requested.quantity > left.units)', 'if (requested.quantity > line.quantity)']],
    why: 'more units are canceled than were bought, of free lines at least',
  },
  {
    ...decide,
    name: 'nothing left of the amount keeps the units',
    edits: [['if (emptiesTheLine) return left.units;', '']],
    why: 'an order that was refunded is never canceled',
  },
  {
    ...decide,
    name: 'one unit instead of the quantity',
    edits: [['const amountTaken = BigInt(quantity) * amountMinor;', 'const amountTaken = amountMinor;']],
    why: 'less is canceled than was asked for',
  },
  {
    ...decide,
    name: 'partial before capture',
    edits: [
      ['    ...violationsOfMissingLines(order, items),\n', ''],
      ['function violationsOfMissingLines', 'export function violationsOfMissingLines'],
    ],
    why: 'a payment is voided, and only a part of it was to be',
  },
  {
    ...decide,
    name: 'never wholly canceled',
    edits: [
      [
        "isEverythingCanceled ? 'CANCELED' : 'PARTIALLY_CANCELED'",
        "isEverythingCanceled ? 'PARTIALLY_CANCELED' : 'PARTIALLY_CANCELED'",
      ],
    ],
    why: 'an order that is canceled does not say so',
  },
  {
    ...decide,
    name: 'refund account not asked for',
    edits: [["order.refundMethod === 'BANK_ACCOUNT'", "order.refundMethod !== 'BANK_ACCOUNT'"]],
    why: 'a refund goes nowhere',
  },
  {
    ...keys,
    name: 'keys cached for ever',
    edits: [['if (cached && now() - cached.readAtMs < credentialCacheMs)', 'if (cached && now() >= cached.readAtMs)']],
    why: 'a revoked key goes on',
  },
  {
    ...keys,
    name: 'keys read eventually',
    edits: [['Key: { accessKeyHash }, ConsistentRead: true', 'Key: { accessKeyHash }']],
    why: 'a revoked key goes on for longer than promised, and a new one does not work',
  },
  {
    ...authentication,
    name: 'revocation ignored',
    edits: [["  if (key.isRevoked) throw unauthenticated('REVOKED_ACCESS_KEY');\n", '']],
    why: 'a revoked key goes on',
  },
  {
    ...authentication,
    name: 'expiry ignored',
    edits: [["  if (key.expiresAtMs <= nowMs) throw unauthenticated('EXPIRED_ACCESS_KEY');\n", '']],
    why: 'an expired key goes on',
  },
  {
    ...authentication,
    name: 'signature ignored',
    edits: [["if (!isSigned) throw unauthenticated('WRONG_SIGNATURE');", 'void isSigned;']],
    why: 'who knows an access key cancels',
  },
  {
    ...authentication,
    name: 'store header ignored',
    edits: [['    key.storeId === headers.storeId &&\n', '']],
    why: 'a request that names another store is served',
  },
  {
    ...errors,
    name: 'transaction in progress taken for refused',
    edits: [["  if (name === 'TransactionInProgressException') return 'UNCERTAIN';\n", '']],
    why: 'a write that may yet be applied is answered with an internal error',
  },
  {
    ...errors,
    name: 'server error taken for refused',
    edits: [['status >= 400 && status < 500', 'status >= 400']],
    why: 'an outage of DynamoDB is answered with internal errors',
  },
  {
    ...errors,
    name: 'throttling not known',
    edits: [["  'RequestLimitExceeded',\n", '']],
    why: 'under throttling requests are answered with an internal error',
  },
  {
    ...response,
    name: 'replay not told',
    edits: [["...(answer.ok && answer.isReplay ? { 'Idempotent-Replayed': 'true' } : {}),", '']],
    why: 'a merchant cannot tell a retry from a second cancellation',
  },
  {
    ...response,
    name: 'lack of time taken for a bug',
    edits: [["isOutOfTime ? 'UNAVAILABLE'", "isOutOfTime && error === undefined ? 'UNAVAILABLE'"]],
    why: 'a merchant is not told that the request may be sent again',
  },
  {
    file: 'contract/cancellation-data.ts',
    tests: 'unit/contract/cancellation-data',
    name: 'delivery counted as product',
    edits: [
      ["items.filter((item) => item.itemType === 'DELIVERY')", "items.filter((item) => item.itemType !== 'DELIVERY')"],
    ],
    why: 'a merchant books the wrong totals',
  },
];
