import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  IdempotentParameterMismatchException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';

// The errors of DynamoDB and of the connection to it, each as the SDK throws it, and those of DynamoDB as it sends them.

const refused = () => ({ $metadata: { httpStatusCode: 400 } });

/** DynamoDB cannot make sense of a request: a bug of whoever sent it. */
export class Invalid extends DynamoDBServiceException {
  constructor(message: string) {
    super({ name: 'ValidationException', $fault: 'client', message, ...refused() });
  }
}

/** @param item what the condition was about, where the call asks for it */
export function conditionFailed(item?: CancellationReason['Item']): DynamoDBServiceException {
  const returned = item === undefined ? {} : { Item: item };
  return new ConditionalCheckFailedException({ message: 'The conditional request failed', ...returned, ...refused() });
}

/** A transaction is at work on the item that a single write is about. */
export function conflicted(): DynamoDBServiceException {
  return new TransactionConflictException({ message: 'Transaction is ongoing for the item', ...refused() });
}

export function canceledFor(reasons: CancellationReason[]): DynamoDBServiceException {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
    ...refused(),
  });
}

export function inProgress(): DynamoDBServiceException {
  return new TransactionInProgressException({ message: 'The transaction is in progress.', ...refused() });
}

export function mismatched(): DynamoDBServiceException {
  return new IdempotentParameterMismatchException({ message: 'Another request has this token.', ...refused() });
}

/** One of the ways in which DynamoDB says that it is asked too much. */
export function throttled(choice: number): DynamoDBServiceException {
  const message = 'The request was throttled.';
  switch (choice % 3) {
    case 0:
      return new ProvisionedThroughputExceededException({ message, ...refused() });
    case 1:
      return new RequestLimitExceeded({ message, ...refused() });
    default:
      return new ThrottlingException({ message, ...refused() });
  }
}

/** The SDK sends again what it signed too long ago, and nothing else of these. */
const signatureExpired = 'Signature expired: it is earlier than the oldest that is accepted.';

export const credentialRefusals = [
  'UnrecognizedClientException',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'AccessDeniedException',
] as const;

/** AWS refuses who asks, before anything is done: one of the ways. */
export function unauthorized(choice: number): DynamoDBServiceException {
  const name = credentialRefusals[choice % credentialRefusals.length] ?? credentialRefusals[0];
  const isSignatureExpired = name === 'InvalidSignatureException' && choice % 8 < 4;
  return credentialsRefused(name, isSignatureExpired ? signatureExpired : 'You may not.');
}

export function credentialsRefused(
  name: (typeof credentialRefusals)[number],
  message: string,
): DynamoDBServiceException {
  return new DynamoDBServiceException({ name, $fault: 'client', message, ...refused() });
}

/** Status 500 or 503. */
export function failed(choice: number): DynamoDBServiceException {
  if (choice % 2 === 0) {
    return new InternalServerError({ message: 'Internal error.', $metadata: { httpStatusCode: 500 } });
  }
  const name = 'ServiceUnavailable';
  return new DynamoDBServiceException({ name, $fault: 'server', message: name, $metadata: { httpStatusCode: 503 } });
}

/** An error as DynamoDB sends it, of which the SDK makes that error again. */
export function onWire(error: DynamoDBServiceException): { readonly status: number; readonly body: object } {
  const { name, message, $metadata } = error;
  const isOfCredentials = credentialRefusals.some((known) => known === name);
  const reasons =
    error instanceof TransactionCanceledException ? { CancellationReasons: error.CancellationReasons } : {};
  return {
    status: $metadata.httpStatusCode ?? 500,
    body: { __type: `${isOfCredentials ? serviceNamespace : namespace}${name}`, message, ...reasons },
  };
}

const namespace = 'com.amazonaws.dynamodb.v20120810#';
/** Of what refuses a call before it gets to DynamoDB. */
const serviceNamespace = 'com.amazon.coral.service#';

/** No answer within the time that one attempt has. */
export function timedOut(): Error {
  return Object.assign(new Error('A request has exceeded its timeout.'), { name: 'TimeoutError', code: 'ETIMEDOUT' });
}

export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}

/** The signal that a call was given has ended it. */
export function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}

/** Whether the SDK sends a request again after this error, and how patiently. */
export function retryClassOf(error: unknown): 'THROTTLING' | 'TRANSIENT' | undefined {
  const { name, message, code, $metadata } = error as {
    name?: string;
    message?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  if (throttlings.has(name) || $metadata?.httpStatusCode === 429) return 'THROTTLING';
  const isConnection = code === 'ECONNRESET' || name === 'TimeoutError';
  const isServer = ($metadata?.httpStatusCode ?? 0) >= 500;
  return isConnection || isServer || message === signatureExpired ? 'TRANSIENT' : undefined;
}

/** Those that the SDK takes for throttling (@smithy/core, service-error-classification) and DynamoDB has. */
const throttlings: ReadonlySet<string | undefined> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);
