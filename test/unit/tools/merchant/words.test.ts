import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleText, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { type CancelCommand, serveCancelCommand } from '../../../support/cancel-command.ts';

let command: CancelCommand;

beforeEach(async () => {
  command = await serveCancelCommand();
});
afterEach(() => command.close());

const cancel = async (text: string, ...options: string[]) => await command.cancel(text, '--language', 'ko', ...options);

/** What is no sentence of a language: names of fields, headers, reasons, codes and options, ids, and numbers. */
const names =
  /npm start|quantity x amount|\d+ x \d+|--[a-z-]+|[A-Za-z]+(?:-[A-Z][a-z]+)+|\/?(?:items|body)\/\S+|[A-Z_]{3,}\S*|"[^"]*"|\b(?:seq|returnRequestId|requestId|ETag|orderNo|items|totalCancelAmount|taxAmount|quantity|amount|POST|url)\b|http:\S+|\/api\S+|\b[\dA-Fa-f-]{36}\b|\d{4}-\S+|\bP00\d\b/g;
const englishIn = (printed: string) => printed.replaceAll(names, '').match(/[a-z]{2,}/gi) ?? [];

describe('npm run cancel --language ko speaks Korean alone', () => {
  test('of what was canceled, before and now, and of what remains', async () => {
    const first = await cancel(exampleText('full-order', 'request'));
    const again = await cancel(exampleText('full-order', 'request'));
    expect(first.stdout).toMatch(`취소되었습니다: 주문 ORD20251224001, 106000 KRW.

  seq 1   P001   2 x 50000   100000 KRW   세액 10000
  seq 2   P002   1 x 3000    3000 KRW     세액 0
  seq 3   P003   1 x 3000    3000 KRW     세액 0
  상품                       106000 KRW   세액 10000
  배송                       0 KRW        세액 0
`);
    expect(first.stdout).toContain(`
취소 가능 내역(결제 상태 CANCELED):

  seq 1   P001   2개 중 0개   0 KRW   세액 0
`);
    expect(again.stdout).toMatch(/^이미 취소되었습니다: 주문 ORD20251224001, 106000 KRW\. 처음 응답을/);
    expect([englishIn(first.stdout), englishIn(again.stdout)]).toEqual([[], []]);
  });

  test.each<[string, string, readonly string[]]>([
    ['a refusal', JSON.stringify(requestOf([itemOf()], { totalCancelAmount: 1 })), []],
    ['an order that has changed', JSON.stringify(requestOf([itemOf()])), ['--if-match', 'ORD20251224001.7']],
    ['a body that breaks the schema', '{"orderNo":1}', []],
  ])('of %s', async (_what, text, options) => {
    const { stderr } = await cancel(text, ...options);
    expect(stderr).toMatch(/[가-힣]/);
    expect(englishIn(stderr)).toEqual([]);
  });
});
