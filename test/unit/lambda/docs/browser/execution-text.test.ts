import { expect, test } from '@jest/globals';
import { cancellationKinds } from '../../../../../lambda/domain/cancellation.ts';
import { executionStatuses } from '../../../../../lambda/domain/execution.ts';

const executed = (kind: string, status?: string) => ({
  returnRequestId: 'A',
  kind,
  ...(status === undefined ? {} : { execution: { status, attempt: 1, updatedAt: '' } }),
});

/** The file is JavaScript for browsers, whose types tsconfig.browser.json checks. */
const file: string = '../../../../../lambda/docs/browser/execution-text.js';
const { executionSentence, isAtRest } = (await import(file)) as {
  readonly executionSentence: (state: object, language: 'en' | 'ko') => string;
  readonly isAtRest: (state: object) => boolean;
};

test.each(cancellationKinds)('every state of a %s has a sentence of its own in both languages', (kind) => {
  const states = [undefined, ...executionStatuses].map((status) => executed(kind, status));
  for (const language of ['en', 'ko'] as const) {
    const sentences = states.map((state) => executionSentence(state, language));
    expect(new Set(sentences).size).toBe(states.length);
    expect(sentences.join()).not.toContain('undefined');
    for (const sentence of sentences) expect(/\p{Script=Hangul}/u.test(sentence)).toBe(language === 'ko');
  }
});

test('what is at rest is waited for no longer', () => {
  const moving = [undefined, ...executionStatuses].filter((status) => !isAtRest(executed('REFUND', status)));
  expect(moving).toEqual([undefined, 'REQUESTED', 'PENDING']);
});
