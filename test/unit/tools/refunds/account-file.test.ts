import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readAccountFile } from '../../../../tools/refunds/account-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-test-'));
  file = join(folder, 'account.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const account = { accountNumber: '110-234-567890', bankCode: 'KB', accountHolderName: 'Hong Gildong' };

const read = (content: unknown) => {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readAccountFile(file);
};
const problemOf = (content: unknown): string => {
  try {
    read(content);
  } catch (error) {
    return (error as Error).message.replace(`The account file ${file}`, '');
  }
  return 'it was accepted';
};

describe('the file of an account', () => {
  test('is read as it is, and a number is one as well', () => {
    expect(read(account)).toEqual(account);
    expect(read({ ...account, accountNumber: 1_102_345 })).toEqual({ ...account, accountNumber: 1_102_345 });
  });

  test.each<[string, unknown, string]>([
    ['is not JSON', '{"accountNumber":"110-234', ' is not valid JSON.'],
    ['is no object', [account], ': it must be a JSON object with accountNumber, bankCode, accountHolderName.'],
    [
      'lacks a field',
      { ...account, bankCode: undefined },
      ': bankCode is missing: send a string of 1 to 20 characters',
    ],
    [
      'has a number without digits',
      { ...account, accountNumber: '00-00' },
      ': accountNumber must be a string of 1 to 34',
    ],
    [
      'has a name that is not seen',
      { ...account, accountHolderName: '\u200b' },
      ': accountHolderName must be a string',
    ],
    ['has a field twice', '{"bankCode":"A","bankCode":"B"}', ': bankCode stands more than once'],
    ['has a field that is unknown', { ...account, '110-234': 'x' }, ': it has a field that is none of accountNumber'],
    ['has too many digits', `{"accountNumber":12345678901234567890}`, ': accountNumber must be a string of 1 to 34'],
    ['is too long', ' '.repeat(10_001), ' has more than 10000 bytes'],
  ])('that %s is refused without its values', (_what, content, problem) => {
    const found = problemOf(content);
    expect(found).toMatch(problem);
    expect(found).not.toMatch(/110|123456|Gildong|00-00/);
  });
});
