import { expect, test } from '@jest/globals';
import { readHeaders } from '../../../../lambda/contract/headers.ts';
import { createCredentialRepository } from '../../../../lambda/dynamodb/credential-repository.ts';
import { warmUp } from '../../../../lambda/dynamodb/warm-up.ts';
import { startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { headersOf } from '../../../../tools/in-memory/requests.ts';
import { sdkError, stubClient } from '../../../support/stub-client.ts';

/** What a warm-up sends to DynamoDB, which answers its one call with this. */
async function warmedUp(answer: object) {
  const { client, sent } = stubClient(answer);
  await warmUp(createCredentialRepository(client, 'store-keys', () => startOfTest));
  return sent;
}

test('a warm-up makes one call: it looks for an access key', async () => {
  const sent = await warmedUp({});
  expect(sent.map(({ name, input }) => [name, (input as { readonly TableName: string }).TableName])).toEqual([
    ['GetCommand', 'store-keys'],
  ]);
});

test('it looks for one that no request can carry', async () => {
  const accessKeys: string[] = [];
  await warmUp({
    async find(accessKey) {
      accessKeys.push(accessKey);
      return undefined;
    },
  });
  const headers = headersOf('{}', { 'X-Access-Key': accessKeys[0] ?? '' });
  const listed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  expect(readHeaders(listed)).toMatchObject({
    ok: false,
    violations: [{ reason: 'HEADER_MALFORMED', at: { header: 'X-Access-Key' } }],
  });
});

test('it is given 300 ms', async () => {
  let givenMs = 0;
  await warmUp({
    async find(_accessKey, remainingMs) {
      givenMs = remainingMs();
      return undefined;
    },
  });
  expect(givenMs).toBe(300);
});

test.each([
  ['refused', sdkError('AccessDeniedException', 400)],
  ['throttled', sdkError('ThrottlingException', 400)],
  ['not answered', sdkError('TimeoutError')],
])('it never fails, even if its call is %s', async (_how, error) => {
  expect(await warmedUp(error)).toHaveLength(1);
});
