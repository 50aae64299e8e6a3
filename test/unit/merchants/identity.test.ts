import { describe, expect, test } from '@jest/globals';
import type { RefundAccount } from '../../../lambda/domain/cancellation.ts';
import { type Headers, messagesOf, shopWith, statusesOf } from '../../support/shop.ts';
import { type CancelResponse, dataOf, errorsOf } from '../../support/send.ts';

// What real merchants send: the same cancellation again, in other words, and what looks like it but is another one.

const account: RefundAccount = { accountNumber: '110-123-456789', bankCode: '004', accountHolderName: 'José Kim' };
const withAccount = (overrides: Partial<RefundAccount>) => ({ refundAccount: { ...account, ...overrides } });
const bank = { refundMethod: 'BANK_ACCOUNT' } as const;

describe('a refund account in another spelling is the same', () => {
  test.each<[string, Partial<RefundAccount>]>([
    ['without hyphens', { accountNumber: '110123456789' }],
    ['with other hyphens', { accountNumber: '1101-2345-6789' }],
    ['as a number', { accountNumber: 110_123_456_789 }],
    ['with a bank code in two parts', { bankCode: '0 04' }],
    ['with a hyphen in the bank code', { bankCode: '0-04' }],
    ['with letters and marks apart', { accountHolderName: 'Jose\u0301 Kim' }],
  ])('%s', async (_spelling, other) => {
    for (const order of [bank, {}]) {
      const { cancel, left } = shopWith('2 x 50000', order);
      const responses = [await cancel('1 x 50000', withAccount({})), await cancel('1 x 50000', withAccount(other))];
      expect(statusesOf(responses)).toEqual(['200', '200 replay']);
      expect(left()).toEqual(['1 units, 50000 (0)']);
    }
  });

  test('with an idempotency key as well', async () => {
    const { cancel } = shopWith('2 x 50000', bank);
    const key = { 'X-Idempotency-Key': 'K' };
    const first = await cancel('1 x 50000', withAccount({}), key);
    const second = await cancel('1 x 50000', withAccount({ accountNumber: '110123456789' }), key);
    expect(statusesOf([first, second])).toEqual(['200', '200 replay']);
  });
});

describe('where the money goes back the way it was paid, every account is the same', () => {
  test.each<[string, object, object]>([
    ['one and none', withAccount({}), {}],
    ['none and one', {}, withAccount({})],
    ['one and another', withAccount({}), withAccount({ accountNumber: '999', accountHolderName: 'Lee' })],
    ['one and a part of one', withAccount({}), { refundAccount: { bankCode: '011' } }],
  ])('%s', async (_which, one, other) => {
    const { cancel, left } = shopWith('2 x 50000 (5000)');
    expect(statusesOf([await cancel('1 x 50000', one), await cancel('1 x 50000', other)])).toEqual([
      '200',
      '200 replay',
    ]);
    expect(left()).toEqual(['1 units, 50000 (5000)']);
  });

  test('on a void too, where no money has moved', async () => {
    const { cancel } = shopWith('1 x 50000', { ...bank, paymentStatus: 'AUTHORIZED' });
    const responses = [await cancel('1 x 50000'), await cancel('1 x 50000', withAccount({}))];
    expect(statusesOf(responses)).toEqual(['200', '200 replay']);
  });
});

describe('another person’s account', () => {
  test.each<[string, Partial<RefundAccount>]>([
    ['another number', { accountNumber: '220-987-654321' }],
    ['another bank', { bankCode: '011' }],
    ['another holder', { accountHolderName: 'Lee' }],
    ['a number with a leading zero', { accountNumber: '0110123456789' }],
  ])('%s is refused with the first returnRequestId, and no account is said', async (_which, other) => {
    const { cancel, left } = shopWith('2 x 50000', bank);
    const first = await cancel('1 x 50000', withAccount({}));
    const second = await cancel('1 x 50000', withAccount(other));
    expect(second.status).toBe(409);
    expect(second.envelope.resultCode).toBe('EBP-C-0005');
    expect(errorsOf(second)).toEqual(['DUPLICATE_CANCELLATION /refundAccount']);
    expect(messagesOf(second)).toContain(dataOf(first).returnRequestId);
    expect(second.text).not.toMatch(/110|220|José|Lee|456789|654321/);
    expect(left()).toEqual(['1 units, 50000 (0)']);
  });

  test('with the same idempotency key is another request', async () => {
    const { cancel, left } = shopWith('2 x 50000', bank);
    const key = { 'X-Idempotency-Key': 'K' };
    await cancel('1 x 50000', withAccount({}), key);
    const second = await cancel('1 x 50000', withAccount({ bankCode: '011' }), key);
    expect(second.status).toBe(422);
    expect(errorsOf(second)).toEqual(['IDEMPOTENCY_KEY_REUSED X-Idempotency-Key']);
    expect(left()).toEqual(['1 units, 50000 (0)']);
  });
});

