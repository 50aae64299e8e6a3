import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  accessKeyHashOf,
  createCredentialRepository,
  type Credential,
  credentialCacheMs,
} from '../../../../lambda/dynamodb/credential-repository.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { sdkError, stubClient } from '../../../support/stub-client.ts';

const row = {
  accessKeyHash: 'hash',
  storeId: 'STORE-1',
  divisionCode: 'DIV-1',
  channelCode: 'ONLINE',
  hashKey: 'hash-key-1',
  issuedAt: 1n,
  expiresAt: 1_798_665_253_909n,
};
const credential = {
  storeId: 'STORE-1',
  divisionCode: 'DIV-1',
  channelCode: 'ONLINE',
  hashKey: 'hash-key-1',
  issuedAtMs: 1,
  expiresAtMs: 1_798_665_253_909,
  isRevoked: false,
};
const found = { Item: row };
const revoked = { Item: { ...row, revokedAt: 5n } };
const inTime = () => 1000;

/** A repository with a clock that a test moves. */
function credentialRepository(...answers: readonly object[]) {
  const clock = { nowMs: 0 };
  const { client, sent } = stubClient(...answers);
  const repository = createCredentialRepository(client, 'keys', () => clock.nowMs);
  return { clock, sent, find: async (accessKey: string) => repository.find(accessKey, inTime), repository };
}

/** Whether a credential is revoked. @throws Error where there is none */
function isRevoked(found: Credential | 'IMPOSSIBLE' | undefined): boolean {
  if (found === undefined || found === 'IMPOSSIBLE') throw new Error('There is no credential.');
  return found.isRevoked;
}

test('a credential is found by the hash of its access key, with a consistent read', async () => {
  const { find, sent } = credentialRepository(found);
  expect(await find('access-key-1')).toEqual(credential);
  const accessKeyHash = createHash('sha256').update('access-key-1').digest('hex');
  expect(sent).toEqual([
    {
      name: 'GetCommand',
      input: { TableName: 'keys', Key: { accessKeyHash }, ConsistentRead: true },
      abortSignal: expect.any(AbortSignal),
    },
  ]);
  expect(accessKeyHashOf('access-key-1')).toBe(accessKeyHash);
});

describe('a credential that was read', () => {
  test('is trusted for less than a minute', async () => {
    const { find, clock, sent } = credentialRepository(found, found);
    await find('a');
    clock.nowMs = credentialCacheMs - 1;
    expect(await find('a')).toEqual(credential);
    expect(sent).toHaveLength(1);
    clock.nowMs = credentialCacheMs;
    expect(await find('a')).toEqual(credential);
    expect(sent).toHaveLength(2);
    expect(credentialCacheMs).toBe(60_000);
  });

  test('is read again for every request when it expires within an hour', async () => {
    const { find, clock, sent } = credentialRepository(found, found, found);
    clock.nowMs = credential.expiresAtMs - 60 * 60 * 1000;
    await find('a');
    await find('a');
    expect(sent).toHaveLength(1);
    clock.nowMs += credentialCacheMs;
    await find('a');
    await find('a');
    expect(sent).toHaveLength(3);
  });

  // What was read is as old as the call, not as DynamoDB's answer to it.
  test('is trusted for a minute from when it was asked for', async () => {
    const { client } = stubClient(found, revoked);
    const clock = { nowMs: 0 };
    const send = client.send as unknown as (command: unknown) => Promise<unknown>;
    const slow = {
      async send(command: unknown) {
        const answer = await send(command);
        clock.nowMs += 5000;
        return answer;
      },
    } as unknown as typeof client;
    const repository = createCredentialRepository(slow, 'keys', () => clock.nowMs);
    await repository.find('a', inTime);
    clock.nowMs = credentialCacheMs;
    expect(isRevoked(await repository.find('a', inTime))).toBe(true);
  });

  test('that was revoked is revoked, whenever that was', async () => {
    for (const revokedAt of [1n, row.expiresAt - 1n, row.expiresAt]) {
      const { find } = credentialRepository({ Item: { ...row, revokedAt } });
      expect(isRevoked(await find('a'))).toBe(true);
    }
  });

  test('and is revoked is no longer trusted after that minute', async () => {
    const { find, clock } = credentialRepository(found, revoked);
    expect(isRevoked(await find('a'))).toBe(false);
    clock.nowMs = credentialCacheMs;
    expect(isRevoked(await find('a'))).toBe(true);
  });

  test('and is deleted is not trusted either, nor one that cannot be read again', async () => {
    const { find, clock } = credentialRepository(found, {}, found, sdkError('TimeoutError'), {});
    await find('a');
    clock.nowMs = credentialCacheMs;
    expect(await find('a')).toBeUndefined();
    await find('a');
    clock.nowMs = 2 * credentialCacheMs;
    await expect(find('a')).rejects.toThrow(DatabaseUnavailable);
    expect(await find('a')).toBeUndefined();
  });

  test('is not taken for that of another access key', async () => {
    const { find, sent } = credentialRepository(found, { Item: { ...row, storeId: 'STORE-2' } });
    await find('a');
    expect(await find('b')).toMatchObject({ storeId: 'STORE-2' });
    expect(sent).toHaveLength(2);
  });
});

