import { expect, test } from '@jest/globals';
import { lastName, pointerSegment } from '../../../../lambda/contract/json-pointer.ts';

test.each([
  ['amount', 'amount'],
  ['a/b', 'a~1b'],
  ['a~b', 'a~0b'],
  ['~1', '~01'],
  ['', ''],
])('the name %p is the segment %p, and can be read back', (name, segment) => {
  expect(pointerSegment(name)).toBe(segment);
  expect(lastName(`/items/0/${segment}`)).toBe(name);
});

test('an index is a segment too', () => {
  expect(pointerSegment(0)).toBe('0');
});

test('the pointer to the whole document ends in no name', () => {
  expect(lastName('')).toBe('');
});
