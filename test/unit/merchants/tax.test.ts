import { describe, expect, test } from '@jest/globals';
import { messagesOf, shopWith, statusesOf } from '../../support/shop.ts';
import { errorsOf } from '../../support/send.ts';

// What real merchants send as taxes: none, all of it, a part of the amount, or the amount without it.

describe('a tax that is left out', () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    ['KRW', '1 x 11000 (1000)', ['1 x 11000'], ['0 units, 0 (0)']],
    [
      'KRW',
      '1 x 30000 (2727)',
      ['1 x 10000', '1 x 19000', '1 x 1000'],
      ['1 units, 20000 (1818)', '1 units, 1000 (91)', '0 units, 0 (0)'],
    ],
    ['KRW', '3 x 10000 (909)', ['1 x 10000', '2 x 10000'], ['2 units, 20000 (1818)', '0 units, 0 (0)']],
    ['KRW', '2 x 3 (1)', ['2 x 2', '2 x 1'], ['2 units, 2 (1)', '0 units, 0 (0)']],
    [
      'USD',
      '1 x 19.99 (1.82)',
      ['1 x 0.01', '1 x 10', '1 x 9.98'],
      ['1 units, 19.98 (1.82)', '1 units, 9.98 (0.91)', '0 units, 0.00 (0.00)'],
    ],
    ['KWD', '2 x 1.234 (0.111)', ['2 x 0.617', '1 x 1.234'], ['2 units, 1.234 (0.111)', '0 units, 0.000 (0.000)']],
    ['JPY', '5 x 1 (1)', ['1 x 1', '4 x 1'], ['4 units, 4 (4)', '0 units, 0 (0)']],
  ])('in %s, of %s, follows the amount and leaves none behind: %j', async (currencyCode, line, items, left) => {
    const shop = shopWith(line, { currencyCode });
    const after = [];
    for (const item of items) {
      expect((await shop.cancel(item)).status).toBe(200);
      after.push(...shop.left());
    }
    expect(after).toEqual(left);
    expect(shop.order().paymentStatus).toBe('CANCELED');
  });

  test('is in the totals of the answer, and not in its items', async () => {
    const { cancel } = shopWith('1 x 30000 (2727)');
    const { envelope } = await cancel('1 x 10000');
    expect(envelope.data).toMatchObject({ totalProductAmount: 10_000, totalProductTaxAmount: 909 });
    expect(envelope.data?.items).toEqual([{ seq: 1, itemId: 'P1', quantity: 1, amount: 10_000 }]);
  });

  test('follows what a tax that was sent before has left', async () => {
    const { cancel, left } = shopWith('1 x 11000 (1000)');
    expect(statusesOf([await cancel('1 x 1000 (0)'), await cancel('1 x 10000')])).toEqual(['200', '200']);
    expect(left()).toEqual(['0 units, 0 (0)']);
  });
});

describe('a tax of more than its amount', () => {
  test.each([
    ['KRW', '1 x 11000 (1000)', '1 x 1 (1000)', '1'],
    ['KRW', '2 x 11000 (1000)', '2 x 999 (1000)', '999'],
    ['USD', '1 x 110 (10)', '1 x 0.01 (10)', '0.01'],
    ['KWD', '1 x 11 (1)', '1 x 0.5 (0.501)', '0.500'],
  ])('in %s, of %s, is refused: %s', async (currencyCode, line, item, most) => {
    const { cancel, left } = shopWith(line, { currencyCode });
    const before = left();
    const response = await cancel(item);
    expect([response.status, response.envelope.resultCode]).toEqual([400, 'EBP-C-0004']);
    expect(errorsOf(response)).toEqual(['TAX_EXCEEDS_AMOUNT /items/0/taxAmount']);
    expect(messagesOf(response)).toContain(
      `taxAmount is a part of amount and at most ${most}. Left out, it is the tax`,
    );
    expect(left()).toEqual(before);
  });
});

describe('a tax that would stay on a line without an amount', () => {
  test.each([
    ['KRW', '1 x 11000 (1000)', '1 x 11000 (0)', '1000'],
    ['KRW', '1 x 11000 (1000)', '1 x 11000 (999)', '1000'],
    ['KRW', '3 x 11000 (1000)', '3 x 11000 (500)', '1000'],
    ['KRW', '1 x 11000 (1000)', '1 x 10500 (0)', '500'],
    ['USD', '1 x 11 (1)', '1 x 11 (0)', '1.00'],
  ])('in %s, of %s, is refused: %s', async (currencyCode, line, item, least) => {
    const { cancel } = shopWith(line, { currencyCode });
    const response = await cancel(item);
    expect(errorsOf(response)).toEqual(['TAX_LEFT_OVER /items/0/taxAmount']);
    expect(messagesOf(response)).toContain(`taxAmount must be at least ${least}. Left out, it is the tax`);
    const corrected = item.replace(/\(.*\)/, `(${least})`);
    expect(statusesOf([await cancel(corrected)])).toEqual(['200']);
  });

  test('is refused without a number where no unit tax would do', async () => {
    const { cancel, left } = shopWith('2 x 6 (3)');
    await cancel('1 x 6 (1)');
    const response = await cancel('1 x 5 (3)');
    expect(errorsOf(response)).toEqual(['TAX_LEFT_OVER /items/0/taxAmount']);
    expect(messagesOf(response)).toContain('no taxAmount per unit changes that: leave taxAmount out.');
    expect((await cancel('1 x 5')).status).toBe(200);
    expect(left()).toEqual(['1 units, 1 (1)']);
  });
});

describe('an amount that lacks its tax', () => {
  test.each([
    ['KRW', '2 x 50000 (5000)', '2 x 45000 (5000)', '50000', '4500'],
    ['KRW', '2 x 50000 (5000)', '1 x 45000 (5000)', '50000', '4500'],
    ['KRW', '1 x 11000 (1000)', '1 x 10000 (1000)', '11000', '909'],
    ['USD', '1 x 11 (1)', '1 x 10 (1)', '11.00', '0.90'],
  ])('in %s, of %s, is refused with its ways out: %s', async (currencyCode, line, item, unitAmount, tax) => {
    const message =
      `To cancel whole units send amount ${unitAmount}. ` +
      `To cancel exactly this amount, leave taxAmount out or send ${tax}.`;
    const waysOut = [
      item.replace(/x [\d.]+/, `x ${unitAmount}`),
      item.replace(/ \(.*\)/, ''),
      item.replace(/\(.*\)/, `(${tax})`),
    ];
    for (const wayOut of waysOut) {
      const { cancel, left } = shopWith(line, { currencyCode });
      const before = left();
      const response = await cancel(item);
      expect(errorsOf(response)).toEqual(['AMOUNT_WITHOUT_TAX /items/0/amount']);
      expect(messagesOf(response)).toContain(message);
      expect(left()).toEqual(before);
      expect((await cancel(wayOut)).status).toBe(200);
    }
  });

  test('is what is meant where it is exactly what is left', async () => {
    const { cancel, left } = shopWith('1 x 11000 (1000)');
    expect(statusesOf([await cancel('1 x 1000 (0)'), await cancel('1 x 10000 (1000)')])).toEqual(['200', '200']);
    expect(left()).toEqual(['0 units, 0 (0)']);
  });

  test.each(['1 x 44999 (5000)', '1 x 45000 (4999)', '1 x 45000'])('is not taken for one: %s', async (item) => {
    const { cancel } = shopWith('2 x 50000 (5000)');
    expect((await cancel(item)).status).toBe(200);
  });
});
