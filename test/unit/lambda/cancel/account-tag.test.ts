import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { accountTagOf } from '../../../../lambda/cancel/account-tag.ts';
import type { RefundAccount } from '../../../../lambda/domain/cancellation.ts';

const account: RefundAccount = { accountNumber: '110-123-456789', bankCode: '004', accountHolderName: '홍길동' };
const tag = accountTagOf(account);

test('a tag is 16 bits of a SHA-256, which records keep for ever', () => {
  const canonical = JSON.stringify(['110123456789', '004', '홍길동']);
  expect(tag).toBe(createHash('sha256').update(canonical).digest('hex').slice(0, 4));
});

describe('accounts that are the same have the same tag', () => {
  test.each<[string, RefundAccount]>([
    ['without hyphens in the number', { ...account, accountNumber: '110123456789' }],
    ['with others', { ...account, accountNumber: '1101-2345-6789' }],
    ['with the number as a number', { ...account, accountNumber: 110_123_456_789 }],
    ['with a hyphen in the bank code', { ...account, bankCode: '0-04' }],
    ['with spaces in the bank code', { ...account, bankCode: ' 0 04 ' }],
    ['with the holder in decomposed characters', { ...account, accountHolderName: '홍길동'.normalize('NFD') }],
    ['in another order', Object.fromEntries(Object.entries(account).toReversed())],
  ])('%s', (_how, other) => {
    expect(accountTagOf(other)).toBe(tag);
  });
});

describe('another account has another tag', () => {
  test.each<[string, RefundAccount]>([
    ['of another number', { ...account, accountNumber: '110-123-456788' }],
    ['whose number has one more 0 in front', { ...account, accountNumber: '0110123456789' }],
    ['of another bank', { ...account, bankCode: '005' }],
    ['of another holder', { ...account, accountHolderName: '홍길순' }],
    ['of a holder with a space', { ...account, accountHolderName: '홍 길동' }],
    ['of a holder with a hyphen', { ...account, accountHolderName: '홍-길동' }],
    ['with its fields exchanged', { ...account, accountNumber: '004', bankCode: '110123456789' }],
    ['without a number', { bankCode: '004', accountHolderName: '홍길동' }],
    ['without a bank', { accountNumber: '110123456789', accountHolderName: '홍길동' }],
    ['without a holder', { accountNumber: '110123456789', bankCode: '004' }],
    ['that is empty', {}],
  ])('%s', (_how, other) => {
    expect(accountTagOf(other)).not.toBe(tag);
  });
});
