import { expect, test } from '@jest/globals';
import { memoryService } from '../../../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { errorsOf, send } from '../../../support/send.ts';

const request = requestOf([itemOf()]);
const json = JSON.stringify(request);

test('a body that breaks the schema is refused with each place', async () => {
  const service = memoryService([orderOf()]);
  const response = await send(service, { ...request, orderNo: 'a/b', items: [{ ...itemOf(), seq: 0, tax: 1 }] });
  expect(response.status).toBe(400);
  expect(response.envelope).toMatchObject({ resultCode: 'EBP-C-0007', data: null });
  expect(errorsOf(response).sort()).toEqual([
    'FIELD_INVALID /items/0/seq',
    'FIELD_INVALID /orderNo',
    'FIELD_UNKNOWN /items/0/tax',
  ]);
  expect(service.writes).toEqual([]);
});

test('a misspelt taxAmount never turns into another cancellation', async () => {
  const response = await send(memoryService([orderOf()]), { ...request, items: [{ ...itemOf(), taxamount: 5 }] });
  expect(errorsOf(response)).toEqual(['FIELD_UNKNOWN /items/0/taxamount']);
});

test.each([
  [
    'a name that stands twice',
    json.replace('"amount":3000', '"amount":1,"amount":3000'),
    'FIELD_REPEATED /items/0/amount',
  ],
  [
    'more than 15 digits',
    json.replace('"amount":3000', '"amount":3000.0000000000001'),
    'TOO_MANY_DIGITS /items/0/amount',
  ],
])('%s is refused, though parsing would hide it', async (_what, text, error) => {
  const response = await send(memoryService([orderOf()]), text);
  expect(response.status).toBe(400);
  expect(response.envelope.resultCode).toBe('EBP-C-0007');
  expect(errorsOf(response)).toEqual([error]);
});

test('what parsing hides is listed together with what breaks the schema elsewhere', async () => {
  const text = json.replace('"seq":3', '"seq":3,"seq":0').replace('"orderNo":"ORD20251224001"', '"orderNo":1');
  expect(errorsOf(await send(memoryService([orderOf()]), text)).sort()).toEqual([
    'FIELD_INVALID /orderNo',
    'FIELD_REPEATED /items/0/seq',
  ]);
});

test('a tax that a double makes 0 is refused, for it has more decimals than the currency', async () => {
  const service = memoryService([orderOf()]);
  const text = json.replace('"amount":3000', '"amount":3000,"taxAmount":1e-400');
  expect((await send(service, text)).status).toBe(400);
  expect(service.writes).toEqual([]);
});

test.each([
  ['123456789012345', 123_456_789_012_345n],
  ['1.23456789012345e14', 123_456_789_012_345n],
  ['3000.0', 3000n],
  ['3e3', 3000n],
])('%s KRW is read exactly', async (amount, minor) => {
  const service = memoryService([
    orderOf({ lines: [lineOf({ seq: 3, itemId: 'P003', quantity: 1, unitAmountMinor: minor, unitTaxMinor: 0n })] }),
  ]);
  const text = json.replaceAll('3000', amount);
  expect((await send(service, text)).status).toBe(200);
  expect(service.writes[0]?.cancellation.items[0]?.taken.amountMinor).toBe(minor);
});

test('an account number is a text or a safe integer', async () => {
  const withNumber = json.replace('{', '{"refundAccount":{"accountNumber":9007199254740991},');
  expect((await send(memoryService([orderOf()]), withNumber)).status).toBe(200);
  const tooLarge = json.replace('{', '{"refundAccount":{"accountNumber":9007199254740993},');
  expect((await send(memoryService([orderOf()]), tooLarge)).status).toBe(400);
});

test('a response lists at most 1000 places', async () => {
  const unknown = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`unknown${index}`, 1]));
  const response = await send(memoryService([orderOf()]), { ...request, ...unknown });
  expect(response.envelope.errors).toHaveLength(1000);
});

test.each([
  ['a name of slashes, and many names in it', `{"${'/'.repeat(32_000)}":{${'"":1,'.repeat(6704)}"":1}}`],
  ['a name of its own, as long as may be', `{"${'/'.repeat(65_000)}":1}`],
  ['many unknown names', `{${Array.from({ length: 6000 }, (_value, index) => `"x${index}":1`).join()}}`],
  ['many items', `{"items":[${Array<string>(30_000).fill('1').join()}]}`],
  ['a hundred items of nothing', `{"items":[${Array<string>(100).fill('{"x":1}').join()}]}`],
])('%s: the response stays well below what a function may return', async (_what, text) => {
  const response = await send(memoryService([orderOf()]), text);
  expect(response.status).toBe(400);
  expect(response.text.length).toBeLessThan(512 * 1024);
});

test.each([
  ['half a character', '\ud800'],
  ['a line break', 'a\nb'],
  ['a control character', '\u0000'],
])('%s has no place in a refund account', async (_what, text) => {
  const refundAccount = { accountNumber: '1', bankCode: text, accountHolderName: text };
  expect(errorsOf(await send(memoryService([orderOf()]), { ...request, refundAccount }))).toEqual([
    'FIELD_INVALID /refundAccount/bankCode',
    'FIELD_INVALID /refundAccount/accountHolderName',
  ]);
});
