import { expect, test } from '@jest/globals';
import { etagOf, ifMatchPattern, matchesEtag } from '../../../../lambda/contract/etag.ts';

const order = { orderNo: 'ORD-1.2_a', version: 3 };

test('an ETag is the order number and its version, in double quotes', () => {
  expect(etagOf(order)).toBe('"ORD-1.2_a.3"');
});

test.each([1, 10, Number.MAX_SAFE_INTEGER])('the ETag of version %d is a value of If-Match', (version) => {
  const etag = etagOf({ ...order, orderNo: 'o'.repeat(64), version });
  expect(etag).toMatch(new RegExp(ifMatchPattern));
  expect(matchesEtag(etag, etag)).toBe(true);
});

test.each(['*', '"ORD-1.2_a.3"', 'W/"ORD-1.2_a.3"'])('If-Match %s names that state', (ifMatch) => {
  expect(matchesEtag(ifMatch, etagOf(order))).toBe(true);
});

test.each(['"ORD-1.2_a.2"', '"ORD-1.2_a.30"', '"ORD-1.2_A.3"', '"ORD-1.3"', 'W/"ORD-1.2_a.4"'])(
  'If-Match %s names another one',
  (ifMatch) => {
    expect(matchesEtag(ifMatch, etagOf(order))).toBe(false);
  },
);

test('order numbers and versions with dots are not taken for each other', () => {
  expect(etagOf({ orderNo: 'A.1', version: 1 })).not.toBe(etagOf({ orderNo: 'A', version: 11 }));
  expect(matchesEtag(etagOf({ orderNo: 'A', version: 11 }), etagOf({ orderNo: 'A.1', version: 1 }))).toBe(false);
});
