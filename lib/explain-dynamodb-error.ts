import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';

/** What an operator can do about an error of DynamoDB, in one line; other errors as they are. */
export function explainDynamoDbError(error: unknown, place: string): unknown {
  if (error instanceof ResourceNotFoundException) {
    return new Error(`The tables do not exist at ${place}: deploy the stack, or run npm start, first.`, {
      cause: error,
    });
  }
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || name === 'TimeoutError') {
    return new Error(`No DynamoDB answers at ${place}: run npm start, or set DYNAMODB_ENDPOINT.`, { cause: error });
  }
  if (name === 'CredentialsProviderError') {
    return new Error(`There are no AWS credentials for ${place}: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and the like.`, {
      cause: error,
    });
  }
  if (error instanceof Error && error.message.startsWith('Region ')) {
    return new Error(`There is no AWS region for ${place}: set AWS_REGION.`, { cause: error });
  }
  return error;
}
