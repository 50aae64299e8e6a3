import { expect, test } from '@jest/globals';
import { returnRequestIdOf, returnRequestIdPattern } from '../../../../lambda/contract/return-request-id.ts';

const pattern = new RegExp(returnRequestIdPattern);

test('the id of a cancellation is RETREQ and a ULID', () => {
  const id = returnRequestIdOf('01M83ACHPNC4058296CG59ANH6');
  expect(id).toBe('RETREQ01M83ACHPNC4058296CG59ANH6');
  expect(id).toMatch(pattern);
});

test.each([
  'RETREQ01M83ACHPNC4058296CG59ANH',
  'RETREQ01M83ACHPNC4058296CG59ANH66',
  'RETREQ01M83ACHPNC4058296CG59ANHU',
  'retreq01m83achpnc4058296cg59anh6',
  '01M83ACHPNC4058296CG59ANH6',
  'RETREQ01M83ACHPNC4058296CG59ANH6\n',
])('%j is no such id', (id) => {
  expect(id).not.toMatch(pattern);
});
