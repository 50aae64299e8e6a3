import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { stageNamed, tableNamesOf } from '../../../../lib/stages.ts';
import { secretItems } from '../../../../lambda/dynamodb/endpoint-items.ts';
import type { Options } from '../../../../tools/operator/admin-options.ts';
import type { Target } from '../../../../tools/operator/target.ts';
import { webhookCommands } from '../../../../tools/operator/webhook-commands.ts';
import { stubClient } from '../../../support/stub-client.ts';
import { secretOf } from '../../../support/webhooks.ts';

type Name = keyof typeof webhookCommands;

const row = {
  storeId: 'STORE-1',
  url: 'https://8.8.8.8/hooks',
  secrets: secretItems([
    { secret: secretOf(2), untilMs: undefined },
    { secret: secretOf(1), untilMs: Date.now() + 60_000 },
  ]),
  createdAt: 0n,
};

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => void jest.restoreAllMocks());

/** Runs a command on a table in which there is this row. */
async function run(name: Name, options: Omit<Options, 'help'>, Item?: object, isStage = true) {
  const { client, sent } = stubClient({ Item }, {});
  const stage = stageNamed('dev');
  const target: Target = { client, stage, tables: tableNamesOf('dev'), place: 'here', heading: '', isStage };
  await webhookCommands[name].run(target, { ...options, help: false }, []);
  return sent;
}

describe('what a command about webhooks refuses before it reads anything', () => {
  test.each<[Name, Omit<Options, 'help'>, string]>([
    ['set-webhook', { url: 'https://8.8.8.8/' }, '--store must be'],
    ['set-webhook', { store: 'S' }, '--url must be a URL such as https://shop.example/webhooks.'],
    ['set-webhook', { store: 'S', url: 'http://shop.example/' }, '--url must begin with https://.'],
    ['set-webhook', { store: 'S', url: 'http://127.0.0.1:9000/' }, '--url must begin with https://.'],
    ['set-webhook', { store: 'S', url: 'https://10.0.0.1/' }, '--url must lead to a public address.'],
    [
      'set-webhook',
      { store: 'S', url: 'https://8.8.8.8/', types: 'payment.voided.v1,payment.paid.v1' },
      '--types must be of payment.refund_requested.v1, ',
    ],
    ['rotate-webhook-secret', { store: 'a/b' }, '--store must be'],
    ['show-webhook', {}, '--store must be'],
    ['resume-webhook', {}, '--store must be'],
    ['remove-webhook', {}, '--store must be'],
  ])('%s %j', async (name, options, message) => {
    await expect(run(name, options)).rejects.toThrow(message);
    expect(printed).toEqual([]);
  });
});

describe('set-webhook', () => {
  test('prints the secret of a new endpoint once', async () => {
    await run('set-webhook', { store: 'S', url: 'https://8.8.8.8/hooks', types: 'payment.voided.v1' });
    expect(printed.join('\n')).toMatch(
      /^Webhooks of the types payment\.voided\.v1 of S go to https:\/\/8\.8\.8\.8\/hooks\nSecret {2}whsec_\S{44}\n\nIt is not shown again: hand it over now\.$/,
    );
  });

  test('prints no secret of an endpoint that is there', async () => {
    await run('set-webhook', { store: 'STORE-1', url: 'https://8.8.8.8/2' }, row);
    expect(printed).toEqual([
      'Webhooks of all types of STORE-1 go to https://8.8.8.8/2',
      'The secrets stay as they are.',
    ]);
  });

  test('accepts a receiver on localhost where there is no stage', async () => {
    await run('set-webhook', { store: 'S', url: 'http://127.0.0.1:9000/' }, undefined, false);
    expect(printed[0]).toBe('Webhooks of all types of S go to http://127.0.0.1:9000/');
  });
});

test('rotate-webhook-secret prints the new one, and what becomes of the others', async () => {
  await run('rotate-webhook-secret', { store: 'STORE-1' }, row);
  expect(printed.join('\n')).toMatch(
    /^Secret {2}whsec_\S{44}\n\n.* valid until \S+Z\. The one before that has ended now\.$/s,
  );
  expect(printed.join()).not.toContain(secretOf(2));
});

describe('show-webhook', () => {
  test.each([
    [{}, 'GOOD'],
    [{ busyUntil: 1n }, 'SLOW'],
    [{ busyUntil: 1n, failingSince: BigInt(Date.now()) }, 'FAILING'],
    [{ busyUntil: 1n, failingSince: 1n }, 'PAUSED'],
    [{ goneAt: 1n }, 'GONE'],
  ])('of %p says %s, and no secret', async (state, expected) => {
    await run('show-webhook', { store: 'STORE-1' }, { ...row, ...state });
    const shown = printed.join('\n');
    expect(JSON.parse(shown)).toMatchObject({ storeId: 'STORE-1', types: 'all', state: expected, validSecrets: 2 });
    expect(shown).not.toContain('whsec_');
  });
});
