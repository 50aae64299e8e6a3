import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { noteUnansweredAttempts } from './unanswered-attempts.ts';

/**
 * Stored numbers are whole (minor units, counts, times) and may be too large for a double: they are read as bigint. If
 * one is not whole, it stays a number. Then only the code that uses it fails, and the rest of its page can be read.
 */
export const wrapNumbers = (digits: string): bigint | number =>
  /^-?\d+$/.test(digits) ? BigInt(digits) : Number(digits);

/**
 * The SDK's defaults. If they were not given, it would look for each in the environment, and then in files that Lambda
 * does not have. So variables such as AWS_USE_FIPS_ENDPOINT have no effect: set another value here.
 */
const defaults = {
  accountIdEndpointMode: 'preferred',
  authSchemePreference: [],
  disableClockSkewCorrection: false,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: '',
} satisfies DynamoDBClientConfig;

const ignore = () => undefined;
/** A logger without `info`. With it, the SDK would prepare the input and output of each call, which nobody reads. */
const silent = { debug: ignore, warn: ignore, error: ignore } as unknown as NonNullable<DynamoDBClientConfig['logger']>;

/**
 * The DynamoDB client with every wait bounded. Region, credentials and endpoint come from the SDK's own environment
 * variables. A single call that DynamoDB answers in time takes milliseconds; three attempts of 1.5 s fit into the
 * function's timeout.
 */
export function createDocumentClient(): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    ...defaults,
    logger: silent,
    maxAttempts: retries.maxAttempts,
    retryStrategy: new RetriesOfEachCall(retries),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 500,
      requestTimeout: requestTimeoutMs,
      // Without this a late answer only causes a warning, and the call may last longer than the gateway waits.
      throwOnRequestTimeout: true,
      // The request timeout ends with the first byte of the answer: this one ends an answer that stops in the middle.
      socketTimeout: requestTimeoutMs,
    }),
  });
  noteUnansweredAttempts(client);
  return documentClientOf(client);
}

/** The document client, with which all code reads and writes items. */
export function documentClientOf(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers } });
}

/** How long one attempt waits for its answer to begin, and then for each next part of it. */
export const requestTimeoutMs = 1500;

/** The SDK's own base delay for DynamoDB, in milliseconds; for throttling it uses a longer one. */
export const retries = { maxAttempts: 3, baseDelay: 25 };

/**
 * The SDK's standard retries without the budget that all calls of a client share. An outage with some 35 failed calls
 * would use up that budget, and until some 14 calls have filled it again, one broken connection would fail a request.
 * An instance of the function serves one request at a time and each call has few attempts, so there is no retry storm
 * for a budget to prevent.
 */
class RetriesOfEachCall extends StandardRetryStrategy {
  override async refreshRetryTokenForRetry(...failed: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>) {
    // The token counts the attempts of its call; a new strategy still has its whole budget.
    return await new StandardRetryStrategy(retries).refreshRetryTokenForRetry(...failed);
  }
}
