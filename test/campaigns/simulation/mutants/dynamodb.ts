import type { Mutant } from './mutant.ts';

const orders = { file: 'dynamodb/order-repository.ts' };
const credentials = { file: 'dynamodb/credential-repository.ts' };
const failures = { file: 'dynamodb/failures.ts' };
const items = { file: 'dynamodb/items.ts' };
const impossible = { file: 'dynamodb/impossible-rows.ts' };
const silence = { file: 'dynamodb/unanswered-attempts.ts' };
const backoff = { file: 'dynamodb/backoff.ts' };

export const mutantsOfDynamodb: readonly Mutant[] = [
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
    edits: [
      [
        "ConditionExpression: requestHasNoRecord, ReturnValuesOnConditionCheckFailure: 'ALL_OLD'",
        'ConditionExpression: requestHasNoRecord',
      ],
    ],
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
    edits: [['Object.keys($KEYS ?? {}).length > 0', 'Object.keys($KEYS ?? {}).length < 0']],
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
    edits: [["return { kind: 'UNANSWERED', isOpen };", "return { kind: 'COMMITTED', isOpen };"]],
    why: 'a merchant believes in a refund that nobody makes',
  },
  {
    ...orders,
    name: 'unanswered write taken for a changed order',
    edits: [
      ["return { kind: 'UNANSWERED', isOpen };", "return { kind: 'ORDER_CHANGED', order: undefined, isOpen: false };"],
    ],
    why: 'a response says that nothing was canceled, and it was or will be',
  },
  {
    ...orders,
    name: 'refused attempt taken for a failure',
    edits: [["$FAILURE === 'REJECTED' && !$OPEN", "$FAILURE === 'REJECTED'"]],
    why: 'a cancellation that was applied gets an internal error',
  },
  {
    ...orders,
    name: 'write without a deadline',
    edits: [['const $SIGNAL = abortAfter($REMAINING);', 'const { signal: $SIGNAL } = new AbortController();']],
    why: 'a hung DynamoDB keeps a merchant waiting until the function is killed',
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
      ['$FOUND.Responses?.[0]?.Item', '$FOUND.Item'],
    ],
    why: 'a twin that is being applied shows in the order, and not yet in the record',
  },
  {
    ...orders,
    name: 'version that stands still from nine on',
    edits: [["':nextVersion': $ORDER.version + 1", "':nextVersion': $ORDER.version + Number($ORDER.version < 9)"]],
    why: 'two cancellations at once, and one of them is written over',
  },
  {
    ...orders,
    name: 'order not returned when it changed',
    edits: [["ReturnValuesOnConditionCheckFailure: 'ALL_OLD', ExpressionAttributeNames", 'ExpressionAttributeNames']],
    why: 'a lost race costs another read',
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
    ...items,
    name: 'store not in the key',
    edits: [['return `${$STORE}/${$ORDER}`', 'return `${$STORE.slice(0, 1)}/${$ORDER}`']],
    why: "another store's order can be canceled",
  },
  {
    ...impossible,
    name: 'an empty hash key accepted',
    edits: [["typeof $VALUE === 'string' && $VALUE !== ''", "typeof $VALUE === 'string'"]],
    why: 'who knows an access key cancels',
  },
  {
    ...impossible,
    name: 'missing expiry taken for never',
    edits: [["for (const $NAME of ['issuedAt', 'expiresAt'] as const)", "for (const $NAME of ['issuedAt'] as const)"]],
    why: 'a key never expires',
  },
  {
    ...silence,
    name: "'nothing was canceled' said after silence",
    edits: [["failureOf($ERROR) === 'UNCERTAIN' || $ERRORS.has(error as object)", "failureOf($ERROR) === 'UNCERTAIN'"]],
    why: 'a merchant cancels again, with another key, what was canceled',
  },
  {
    ...silence,
    name: 'earlier attempts not watched',
    edits: [["$SILENCE ||= failureOf($ERROR) === 'UNCERTAIN';", '']],
    why: 'a merchant cancels again, with another key, what was canceled',
  },
  {
    ...backoff,
    name: 'attempts without a deadline',
    edits: [['const $OVER = $ELAPSED + $PAUSE >= attemptsMs ||', 'const $OVER = $ELAPSED + $PAUSE < 0 ||']],
    why: 'requests that meet keep each other from their order until the function is killed',
  },
  {
    ...backoff,
    name: 'attempts until the time is up',
    edits: [['$ELAPSED + $PAUSE >= attemptsMs ||', '$ELAPSED + $PAUSE >= attemptsMs * 10 ||']],
    why: 'nothing is left of the time to look whether a write was applied',
  },
];
