import { describe, expect, test } from '@jest/globals';
import { stageNamed, tableNamesOf } from '../../../../lib/stages.ts';
import type { Options } from '../../../../tools/operator/admin-options.ts';
import { refundCommands } from '../../../../tools/operator/refund-commands.ts';
import type { Target } from '../../../../tools/operator/target.ts';
import { stubClient } from '../../../support/stub-client.ts';

const one = { store: 'S', order: 'N', refund: `RETREQ${'0'.repeat(26)}` };

describe('what a command about refunds refuses before it reads anything', () => {
  test.each<[keyof typeof refundCommands, Omit<Options, 'help'>, string]>([
    ['list-refunds', {}, '--status must be one of REQUESTED, PENDING, SUCCEEDED, FAILED, RESOLVED.'],
    ['list-refunds', { status: 'failed' }, '--status must be one of'],
    ['list-refunds', { status: 'FAILED', limit: '0' }, '--limit must be a whole number from 1'],
    ['list-refunds', { status: 'FAILED', 'older-than': '1h' }, '--older-than must be a whole number'],
    ['list-refunds', { status: 'FAILED', store: 'a/b' }, '--store must be'],
    ['retry-refund', { ...one, refund: 'RETREQ' }, '--refund must be the returnRequestId'],
    ['retry-refund', { store: 'S', order: 'N' }, '--refund must be the returnRequestId'],
    ['retry-refund', { ...one, account: 'no-such.json' }, 'The account file no-such.json cannot be read (ENOENT).'],
    ['resolve-refund', one, '--note must be 1 to 500 characters'],
    ['resolve-refund', { ...one, note: 'a\nb' }, '--note must be 1 to 500 characters'],
    ['resolve-refund', { ...one, note: '\u202e' }, '--note must be 1 to 500 characters'],
    ['resolve-refund', { ...one, note: 'x'.repeat(501) }, '--note must be 1 to 500 characters'],
    ['republish', { store: 'S' }, '--order must be'],
    ['republish', { ...one, refund: 'all' }, '--refund must be the returnRequestId'],
  ])('%s %j', async (name, options, message) => {
    const { client, sent } = stubClient();
    const stage = stageNamed('dev');
    const target: Target = { client, stage, tables: tableNamesOf('dev'), place: 'here', heading: '', isStage: false };
    const given = { ...options, help: false };
    await expect(refundCommands[name].run(target, given, [])).rejects.toThrow(message);
    expect(sent).toEqual([]);
  });
});
