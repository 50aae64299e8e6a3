import { canceledFor, credentialsRefused, failed, inProgress, throttled } from '../dynamodb-errors.ts';

/** What DynamoDB says of itself, and no engine does, by the fault that it is. */
export const errorsOfFaults = {
  CONFLICT: canceledBecauseOf('TransactionConflict', 'None'),
  CONFLICT_AT_RECORD: canceledBecauseOf('None', 'TransactionConflict'),
  CONFLICT_AT_BOTH: canceledBecauseOf('TransactionConflict', 'TransactionConflict'),
  THROTTLED_IN_TRANSACTION: canceledBecauseOf('ThrottlingError', 'None'),
  THROTTLED_AT_RECORD: canceledBecauseOf('None', 'ProvisionedThroughputExceeded'),
  THROTTLED_AT_BOTH: canceledBecauseOf('ProvisionedThroughputExceeded', 'ThrottlingError'),
  LOOK_IN_CONFLICT: canceledBecauseOf('TransactionConflict'),
  LOOK_THROTTLED: canceledBecauseOf('ThrottlingError'),
  THROTTLED: throttled(0),
  IN_PROGRESS: inProgress(),
  CREDENTIALS_REFUSED: credentialsRefused('ExpiredTokenException', 'It has expired.'),
  SERVER_ERROR: failed(0),
} as const;

/** @param codes one for each item of the transaction: of a write the order's, then the record's */
function canceledBecauseOf(...codes: readonly string[]) {
  return canceledFor(codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message: Code })));
}
