import { expect, test } from '@jest/globals';
import { openRunbook } from './runbook.ts';

test('the schedule and the list of what cannot be run have each block of the pages for operators once', () => {
  expect(openRunbook).not.toThrow();
});
