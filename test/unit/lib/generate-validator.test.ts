import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedValidator, validatorFile } from '../../../lib/generate-validator.ts';
import { projectRoot, runNode } from '../../fixtures/run-node.ts';

describe('the validator of the cancel request', () => {
  test('is committed as it is generated: run `npm run generate` after a change of the schema', () => {
    expect(readFileSync(validatorFile, 'utf8')).toBe(generatedValidator());
  });

  test('is the same each time that it is generated', () => {
    expect(generatedValidator()).toBe(generatedValidator());
  });

  test('needs nothing of ajv but the helpers of its compiled validators', () => {
    const needed = [...generatedValidator().matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(needed.filter((name) => !name?.startsWith('ajv/dist/runtime/'))).toEqual([]);
  });
});

describe('npm run generate', () => {
  let copy = '';
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'payment-cancel-generate-'));
    for (const folder of ['bin', 'lib', 'lambda']) {
      cpSync(join(projectRoot, folder), join(copy, folder), { recursive: true });
    }
    cpSync(join(projectRoot, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  test('writes the validator, and says where', async () => {
    const file = join(copy, 'lambda/contract/cancel-request.validator.cjs');
    writeFileSync(file, '// An old one.\n');
    expect(await runNode([join(copy, 'bin/generate.ts')])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('lambda/contract/cancel-request.validator.cjs'),
      stderr: '',
    });
    expect(readFileSync(file, 'utf8')).toBe(generatedValidator());
  });
});
