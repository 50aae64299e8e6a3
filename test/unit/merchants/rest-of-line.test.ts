import { describe, expect, test } from '@jest/globals';
import { messagesOf, shopWith } from '../../support/shop.ts';
import { dataOf, errorsOf } from '../../support/send.ts';

// What real merchants send for the rest of a line, and what they have to read to get there.

describe('the rest of a line of which a part was canceled', () => {
  test.each<[string, string, string, string, readonly string[]]>([
    ['KRW', '3 x 10000 (909)', '1 x 5000 (454)', '3 x 10000', ['2 x 10000', '1 x 5000']],
    ['KRW', '3 x 10000', '2 x 10000', '2 x 10000', ['1 x 10000']],
    ['KRW', '2 x 3000', '1 x 1000', '2 x 3000', ['2 x 2500']],
    ['KRW', '2 x 3000', '1 x 1001', '2 x 3000', ['1 x 3000', '1 x 1999']],
    ['KRW', '1 x 3000', '1 x 2000', '1 x 3000', ['1 x 1000']],
    ['USD', '2 x 19.99', '1 x 0.01', '2 x 19.99', ['1 x 19.99', '1 x 19.98']],
    ['KWD', '3 x 1.000', '1 x 0.5', '3 x 1', ['2 x 1.000', '1 x 0.500']],
    ['KRW', '5 x 100 (9)', '1 x 99', '6 x 100', ['4 x 100', '1 x 1']],
  ])('in %s, of %s after %s: %s is answered with the steps that cancel it', async (...row) => {
    const [currencyCode, line, earlier, tooMuch, steps] = row;
    const { cancel, left, order } = shopWith(line, { currencyCode });
    await cancel(earlier, {}, { 'Idempotency-Key': 'earlier' });
    const response = await cancel(tooMuch);
    expect(response.status).toBe(400);
    expect(messagesOf(response)).toContain(
      `To cancel all of it, send quantity x amount ${steps.join(', then in another request ')}, without taxAmount.`,
    );
    for (const step of steps) expect((await cancel(step, {}, { 'Idempotency-Key': step })).status).toBe(200);
    expect(left().every((text) => /^0 units, 0(\.0+)? \(0(\.0+)?\)$/.test(text))).toBe(true);
    expect(order().paymentStatus).toBe('CANCELED');
  });

  test.each(['2 x 5000', '3 x 9000', '4 x 1', '1 x 0'])(
    'is named for whatever is asked for too much or for nothing: %s',
    async (item) => {
      const { cancel } = shopWith('3 x 10000');
      await cancel('2 x 10000');
      await cancel('1 x 5000');
      const response = await cancel(item, {}, { 'Idempotency-Key': 'K' });
      expect(messagesOf(response)).toContain(
        'To cancel all of it, send quantity x amount 1 x 5000, without taxAmount.',
      );
    },
  );
});

describe('a product that is more than what is left', () => {
  test.each([
    ['KRW', '2 x 3000', '1 x 1000', '2 x 3000', '2 x 3000 = 6000, more than the 5000 left of the line'],
    ['USD', '2 x 30', '1 x 10', '2 x 30', '2 x 30.00 = 60.00, more than the 50.00 left of the line'],
    ['KWD', '2 x 3', '1 x 1', '2 x 3', '2 x 3.000 = 6.000, more than the 5.000 left of the line'],
  ])('in %s is named, and what is left as well: %s', async (currencyCode, line, earlier, item, words) => {
    const { cancel } = shopWith(line, { currencyCode });
    await cancel(earlier);
    expect(messagesOf(await cancel(item))).toContain(`quantity x amount is ${words}.`);
  });

  test('leads to no total that would be refused again', async () => {
    const { cancel } = shopWith('2 x 3000');
    await cancel('1 x 1000');
    const response = await cancel('2 x 3000', { totalCancelAmount: 3000 });
    expect(errorsOf(response)).toEqual([
      'AMOUNT_EXCEEDS_REMAINING /items/0/amount',
      'TOTAL_MISMATCH /totalCancelAmount',
    ]);
    expect(messagesOf(response)).toContain('now 6000: correct the items first, then send their sum.');
    expect(messagesOf(response)).not.toMatch(/multiply/);
  });
});

