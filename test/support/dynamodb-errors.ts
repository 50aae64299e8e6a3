import {
  type CancellationReason,
  DynamoDBServiceException,
  IdempotentParameterMismatchException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';

// The errors of DynamoDB and of the connection to it, each as the SDK throws it.

const refused = () => ({ $metadata: { httpStatusCode: 400 } });

/** DynamoDB cannot make sense of a request: a bug of whoever sent it. */
export class Invalid extends DynamoDBServiceException {
  constructor(message: string) {
    super({ name: 'ValidationException', $fault: 'client', message, ...refused() });
  }
}

export function canceledFor(reasons: CancellationReason[]): Error {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
    ...refused(),
  });
}

export function inProgress(): Error {
  return new TransactionInProgressException({ Message: 'The transaction is in progress.', message: '', ...refused() });
}

export function mismatched(): Error {
  return new IdempotentParameterMismatchException({
    Message: 'Another request has this token.',
    message: '',
    ...refused(),
  });
}

/** One of the errors by which DynamoDB throttles a call. */
export function throttled(choice: number): Error {
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

/** The one refusal of credentials after which the SDK sends a request again. */
const signatureExpired = 'Signature expired: it is earlier than the oldest that is accepted.';

export const credentialRefusals = [
  'UnrecognizedClientException',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'AccessDeniedException',
] as const;

/** AWS refuses the caller, before anything is done. */
export function unauthorized(choice: number): Error {
  const name = credentialRefusals[choice % credentialRefusals.length] ?? credentialRefusals[0];
  const message = name === 'InvalidSignatureException' && choice % 8 < 4 ? signatureExpired : 'You may not.';
  return new DynamoDBServiceException({ name, $fault: 'client', message, ...refused() });
}

/** Status 500 or 503. */
export function failed(choice: number): Error {
  if (choice % 2 === 0) {
    return new InternalServerError({ message: 'Internal error.', $metadata: { httpStatusCode: 500 } });
  }
  const name = 'ServiceUnavailable';
  return new DynamoDBServiceException({ name, $fault: 'server', message: name, $metadata: { httpStatusCode: 503 } });
}

/** No answer within the time that one attempt has. */
export function timedOut(): Error {
  return Object.assign(new Error('A request has exceeded its timeout.'), { name: 'TimeoutError', code: 'ETIMEDOUT' });
}

export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}

/** The abort signal of a call has ended it. */
export function aborted(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}

/** Whether the SDK sends a request again after this error, and with which pause. */
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

/** The errors of DynamoDB that the SDK takes for throttling (@smithy/core, service-error-classification). */
const throttlings: ReadonlySet<string | undefined> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);
