import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { mutants } from './mutants/list.ts';
import { codePattern, mutatedSources } from './mutants/mutated-source.ts';

describe('the seeded bugs', () => {
  test.each(mutants)('$name can still be made, and is a program', (mutant) => {
    for (const source of mutatedSources(mutant).values()) expect(() => stripTypeScriptTypes(source)).not.toThrow();
    for (const [find, replace] of mutant.edits) expect(replace).not.toBe(find);
  });

  test('each have a name of their own', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  test('must each find its code exactly once', () => {
    const mutant = { file: 'cancel/cancel-payment.ts', why: '', name: 'bug' };
    expect(() => mutatedSources({ ...mutant, edits: [['no such code', '']] })).toThrow(
      '"bug" must find its code once in lambda/cancel/cancel-payment.ts, not 0 times: no such code',
    );
    expect(() => mutatedSources({ ...mutant, edits: [['import', '']] })).toThrow(/not \d+ times: import$/);
  });
});

describe('code that a bug is made of is found', () => {
  test.each([
    ['in another layout', 'f({ a: 1 })', 'f({\n  a: 1,\n})'],
    ['by other names', 'if ($A.kind !== $B) return $A;', "if (outcome.kind !== 'BUSY') return outcome;"],
    ['with a path in place of a name', '$STATUS >= 400', 'error.$metadata?.status >= 400'],
    ['in a template', '`${$ID}-${$N}`', '`${returnRequestId}-${stats.attempts}`'],
  ])('%s', (_how, code, source) => {
    expect(codePattern(code).exec(source)?.[0]).toBe(source);
  });

  test.each([
    ['of a longer name', 'amount', 'taxAmount + amounts'],
    ['where one name stands for two', '$A < $A', 'one < other'],
    ['where two words have become one', 'return value', 'returnvalue'],
  ])('and nothing %s', (_how, code, source) => {
    expect(codePattern(code).test(source)).toBe(false);
  });
});