describe('a line with nothing left', () => {
  test.each([
    ['1 x 11000', ['1 x 11000']],
    ['2 x 11000 (1000)', ['2 x 11000']],
    ['1 x 11000', ['1 x 1000', '1 x 10000']],
  ])('of %s says so, and names no amount', async (line, earlier) => {
    const { cancel } = shopWith([line, '1 x 500']);
    for (const item of earlier) await cancel(item);
    const response = await cancel('1 x 0');
    expect(errorsOf(response)).toContain('AMOUNT_NOT_POSITIVE /items/0/amount');
    expect(messagesOf(response)).toContain('Nothing is left of the line that could be canceled.');
    expect(messagesOf(response)).not.toMatch(/at most|To cancel all of it/);
  });

  test('names the smaller of the unit amount and what is left where there is some', async () => {
    const { cancel } = shopWith('1 x 11000');
    expect(messagesOf(await cancel('1 x 0'))).toContain('with quantity 1, at most 11000.');
    await cancel('1 x 10000');
    expect(messagesOf(await cancel('1 x 0'))).toContain('with quantity 1, at most 1000.');
  });

  test('names a quantity that what is left can be shared by', async () => {
    const { cancel } = shopWith('2 x 3');
    await cancel('1 x 3', {}, { 'Idempotency-Key': 'a' });
    await cancel('1 x 2');
    expect(messagesOf(await cancel('2 x 0'))).toContain('with quantity 1, at most 1.');
  });
});

describe('more decimals than the currency has', () => {
  test.each<[string, string, string, string[]]>([
    ['JPY', '1 x 20000', '1 x 20000.9', ['AMOUNT_EXCEEDS_UNIT_AMOUNT', 'AMOUNT_EXCEEDS_REMAINING']],
    ['USD', '1 x 19.99', '1 x 19.991', ['AMOUNT_EXCEEDS_UNIT_AMOUNT', 'AMOUNT_EXCEEDS_REMAINING']],
    ['KWD', '1 x 1.999', '1 x 0.0005', []],
    ['KRW', '2 x 100', '3 x 0.5', ['QUANTITY_EXCEEDS_REMAINING']],
  ])('in %s hide nothing else that is wrong: %s, %s', async (currencyCode, line, item, reasons) => {
    const { cancel } = shopWith(line, { currencyCode });
    const response = await cancel(item, { totalCancelAmount: 1 });
    const ofItem = errorsOf(response).filter((error) => error.includes('/items/0/'));
    expect(new Set(ofItem.map((error) => error.split(' ')[0]))).toEqual(new Set(['AMOUNT_PRECISION', ...reasons]));
    expect(errorsOf(response)).toContain('TOTAL_MISMATCH /totalCancelAmount');
  });

  test.each(['2 x 3000.5', '2 x 0', '3 x 1.5'])('are in no step that is named: %s', async (item) => {
    const { cancel } = shopWith('2 x 3000');
    await cancel('1 x 1001');
    expect(messagesOf(await cancel(item, { totalCancelAmount: 0.5 }))).toContain(
      '1 x 3000, then in another request 1 x 1999,',
    );
  });
});

describe('the units that each cancellation took', () => {
  test.each<[string, readonly string[], readonly number[]]>([
    ['2 x 100', ['2 x 50', '1 x 100'], [0, 2]],
    ['2 x 100', ['1 x 100', '1 x 100'], [1, 1]],
    ['2 x 100', ['1 x 50', '1 x 100', '1 x 50'], [0, 1, 1]],
    ['3 x 0', ['1 x 0', '2 x 0'], [1, 2]],
  ])('of %s are in the detail: %j', async (line, items, units) => {
    const { cancel, ask } = shopWith(line);
    for (const [index, item] of items.entries()) await cancel(item, {}, { 'Idempotency-Key': `key-${index}` });
    const { cancellations, items: lines } = dataOf(await ask());
    expect(cancellations?.map((one) => one.items[0]?.canceledQuantity)).toEqual(units);
    expect(cancellations?.map(({ idempotencyKey }) => idempotencyKey)).toEqual(
      items.map((_item, index) => `key-${index}`),
    );
    expect(lines[0]?.canceledQuantity).toBe(lines[0]?.quantity);
  });
});
