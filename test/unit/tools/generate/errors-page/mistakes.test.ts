import { describe, expect, test } from '@jest/globals';
import { commitMistake } from '../../../../../tools/generate/errors-page/commit-mistake.ts';
import { mistakes } from '../../../../../tools/generate/errors-page/mistakes.ts';
import { errorsOf } from '../../../../support/send.ts';

describe.each(Object.keys(mistakes))('mistakes: %s', (topic) => {
  test.each(mistakes[topic] ?? [])('$title is reported at its place, in both languages', async (mistake) => {
    for (const language of ['en', 'ko'] as const) {
      const response = await commitMistake(mistake, language);
      expect([response.status, ...errorsOf(response)]).toEqual(mistake.response);
    }
  });
});

test('a stranger gets the same response, whatever is wrong', async () => {
  const ofStrangers = Object.values(mistakes)
    .flat()
    .filter(({ response: [status] }) => status === 401);
  const texts = await Promise.all(ofStrangers.map(async (mistake) => (await commitMistake(mistake, 'en')).text));
  expect(ofStrangers.length).toBeGreaterThan(5);
  expect(new Set(texts).size).toBe(1);
});
