import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { assemblyOf, synthesisOf } from '../support/assemblies.ts';
import { runNode } from '../support/run-node.ts';
import { readReport } from '../support/validation-report.ts';

describe('the CDK app', () => {
  test.each([
    { title: 'dev by default', stage: 'dev' },
    { title: 'staging', stage: 'staging' },
    { title: 'prod', stage: 'prod' },
  ] as const)('synthesizes $title, with no finding that is not acknowledged', ({ stage }) => {
    const { exitCode, stderr } = synthesisOf(stage);
    expect({ exitCode, stderr: stderr.replaceAll(/^Bundling asset .*\n/gm, '') }).toEqual({ exitCode: 0, stderr: '' });
    const outdir = assemblyOf(stage);
    expect(readdirSync(outdir).filter((file) => file.endsWith('.template.json'))).toEqual([
      `payment-cancel-${stage}.template.json`,
    ]);
    const report = readReport(outdir);
    expect(report.packs).toEqual(
      expect.arrayContaining(['AwsSolutions: success', 'Serverless: success', 'PCI.DSS.321: success']),
    );
    expect(report.packs.filter((pack) => !pack.endsWith(': success'))).toEqual([]);
    expect(report.findings).toEqual([]);
    expect(new Set(report.acknowledged.map(({ rule }) => rule))).toEqual(new Set(acknowledgedIn(stage)));
    // A sentence for an auditor, and not a word to silence the rule.
    for (const { reason } of report.acknowledged) expect(reason).toMatch(/^[A-Z].{38,}\.$/s);
  });

  test.each([
    [{ stage: 'nope' }, 'There is no stage "nope": choose one of dev, staging, prod.'],
    [{ commit: 'main' }, 'The commit "main" is not understood: give the hash of a commit, 7 to 40 hex digits.'],
    [{ release: 'now' }, 'The release "now" is not understood: say direct, or leave it out for a normal release.'],
  ])('ends with one line that names what is accepted: %j', async (context, line) => {
    const run = await runNode(['bin/app.ts'], { CDK_CONTEXT_JSON: JSON.stringify(context) });
    expect(run).toEqual({ exitCode: 1, stdout: '', stderr: `${line}\n` });
  });
});

const ofCopies =
  'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:backup:<AWS::Region>:<AWS::AccountId>:recovery-point:*]';

function acknowledgedIn(stage: string): string[] {
  return [
    'AwsSolutions-APIG2',
    'AwsSolutions-APIG4',
    'AwsSolutions-APIG6',
    'AwsSolutions-COG4',
    'AwsSolutions-IAM5[Resource::<FunctionCancelFunctionBBFF30CB.Arn>:*]',
    'AwsSolutions-IAM5[Resource::<TablesCancellations5940A905.Arn>/stream/*]',
    'AwsSolutions-IAM5[Resource::<TablesExecutions3D4D6FCD.Arn>/stream/*]',
    'AwsSolutions-SQS3',
    'PCI.DSS.321-APIGWCacheEnabledAndEncrypted',
    'PCI.DSS.321-APIGWExecutionLoggingEnabled',
    'PCI.DSS.321-APIGWSSLEnabled',
    'PCI.DSS.321-IAMNoInlinePolicy',
    'PCI.DSS.321-LambdaInsideVPC',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaEventSourceMappingDestination',
    'Serverless-LambdaTracing',
    'Serverless-SQSRedrivePolicy',
    ...(stage === 'dev' ? ['AwsSolutions-DDB3'] : ['AwsSolutions-IAM5[Resource::*]']),
    ...(stage === 'prod' ? [ofCopies, 'Serverless-EventBusDLQ'] : []),
  ];
}
