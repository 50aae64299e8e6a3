import { describe, expect, test } from '@jest/globals';
import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { explainDynamoDbError } from '../../../../tools/operator/explain-dynamodb-error.ts';
import { sdkError } from '../../../support/stub-client.ts';

const stage = { place: 'stage prod', isStage: true };
const localhost = { place: 'http://127.0.0.1:8000', isStage: false };

const missing = new ResourceNotFoundException({ message: 'Requested resource not found', $metadata: {} });
const withCode = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const errorOf = (name: string, message: string) => Object.assign(new Error(message), { name });
const denied = errorOf(
  'AccessDeniedException',
  'User: arn:aws:iam::1:user/ops is not authorized to perform: dynamodb:Scan on resource: arn:aws:dynamodb:x because ...',
);

describe('of a deployed stage', () => {
  test.each<[string, Error, string]>([
    ['tables that are missing', missing, 'The tables of stage prod do not exist: deploy it, or set AWS_PROFILE'],
    ['no network', withCode('ENOTFOUND'), 'DynamoDB of stage prod was not reached (ENOTFOUND): check the network'],
    ['a time-out', sdkError('TimeoutError'), 'was not reached (TimeoutError): check the network and AWS_REGION.'],
    ['throttling', sdkError('ThrottlingException', 400), 'DynamoDB has throttled all attempts in stage prod'],
    ['failures', sdkError('InternalServerError', 500), 'has failed all attempts (InternalServerError)'],
    ['a right that is missing', denied, 'These AWS credentials may not do dynamodb:Scan in stage prod'],
    [
      'a right without its name',
      sdkError('AccessDeniedException', 400),
      'may not do what this command needs in stage prod',
    ],
    ['an expired token', sdkError('ExpiredTokenException', 400), 'The AWS credentials for stage prod have expired'],
    [
      'an expired session',
      errorOf('CredentialsProviderError', 'Token is expired.'),
      'stage prod have expired: sign in',
    ],
    ['no credentials', sdkError('CredentialsProviderError'), 'There are no AWS credentials for stage prod'],
    ['unknown credentials', sdkError('UnrecognizedClientException', 400), 'AWS does not accept the credentials for'],
    ['no region', new Error('Region is missing'), 'There is no AWS region for stage prod: set AWS_REGION.'],
  ])('%s are explained with what to do, which is never npm start', (_name, error, message) => {
    const explained = explainDynamoDbError(error, stage) as Error;
    expect(explained).toMatchObject({ message: expect.stringContaining(message), cause: error });
    expect(explained.message).not.toContain('npm start');
    expect(explained.message).not.toContain('\n');
  });
});

describe('of localhost', () => {
  test.each<[string, Error, string]>([
    ['tables that are missing', missing, 'The tables do not exist at http://127.0.0.1:8000: run npm start first'],
    ['a closed port', withCode('ECONNREFUSED'), 'No DynamoDB answers at http://127.0.0.1:8000: run npm start'],
    ['a time-out', sdkError('TimeoutError'), 'No DynamoDB answers at http://127.0.0.1:8000: run npm start'],
  ])('%s are explained with npm start', (_name, error, message) => {
    expect(explainDynamoDbError(error, localhost)).toMatchObject({
      message: expect.stringContaining(message),
      cause: error,
    });
  });
});

test.each([stage, localhost])('an error that is not of DynamoDB stays as it is: %j', (place) => {
  for (const error of [new Error('There is no such key.'), 'a text', undefined]) {
    expect(explainDynamoDbError(error, place)).toBe(error);
  }
});