describe('taxes in another spelling', () => {
  test.each([
    ['1 x 1000', '1 x 1000 (0)'],
    ['1 x 1000 (0)', '1 x 1000'],
    ['1 x 500', '1 x 500 (0)'],
  ])('are the same on a line without tax: %s and %s', async (one, other) => {
    const { cancel } = shopWith('3 x 1000');
    expect(statusesOf([await cancel(one), await cancel(other)])).toEqual(['200', '200 replay']);
  });

  test.each([
    ['1 x 50000', '1 x 50000 (5000)'],
    ['1 x 50000 (5000)', '1 x 50000'],
    ['1 x 40000 (0)', '1 x 40000'],
    ['1 x 40000 (3000)', '1 x 40000 (4000)'],
  ])('are not on a line with tax, but nothing is paid twice: %s and %s', async (one, other) => {
    const { cancel, left } = shopWith('2 x 50000 (5000)');
    const first = await cancel(one);
    const before = left();
    const second = await cancel(other);
    expect(second.status).toBe(409);
    expect(errorsOf(second)).toEqual(['DUPLICATE_CANCELLATION /items/0/taxAmount']);
    expect(messagesOf(second)).toContain(`made as ${dataOf(first).returnRequestId}, with another taxAmount`);
    expect(messagesOf(second)).toContain('do not cancel again: give us this returnRequestId');
    expect(left()).toEqual(before);
  });

  test('with everything else that differs is named in one answer', async () => {
    const { cancel } = shopWith(['2 x 50000 (5000)', '2 x 1000 (100)'], bank);
    await cancel(['1 x 50000', '1 x 1000'], withAccount({}));
    const second = await cancel(['1 x 50000 (5000)', '1 x 1000 (100)'], withAccount({ bankCode: '011' }));
    expect(errorsOf(second)).toEqual([
      'DUPLICATE_CANCELLATION /items/0/taxAmount',
      'DUPLICATE_CANCELLATION /items/1/taxAmount',
      'DUPLICATE_CANCELLATION /refundAccount',
    ]);
  });
});

/** The same request once with each of these headers. */
async function sendWith(...each: readonly Headers[]): Promise<string[]> {
  const { cancel } = shopWith('3 x 1000');
  const responses: CancelResponse[] = [];
  for (const headers of each) responses.push(await cancel('1 x 1000', {}, headers));
  return statusesOf(responses);
}

describe('an idempotency key', () => {
  test('under the name that others use makes two cancellations of two', async () => {
    expect(await sendWith({ 'Idempotency-Key': 'a' }, { 'Idempotency-Key': 'b' })).toEqual(['200', '200']);
    expect(await sendWith({ 'Idempotency-Key': 'a' }, { 'idempotency-key': 'a' })).toEqual(['200', '200 replay']);
  });

  test('is the same under both names, with quotes or without', async () => {
    const one = { 'X-Idempotency-Key': 'K' };
    expect(await sendWith(one, { 'Idempotency-Key': 'K' })).toEqual(['200', '200 replay']);
    expect(await sendWith(one, { 'Idempotency-Key': '"K"' })).toEqual(['200', '200 replay']);
    expect(await sendWith(one, { ...one, 'Idempotency-Key': '"K"' })).toEqual(['200', '200 replay']);
  });

  test('that a proxy has joined from two headers is refused', async () => {
    expect(await sendWith({ 'X-Idempotency-Key': 'K' }, { 'X-Idempotency-Key': 'K, K' })).toEqual(['200', '400']);
    expect(await sendWith({ 'Idempotency-Key': 'K' }, { 'Idempotency-Key': '"K", "K"' })).toEqual(['200', '400']);
  });

  test('that is another one in each header is refused', async () => {
    const { cancel, left } = shopWith('3 x 1000');
    const response = await cancel('1 x 1000', {}, { 'X-Idempotency-Key': 'a', 'Idempotency-Key': 'b' });
    expect(response.status).toBe(400);
    expect(errorsOf(response)).toEqual(['HEADERS_DIFFER Idempotency-Key']);
    expect(left()).toEqual(['3 units, 3000 (0)']);
  });

  test('that was used for another request is named by the header it came in', async () => {
    const { cancel } = shopWith('3 x 1000');
    await cancel('1 x 1000', {}, { 'Idempotency-Key': 'K' });
    const second = await cancel('2 x 1000', {}, { 'Idempotency-Key': 'K' });
    expect(second.status).toBe(422);
    expect(errorsOf(second)).toEqual(['IDEMPOTENCY_KEY_REUSED Idempotency-Key']);
  });
});

describe('the currency is compared before a replay is answered', () => {
  test.each([{}, { 'X-Idempotency-Key': 'K' }])('with the headers %j', async (headers) => {
    const { cancel } = shopWith('3 x 1000');
    await cancel('1 x 1000', {}, headers);
    const second = await cancel('1 x 1000', {}, { ...headers, 'X-Currency-Code': 'USD' });
    expect([second.status, second.envelope.resultCode]).toEqual([400, 'EBP-C-0004']);
    expect(errorsOf(second)).toEqual(['CURRENCY_MISMATCH X-Currency-Code']);
    expect(statusesOf([await cancel('1 x 1000', {}, headers)])).toEqual(['200 replay']);
  });

  test('but a key that was used for another request, and another tax, come first', async () => {
    const { cancel } = shopWith('3 x 1000 (100)');
    const usd = { 'X-Currency-Code': 'USD' };
    await cancel('1 x 1000', {}, { 'X-Idempotency-Key': 'K' });
    expect((await cancel('2 x 1000', {}, { ...usd, 'X-Idempotency-Key': 'K' })).status).toBe(422);
    await cancel('1 x 1000');
    expect((await cancel('1 x 1000 (100)', {}, usd)).status).toBe(409);
  });
});
