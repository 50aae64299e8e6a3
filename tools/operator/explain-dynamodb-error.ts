import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { failureOf } from '../../lambda/dynamodb/failures.ts';
import type { Target } from './target.ts';

type Place = Pick<Target, 'place' | 'isStage'>;

/** An error of DynamoDB with what an operator can do about it, in one line; other errors are returned unchanged. */
export function explainDynamoDbError(error: unknown, at: Place): unknown {
  if (!(error instanceof Error)) return error;
  const explanation = at.isStage ? explainAwsError(error, at.place, 'DynamoDB') : ofLocalhost(error, at.place);
  return explanation === undefined ? error : new Error(explanation, { cause: error });
}

function ofLocalhost(error: Error, place: string): string | undefined {
  if (error instanceof ResourceNotFoundException) {
    return `The tables do not exist at ${place}: run npm start first, or name a deployed stack with --stage.`;
  }
  if (isUnreachable(error)) return `No DynamoDB answers at ${place}: run npm start, or set DYNAMODB_ENDPOINT.`;
  return undefined;
}

/** What an operator can do about an error of an AWS service, in one line; undefined if that is not known. */
export function explainAwsError(error: Error, place: string, service: string): string | undefined {
  if (error instanceof ResourceNotFoundException) {
    return `The tables of ${place} do not exist: deploy it, or set AWS_PROFILE and AWS_REGION to where it is deployed.`;
  }
  // SSO reports an expired session as missing credentials.
  if (expirations.has(error.name) || (isWithoutCredentials(error) && /expired/i.test(error.message))) {
    return `The AWS credentials for ${place} have expired: sign in again, or set new ones.`;
  }
  if (isWithoutCredentials(error)) {
    return `There are no AWS credentials for ${place}: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and the like.`;
  }
  if (rejections.has(error.name)) {
    return `AWS does not accept the credentials for ${place} (${error.name}): check AWS_PROFILE, and this machine's clock.`;
  }
  if (error.name === 'AccessDeniedException' || error.name === 'AccessDenied') {
    const [, action = 'what this command needs'] = / perform: ([\w-]+:\w+)/.exec(error.message) ?? [];
    return `These AWS credentials may not do ${action} in ${place}: docs/operations.md lists the rights of an operator.`;
  }
  if (error.message.startsWith('Region ')) return `There is no AWS region for ${place}: set AWS_REGION.`;
  if (isUnreachable(error)) {
    return `${service} of ${place} was not reached (${codeOf(error) ?? error.name}): check the network and AWS_REGION.`;
  }
  if (failureOf(error) === 'THROTTLED') {
    return `DynamoDB has throttled all attempts in ${place}: run the command again when its tables are less busy.`;
  }
  if (statusOf(error) >= 500) {
    return `${service} of ${place} has failed all attempts (${error.name}): see AWS's health page, and run the command again.`;
  }
  return undefined;
}

const expirations: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);

const rejections: ReadonlySet<string> = new Set([
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

const networkCodes: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

function isUnreachable(error: Error): boolean {
  return networkCodes.has(codeOf(error)) || error.name === 'TimeoutError';
}

function isWithoutCredentials({ name }: Error): boolean {
  return name === 'CredentialsProviderError' || name === 'TokenProviderError';
}

function codeOf(error: Error): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function statusOf(error: Error): number {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
}
