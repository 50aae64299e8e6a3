import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * Numbers are whole (minor units, counts, times) and may need more than a double: read as bigint, written from it. One
 * that is not whole stays a number, which fails where it is used, and not with the whole page that it was read in.
 */
export const wrapNumbers = (digits: string): bigint | number =>
  /^-?\d+$/.test(digits) ? BigInt(digits) : Number(digits);

/**
 * What the SDK does by default. Left out, it would look for each in the environment, and then in files that Lambda has not:
 * so variables such as AWS_USE_FIPS_ENDPOINT have no effect, and who needs another value sets it here.
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
/** Without info: for that the SDK would put each call's input and output together, for nobody to read. */
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
      // Without this a late answer is only warned about, and the call outlives the gateway's patience.
      throwOnRequestTimeout: true,
      // The request timeout ends with the first byte of the answer: this one ends an answer that stops in the middle.
      socketTimeout: requestTimeoutMs,
    }),
  });
  return documentClientOf(client);
}

/** The client as all code that reads or writes items uses it. */
export function documentClientOf(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers } });
}

/** How long one attempt waits for its answer, and for the rest of one that has begun. */
export const requestTimeoutMs = 1500;

/** The SDK's own base delay for DynamoDB, in milliseconds; for throttling it takes a longer one. */
export const retries = { maxAttempts: 3, baseDelay: 25 };

/**
 * The SDK's standard retries without their common budget. An outage of some 35 lost calls would use that up, and for
 * as long as it takes some 14 calls to fill it, one dead connection would fail a request. An instance of the function
 * serves one request at a time and each call has its few attempts: there is no storm for a budget to hold back.
 */
class RetriesOfEachCall extends StandardRetryStrategy {
  override async refreshRetryTokenForRetry(...failed: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>) {
    // The token counts the attempts of its call; the budget is that of a strategy which has spent nothing yet.
    return await new StandardRetryStrategy(retries).refreshRetryTokenForRetry(...failed);
  }
}