test('a credential that is not found is looked for again: a new one works at once', async () => {
  const { find, sent } = credentialRepository({}, found);
  expect(await find('a')).toBeUndefined();
  expect(await find('a')).toEqual(credential);
  expect(sent).toHaveLength(2);
});

describe('a row that nothing here can have written', () => {
  test.each([
    ['no hash key', { hashKey: undefined }],
    ['an empty hash key', { hashKey: '' }],
    ['no expiry', { expiresAt: undefined }],
    ['an expiry that is text', { expiresAt: '2030-01-01' }],
    ['an expiry with decimals', { expiresAt: 1.5 }],
    ['no store', { storeId: undefined }],
  ])('with %s is no credential', async (_what, changes) => {
    const { find } = credentialRepository({ Item: { ...row, ...changes } });
    expect(await find('a')).toBe('IMPOSSIBLE');
  });

  test('is not kept: once it is mended, it works at once', async () => {
    const { find, sent } = credentialRepository({ Item: { ...row, hashKey: '' } }, found);
    expect(await find('a')).toBe('IMPOSSIBLE');
    expect(await find('a')).toEqual(credential);
    expect(sent).toHaveLength(2);
  });

  test('replaces one that was kept', async () => {
    const { find, clock } = credentialRepository(found, { Item: { ...row, hashKey: '' } });
    await find('a');
    clock.nowMs = credentialCacheMs;
    expect(await find('a')).toBe('IMPOSSIBLE');
  });
});

describe('at most 1000 credentials are kept', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `key-${index}`);

  test('all of them while they are 1000', async () => {
    const { find, sent } = credentialRepository(...names.map(() => found));
    for (const name of names) await find(name);
    for (const name of names) await find(name);
    expect(sent).toHaveLength(1000);
  });

  test('and beyond that the oldest one goes', async () => {
    const { find, sent } = credentialRepository(...names.map(() => found), found, found);
    for (const name of names) await find(name);
    await find('one-more');
    for (const name of [...names.slice(1), 'one-more']) await find(name);
    expect(sent).toHaveLength(1001);
    await find('key-0');
    expect(sent).toHaveLength(1002);
  });

  test('the oldest is the one that was read longest ago, not the one that was found first', async () => {
    const { find, clock, sent } = credentialRepository(...[...names, 'key-0', 'one-more', 'key-1'].map(() => found));
    await find('key-0');
    clock.nowMs = 1;
    for (const name of names.slice(1, -1)) await find(name);
    clock.nowMs = credentialCacheMs;
    for (const name of ['key-0', 'one-more', 'two-more']) await find(name);
    expect(sent).toHaveLength(1002);
    await find('key-0');
    expect(sent).toHaveLength(1002);
    await find('key-1');
    expect(sent).toHaveLength(1003);
  });
});

describe('a credential that cannot be read', () => {
  test('because there is no answer', async () => {
    await expect(credentialRepository(sdkError('InternalServerError', 500)).find('a')).rejects.toThrow(
      DatabaseUnavailable,
    );
  });

  test('because of a bug', async () => {
    const error = sdkError('AccessDeniedException', 400);
    await expect(credentialRepository(error).find('a')).rejects.toBe(error);
  });

  test('because no time remains, without a call', async () => {
    const { repository, sent } = credentialRepository(found);
    await expect(repository.find('a', () => 0)).rejects.toThrow(DatabaseUnavailable);
    expect(sent).toEqual([]);
  });
});
