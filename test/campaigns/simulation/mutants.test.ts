import { describe, expect, test } from '@jest/globals';
import { mutants } from './mutants/list.ts';
import { mutatedSource } from './mutants/mutated-source.ts';

describe('the seeded bugs', () => {
  test.each(mutants)('$name can still be made', (mutant) => {
    const source = mutatedSource(mutant);
    expect(source.length).toBeGreaterThan(0);
    for (const [find, replace] of mutant.edits) expect(source.includes(replace) && find !== replace).toBe(true);
  });

  test('each have a name of their own', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  test('must each find its text exactly once', () => {
    const mutant = { file: 'commit.ts', tests: '', why: '', name: 'bug' };
    expect(() => mutatedSource({ ...mutant, edits: [['no such text', '']] })).toThrow(
      '"bug" must find its text once in lambda/commit.ts, not 0 times: no such text',
    );
    expect(() => mutatedSource({ ...mutant, edits: [['import', '']] })).toThrow(/not \d+ times: import$/);
  });
});
