import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../support/run-node.ts';
import { cdkContext } from '../support/cdk-context.ts';
import { readReport } from '../support/validation-report.ts';

describe('the CDK app', () => {
  let outdir = '';
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'payment-cancel-app-'));
  });
  afterEach(() => rmSync(outdir, { recursive: true }));

  const synthesizeWith = async (context: Readonly<Record<string, unknown>>) =>
    await runNode(['bin/app.ts'], {
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...cdkContext(), ...context }),
    });

  test.each([
    { title: 'dev by default', context: {}, stage: 'dev' },
    { title: 'staging', context: { stage: 'staging' }, stage: 'staging' },
    { title: 'prod', context: { stage: 'prod' }, stage: 'prod' },
  ])('synthesizes $title, with no finding that is not acknowledged', async ({ context, stage }) => {
    expect(await synthesizeWith(context)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(outdir).filter((file) => file.endsWith('.template.json'))).toEqual([
      `payment-cancel-${stage}.template.json`,
    ]);
    const report = readReport(outdir);
    expect(report.packs).toEqual(expect.arrayContaining(['AwsSolutions: success', 'Serverless: success']));
    expect(report.packs.filter((pack) => !pack.endsWith(': success'))).toEqual([]);
    expect(report.findings).toEqual([]);
    expect(new Set(report.acknowledged.map(({ rule }) => rule))).toEqual(new Set(acknowledgedIn(stage)));
    // A sentence for an auditor, and not a word to silence the rule.
    for (const { reason } of report.acknowledged) expect(reason).toMatch(/^[A-Z].{38,}\.$/s);
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

function acknowledgedIn(stage: string): string[] {
  return [
    'AwsSolutions-APIG2',
    'AwsSolutions-APIG4',
    'AwsSolutions-APIG6',
    'AwsSolutions-COG4',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaTracing',
    ...(stage === 'dev' ? ['AwsSolutions-DDB3'] : []),
  ];
}
