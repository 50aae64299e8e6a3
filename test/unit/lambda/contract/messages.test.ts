import { describe, expect, test } from '@jest/globals';
import {
  caseMessages,
  messages,
  mistakeMessages,
  remainingMessage,
  stepsMessage,
  thenText,
} from '../../../../lambda/contract/messages.ts';

const all = Object.entries({ ...messages, ...caseMessages, ...mistakeMessages, remainingMessage, stepsMessage });

function placeholdersIn(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}

describe.each(all)('%s', (_name, { en, ko }) => {
  test('is in both languages one or more sentences', () => {
    expect(en).toMatch(/^[ -~]*\.$/);
    expect(ko).toMatch(/\p{Script=Hangul}.*\.$/u);
  });

  test('says the same values in both languages', () => {
    expect(placeholdersIn(ko)).toEqual(placeholdersIn(en));
  });

  test('leaves the reader of Korean no choice of particles, such as 은(는)', () => {
    expect(ko).not.toMatch(/은\(는\)|이\(가\)|을\(를\)|\(으\)로|와\(과\)/);
  });

  test('is polite in Korean', () => {
    const sentences = ko.split(/(?<=다|오)\. ?/);
    for (const sentence of sentences) expect(sentence).toMatch(/(니다|시오|: .*\.)$|^(: .*|\{shown\}\.)?$/);
  });
});

test('requests that follow each other are joined in both languages', () => {
  expect(thenText.en).toMatch(/^, then in another request $/);
  expect(thenText.ko).toMatch(/^, \p{Script=Hangul}[^,]* $/u);
});
