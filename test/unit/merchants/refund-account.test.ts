import { describe, expect, test } from '@jest/globals';
import { messagesOf, shopWith } from '../../support/shop.ts';
import { errorsOf, send } from '../../support/send.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';

// What real merchants send as refund accounts: numbers that lose digits on the way, and fields that no bank can pay.

const account = { accountNumber: '110-123-456789', bankCode: '004', accountHolderName: 'Kim' };

async function refundTo(refundAccount: object, refundMethod: 'BANK_ACCOUNT' | 'ORIGINAL' = 'BANK_ACCOUNT') {
  const { cancel, left } = shopWith('2 x 50000', { refundMethod });
  return { response: await cancel('1 x 50000', { refundAccount }), left: left() };
}

/** Sends a body with this text for the number, which JSON.stringify might not write. */
async function refundToText(accountNumber: string) {
  const { service } = shopWith('2 x 50000', { refundMethod: 'BANK_ACCOUNT' });
  const item = itemOf({ seq: 1, itemId: 'P1', amount: 50_000 });
  const body = JSON.stringify(requestOf([item], { refundAccount: { ...account, accountNumber: 'HERE' } }));
  return await send(service, body.replace('"HERE"', accountNumber));
}

describe('an account number that no double holds', () => {
  test.each(['12345678901234567', '9007199254740992', '110123456789012345678901', '110123456789.5'])(
    '%s is answered with the string that it should be, never with fewer digits',
    async (accountNumber) => {
      const response = await refundToText(accountNumber);
      expect(response.status).toBe(400);
      expect(errorsOf(response)).toEqual(['FIELD_INVALID /refundAccount/accountNumber']);
      expect(messagesOf(response)).toContain('send any other account number as a string');
      expect(messagesOf(response)).not.toMatch(/significant|15/);
    },
  );

  test.each(['9007199254740991', '110123456789'])('%s is one that a double holds', async (accountNumber) => {
    expect((await refundToText(accountNumber)).status).toBe(200);
  });

  test('is accepted as a string', async () => {
    expect((await refundTo({ ...account, accountNumber: '12345678901234567' })).response.status).toBe(200);
  });
});

describe.each(['BANK_ACCOUNT', 'ORIGINAL'] as const)('of an order that is refunded to %s', (refundMethod) => {
  test.each<[string, object]>([
    ['a holder of a space', { accountHolderName: ' ' }],
    ['a holder of punctuation', { accountHolderName: '-' }],
    ['a bank code of a space', { bankCode: ' ' }],
    ['a bank code of hyphens', { bankCode: '--' }],
    ['a number of hyphens', { accountNumber: '-' }],
    ['a number of zeros', { accountNumber: '000-000' }],
    ['a number of letters', { accountNumber: 'ABC' }],
    ['a negative number', { accountNumber: -5 }],
    ['the number 0', { accountNumber: 0 }],
    ['a holder with a zero-width space', { accountHolderName: 'Kim\u200b' }],
    ['a holder with a line break', { accountHolderName: 'Kim\nLee' }],
    ['a bank code with a turn of direction', { bankCode: '\u202e004' }],
  ])('%s is refused', async (_what, wrong) => {
    const { response, left } = await refundTo({ ...account, ...wrong }, refundMethod);
    expect([response.status, response.envelope.resultCode]).toEqual([400, 'EBP-C-0007']);
    expect(errorsOf(response)).toEqual([`FIELD_INVALID /refundAccount/${Object.keys(wrong).join('')}`]);
    expect(left).toEqual(['2 units, 100000 (0)']);
  });
});

test.each<[string, object]>([
  ['a number with a leading zero', { accountNumber: '0123' }],
  ['an IBAN', { accountNumber: 'DE89370400440532013000' }],
  ['a holder with an apostrophe', { accountHolderName: "O'Neil" }],
  ['a holder in Hangul', { accountHolderName: '김철수' }],
  ['a holder in Persian with a non-joiner', { accountHolderName: 'علی\u200cرضا' }],
  ['a holder of one letter', { accountHolderName: '김' }],
])('%s is accepted', async (_what, other) => {
  expect((await refundTo({ ...account, ...other })).response.status).toBe(200);
});
