import { expect, test } from '@jest/globals';
import { type EventPattern, fits } from '../../../../../tools/local/events/event-pattern.ts';

const event = {
  source: 'a',
  'detail-type': 't',
  resources: ['one', 'two'],
  detail: { data: { attempt: 1, flag: null } },
};

test.each<[string, EventPattern, boolean]>([
  ['nothing is asked', {}, true],
  ['one value of several', { source: ['b', 'a'] }, true],
  ['another value', { source: ['b'] }, false],
  ['each attribute', { source: ['a'], 'detail-type': ['t'] }, true],
  ['one attribute of two', { source: ['a'], 'detail-type': ['u'] }, false],
  ['a number within', { detail: { data: { attempt: [1] } } }, true],
  ['the number as text', { detail: { data: { attempt: ['1'] } } }, false],
  ['null', { detail: { data: { flag: [null] } } }, true],
  ['an attribute that is not there', { detail: { other: { attempt: [1] } } }, false],
  ['one element of a list', { resources: ['two'] }, true],
])('%s: %j', (_what, pattern, isMatch) => {
  expect(fits(event, pattern)).toBe(isMatch);
});

test('an operator that localhost does not know is an error, and no silent match', () => {
  const pattern = { source: [{ prefix: 'a' }] } as unknown as EventPattern;
  expect(() => fits(event, pattern)).toThrow('On localhost a rule cannot have {"prefix":"a"}.');
});
