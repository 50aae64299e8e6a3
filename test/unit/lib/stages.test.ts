import { describe, expect, test } from '@jest/globals';
import { isDirectRelease, stageNamed, tableNamesOf } from '../../../lib/stages.ts';

describe('a stage', () => {
  test('is dev when none is named', () => {
    expect(stageNamed(undefined)).toMatchObject({ name: 'dev', keepsData: false });
  });

  test.each([
    { name: 'dev', keepsData: false },
    { name: 'staging', keepsData: true },
    { name: 'prod', keepsData: true },
  ])('$name keeps its data: $keepsData', ({ name, keepsData }) => {
    expect(stageNamed(name)).toMatchObject({ name, keepsData });
  });

  test.each([['nope'], [''], ['Prod'], ['toString'], ['__proto__'], [7], [true], [['dev']]])(
    'that is %j is refused in one line that names the stages',
    (name) => {
      expect(() => stageNamed(name)).toThrow(
        new Error(`There is no stage ${JSON.stringify(name)}: choose one of dev, staging, prod.`),
      );
    },
  );

  test('has tables of its own', () => {
    const names = (['dev', 'staging', 'prod'] as const).flatMap((stage) => Object.values(tableNamesOf(stage)));
    expect(new Set(names).size).toBe(18);
  });
});

describe('a release', () => {
  test.each([
    { release: undefined, isDirect: false },
    { release: 'direct', isDirect: true },
  ])('that is said to be $release goes without CodeDeploy: $isDirect', ({ release, isDirect }) => {
    expect(isDirectRelease(release)).toBe(isDirect);
  });

  test.each([['canary'], [''], ['DIRECT'], [true]])('that is %j is refused in one line', (release) => {
    expect(() => isDirectRelease(release)).toThrow(
      `The release ${JSON.stringify(release)} is not understood: say direct, or leave it out for a normal release.`,
    );
  });
});
