import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedValidator, validators } from '../../../../tools/generate/validators.ts';
import { projectRoot, runNode } from '../../../support/run-node.ts';

describe('npm run generate', () => {
  let copy = '';
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'payment-cancel-generate-'));
    for (const folder of ['bin', 'docs', 'examples', 'lambda', 'lib', 'tools']) {
      cpSync(join(projectRoot, folder), join(copy, folder), { recursive: true });
    }
    for (const file of ['cdk.json', 'package-lock.json', 'package.json'])
      cpSync(join(projectRoot, file), join(copy, file));
    symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  test.each(validators)('writes the validator of the $name, and says where', async (validator) => {
    const path = `lambda/${validator.folder}/${validator.name}.validator.cjs`;
    const file = join(copy, path);
    writeFileSync(file, '// An old one.\n');
    expect(await runNode([join(copy, 'bin/generate.ts')])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(path),
      stderr: '',
    });
    expect(readFileSync(file, 'utf8')).toBe(generatedValidator(validator));
  });
});
