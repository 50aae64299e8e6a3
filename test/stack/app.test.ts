import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../fixtures/run-node.ts';

describe('the CDK app', () => {
  let outdir = '';
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'payment-cancel-app-'));
  });
  afterEach(() => rmSync(outdir, { recursive: true }));

  const synthesizeWith = async (context: Readonly<Record<string, unknown>>) =>
    await runNode(['bin/app.ts'], {
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [], ...context }),
    });

  test.each([
    { title: 'dev by default', context: {}, stage: 'dev' },
    { title: 'staging', context: { stage: 'staging' }, stage: 'staging' },
    { title: 'prod', context: { stage: 'prod' }, stage: 'prod' },
  ])('synthesizes $title', async ({ context, stage }) => {
    expect(await synthesizeWith(context)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(outdir).filter((file) => file.endsWith('.template.json'))).toEqual([
      `payment-cancel-${stage}.template.json`,
    ]);
  });

  test('ends with one line that names the stages when the stage is unknown', async () => {
    const run = await synthesizeWith({ stage: 'nope' });
    expect(run).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'There is no stage "nope": choose one of dev, staging, prod.\n',
    });
  });
});
