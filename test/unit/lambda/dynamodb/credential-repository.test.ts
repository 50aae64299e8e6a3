import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  accessKeyHashOf,
  createCredentialRepository,
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
const key = {
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

/** A store with a clock that a test moves. */
function credentialRepository(...answers: readonly object[]) {
  const clock = { nowMs: 0 };
  const { client, sent } = stubClient(...answers);
  const store = createCredentialRepository(client, 'keys', () => clock.nowMs);
  return { clock, sent, find: async (accessKey: string) => store.find(accessKey, inTime), store };
}

test('a key is found by its hash, with a consistent read', async () => {
  const { find, sent } = credentialRepository(found);
  expect(await find('access-key-1')).toEqual(key);
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

describe('a key that was read', () => {
  test('is trusted for less than a minute', async () => {
    const { find, clock, sent } = credentialRepository(found, found);
    await find('a');
    clock.nowMs = credentialCacheMs - 1;
    expect(await find('a')).toEqual(key);
    expect(sent).toHaveLength(1);
    clock.nowMs = credentialCacheMs;
    expect(await find('a')).toEqual(key);
    expect(sent).toHaveLength(2);
    expect(credentialCacheMs).toBe(60_000);
  });

  test('is read again for every request when it has less than an hour left', async () => {
    const { find, clock, sent } = credentialRepository(found, found, found);
    clock.nowMs = key.expiresAtMs - 60 * 60 * 1000;
    await find('a');
    await find('a');
    expect(sent).toHaveLength(1);
    clock.nowMs += credentialCacheMs;
    await find('a');
    await find('a');
    expect(sent).toHaveLength(3);
  });

  // What was read is as old as the question, not as the answer.
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
    const store = createCredentialRepository(slow, 'keys', () => clock.nowMs);
    await store.find('a', inTime);
    clock.nowMs = credentialCacheMs;
    expect((await store.find('a', inTime))?.isRevoked).toBe(true);
  });

  test('that was revoked is revoked, whenever that was', async () => {
    for (const revokedAt of [1n, row.expiresAt - 1n, row.expiresAt]) {
      const { find } = credentialRepository({ Item: { ...row, revokedAt } });
      expect((await find('a'))?.isRevoked).toBe(true);
    }
  });

  test('and revoked is found out within that minute', async () => {
    const { find, clock } = credentialRepository(found, revoked);
    expect((await find('a'))?.isRevoked).toBe(false);
    clock.nowMs = credentialCacheMs;
    expect((await find('a'))?.isRevoked).toBe(true);
  });

  test('and deleted is found out too, and not trusted when it cannot be read again', async () => {
    const { find, clock } = credentialRepository(found, {}, found, sdkError('TimeoutError'), {});
    await find('a');
    clock.nowMs = credentialCacheMs;
    expect(await find('a')).toBeUndefined();
    await find('a');
    clock.nowMs = 2 * credentialCacheMs;
    await expect(find('a')).rejects.toThrow(DatabaseUnavailable);
    expect(await find('a')).toBeUndefined();
  });

  test('is no other key', async () => {
    const { find, sent } = credentialRepository(found, { Item: { ...row, storeId: 'STORE-2' } });
    await find('a');
    expect((await find('b'))?.storeId).toBe('STORE-2');
    expect(sent).toHaveLength(2);
  });
});

test('a key that is not found is looked for again: a new one works at once', async () => {
  const { find, sent } = credentialRepository({}, found);
  expect(await find('a')).toBeUndefined();
  expect(await find('a')).toEqual(key);
  expect(sent).toHaveLength(2);
});

describe('at most 1000 keys are kept', () => {
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

  test('which is the one that was read longest ago, not the one that was found first', async () => {
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

describe('a key that cannot be read', () => {
  test('for want of an answer', async () => {
    await expect(credentialRepository(sdkError('InternalServerError', 500)).find('a')).rejects.toThrow(
      DatabaseUnavailable,
    );
  });

  test('for a bug', async () => {
    const error = sdkError('AccessDeniedException', 400);
    await expect(credentialRepository(error).find('a')).rejects.toBe(error);
  });

  test('for want of time, without a call', async () => {
    const { store, sent } = credentialRepository(found);
    await expect(store.find('a', () => 0)).rejects.toThrow(DatabaseUnavailable);
    expect(sent).toEqual([]);
  });
});
