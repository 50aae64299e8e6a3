import { expect, test } from '@jest/globals';
import * as limits from '../../../../lambda/contract/limits.ts';

test('the limits are those of sections 6 and 7 of the contract', () => {
  expect(limits).toMatchObject({
    maxBodyBytes: 65_536,
    maxItems: 100,
    maxCount: 1_000_000,
    maxPageSize: 100,
    defaultPageSize: 20,
    maxListedCancellations: 1000,
    identifierPattern: '^[A-Za-z0-9._-]{1,64}$',
  });
});
