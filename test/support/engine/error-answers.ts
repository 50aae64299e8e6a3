// What DynamoDB says of itself, and no engine does.

const namespace = 'com.amazonaws.dynamodb.v20120810#';
/** Of what refuses a call before it gets to DynamoDB. */
const serviceNamespace = 'com.amazon.coral.service#';

/** By the fault that they are. */
export const errorAnswers = {
  CONFLICT: canceledBecauseOf('TransactionConflict', 'None'),
  CONFLICT_AT_RECORD: canceledBecauseOf('None', 'TransactionConflict'),
  CONFLICT_AT_BOTH: canceledBecauseOf('TransactionConflict', 'TransactionConflict'),
  THROTTLED_IN_TRANSACTION: canceledBecauseOf('ThrottlingError', 'None'),
  THROTTLED_AT_RECORD: canceledBecauseOf('None', 'ProvisionedThroughputExceeded'),
  THROTTLED_AT_BOTH: canceledBecauseOf('ProvisionedThroughputExceeded', 'ThrottlingError'),
  LOOK_IN_CONFLICT: canceledBecauseOf('TransactionConflict'),
  LOOK_THROTTLED: canceledBecauseOf('ThrottlingError'),
  THROTTLED: { status: 400, __type: `${namespace}ProvisionedThroughputExceededException`, message: 'Slow down.' },
  IN_PROGRESS: { status: 400, __type: `${namespace}TransactionInProgressException`, message: 'In progress.' },
  CREDENTIALS_REFUSED: { status: 400, __type: `${serviceNamespace}ExpiredTokenException`, message: 'It has expired.' },
  SERVER_ERROR: { status: 500, __type: `${namespace}InternalServerError`, message: 'Internal.' },
} as const;

/** @param codes one for each item of the transaction: of a write the order's, then the record's */
function canceledBecauseOf(...codes: readonly string[]) {
  return {
    status: 400,
    __type: `${namespace}TransactionCanceledException`,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    CancellationReasons: codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message: Code })),
  };
}
