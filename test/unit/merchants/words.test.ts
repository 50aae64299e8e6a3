import { describe, expect, test } from '@jest/globals';
import { messagesOf, shopWith } from '../../support/shop.ts';
import { errorsOf } from '../../support/send.ts';

// What real merchants read when they have sent cents, totals without quantities, or amounts with their tax on top.

describe('an amount in cents', () => {
  test.each([
    ['USD', '1 x 19.99', '1 x 1999', '19.99'],
    ['EUR', '2 x 19.99', '2 x 1999', '19.99'],
    ['USD', '1 x 100', '1 x 10000', '100.00'],
    ['USD', '1 x 100', '1 x 5000', '50.00'],
    ['KWD', '1 x 1.234', '1 x 1234', '1.234'],
  ])('in %s is said to look like cents, with what was meant: %s, %s', async (currencyCode, line, item, meant) => {
    const { cancel } = shopWith(line, { currencyCode });
    const response = await cancel(item);
    expect(errorsOf(response)).toContain('AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount');
    expect(messagesOf(response)).toContain(`looks like minor units (cents): send major units, ${meant}.`);
    expect((await cancel(item.replace(/\d+$/, meant))).status).toBe(200);
  });

  test.each([
    ['KRW', '1 x 1999', '1 x 199900'],
    ['USD', '1 x 19.99', '1 x 20'],
    ['USD', '1 x 19.99', '1 x 199.90'],
    ['USD', '1 x 19.99', '1 x 2000'],
    ['USD', '1 x 19.99', '1 x 1999.005'],
  ])('is not suspected in %s of %s: %s', async (currencyCode, line, item) => {
    expect(messagesOf(await shopWith(line, { currencyCode }).cancel(item))).not.toContain('cents');
  });

  test('is said of a total alone as well', async () => {
    const { cancel } = shopWith('2 x 19.99', { currencyCode: 'USD' });
    const response = await cancel('2 x 19.99', { totalCancelAmount: 3998 });
    expect(errorsOf(response)).toEqual(['TOTAL_MISMATCH /totalCancelAmount']);
    expect(messagesOf(response)).toContain('send major units, 39.98.');
  });
});

describe('what is named is accepted, in one correction', () => {
  test.each<[string, string, string, number, string, number]>([
    ['a total without quantities', '2 x 50000 (5000)', '2 x 50000 (5000)', 50_000, '2 x 50000 (5000)', 100_000],
    ['a total with the tax on top', '2 x 50000 (5000)', '2 x 50000 (5000)', 110_000, '2 x 50000 (5000)', 100_000],
    ['a total less its tax', '2 x 50000 (5000)', '2 x 50000 (5000)', 90_000, '2 x 50000 (5000)', 100_000],
    ['an amount with its tax on top', '2 x 50000 (5000)', '2 x 55000 (5000)', 100_000, '2 x 50000 (5000)', 100_000],
    ['the total of a line as an amount', '2 x 50000 (5000)', '2 x 100000 (5000)', 100_000, '2 x 50000 (5000)', 100_000],
    ['an amount without its tax', '2 x 50000 (5000)', '2 x 45000 (5000)', 100_000, '2 x 50000 (5000)', 100_000],
  ])('%s', async (_what, line, item, totalCancelAmount, corrected, correctedTotal) => {
    const { cancel, left } = shopWith(line);
    const response = await cancel(item, { totalCancelAmount });
    expect([response.status, response.envelope.resultCode]).toEqual([400, 'EBP-C-0004']);
    const [, amount = ''] = corrected.split(/ x | \(/);
    expect(messagesOf(response)).toMatch(new RegExp(`\\b(${amount}|${correctedTotal})\\b`));
    expect((await cancel(corrected, { totalCancelAmount: correctedTotal })).status).toBe(200);
    expect(left()).toEqual(['0 units, 0 (0)']);
  });
});

test.each<[string, string, number, RegExp]>([
  ['2 x 50000 (5000)', '2 x 55000 (5000)', 110_000, /now 110000: correct the items first/],
  ['2 x 3000', '2 x 4000', 4000, /now 8000: correct the items first/],
  ['2 x 3000', '3 x 3000', 3000, /now 9000: correct the items first/],
  ['2 x 3000', '2 x 0', 6000, /now 0: correct the items first/],
])('of %s, %s with the total %d, the sum of items that are wrong is not named as the one to send', async (...row) => {
  const [line, item, totalCancelAmount, words] = row;
  const { cancel } = shopWith(line);
  const response = await cancel(item, { totalCancelAmount: totalCancelAmount + 1 });
  expect(messagesOf(response)).toMatch(words);
  expect(messagesOf(response)).not.toMatch(/multiply|sum of quantity x amount of the items, \d/);
});

test('every refusal by the rules says that nothing was canceled by this request, and where to look', async () => {
  const { envelope } = await shopWith('1 x 3000').cancel('2 x 3000');
  expect(envelope.message).toMatch(/Nothing was canceled by this request\. POST \/api\/v2\/payment\/detail returns/);
});

test('in Korean the same is said with the same numbers', async () => {
  const { cancel } = shopWith('3 x 10000 (909)');
  await cancel('1 x 5000');
  const response = await cancel('3 x 10000', {}, { 'X-System-Language': 'ko' });
  expect(messagesOf(response)).toMatch(/\p{Script=Hangul}/u);
  expect(messagesOf(response)).toMatch(/3 x 10000 = 30000.*25000.*2 x 10000, [^,]* 1 x 5000/);
});
