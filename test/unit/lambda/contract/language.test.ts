import { expect, test } from '@jest/globals';
import { inLanguage, languageOf } from '../../../../lambda/contract/language.ts';

test.each([
  [undefined, 'en'],
  ['en', 'en'],
  ['ko', 'ko'],
  ['KO', 'en'],
  ['ko-KR', 'en'],
  ['fr', 'en'],
  ['', 'en'],
])('X-System-Language %p means %s', (systemLanguage, language) => {
  expect(languageOf(systemLanguage)).toBe(language);
});

test('a text without languages is the same in all of them', () => {
  expect(inLanguage('KRW', 'ko')).toBe('KRW');
  expect(inLanguage({ en: 'one', ko: '하나' }, 'ko')).toBe('하나');
});
