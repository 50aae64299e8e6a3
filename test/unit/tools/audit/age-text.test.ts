import { expect, test } from '@jest/globals';
import { ageText } from '../../../../tools/audit/age-text.ts';

const minuteMs = 60_000;

test.each([
  [-5000, '0 s'],
  [0, '0 s'],
  [999, '0 s'],
  [119_999, '119 s'],
  [2 * minuteMs, '2 min'],
  [119.9 * minuteMs, '119 min'],
  [120 * minuteMs, '2 h'],
  [47.9 * 60 * minuteMs, '47 h'],
  [48 * 60 * minuteMs, '2 days'],
])('%d ms are %s', (ageMs, text) => {
  expect(ageText(ageMs)).toBe(text);
});
