import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { generatedValidator, validatorFileOf, validators } from '../../../../tools/generate/validators.ts';

describe.each(validators)('the validator of the $name', (validator) => {
  test('is committed as it is generated: run `npm run generate` after a change of the schema', () => {
    expect(readFileSync(validatorFileOf(validator), 'utf8')).toBe(generatedValidator(validator));
  });

  test('is the same each time that it is generated', () => {
    expect(generatedValidator(validator)).toBe(generatedValidator(validator));
  });

  test('needs nothing of ajv but the helpers of its compiled validators', () => {
    const needed = [...generatedValidator(validator).matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(needed.filter((name) => !name?.startsWith('ajv/dist/runtime/'))).toEqual([]);
  });
});
