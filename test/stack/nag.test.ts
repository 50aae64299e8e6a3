import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Function as LambdaFunction, InlineCode, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { PaymentCancelStack } from '../../lib/payment-cancel-stack.ts';
import type { Stage } from '../../lib/stages.ts';
import { cdkContext } from '../support/cdk-context.ts';
import { unfilledStage } from '../support/unfilled-stage.ts';
import { readReport, type ValidationReport } from '../support/validation-report.ts';

describe('the packs of rules', () => {
  let outdir = '';
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'payment-cancel-nag-'));
  });
  afterEach(() => rmSync(outdir, { recursive: true }));

  /** As bin/app.ts checks an app. */
  function check(build: (app: App) => void): ValidationReport & { readonly isRefused: boolean } {
    const app = new App({ outdir, context: cdkContext() });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app), new PCIDSS321Checks(app));
    build(app);
    try {
      app.synth();
    } catch (error) {
      const isAboutFindings = error instanceof Error && error.name === 'ValidationFailed';
      if (!isAboutFindings) throw error;
      return { ...readReport(outdir), isRefused: true };
    }
    return { ...readReport(outdir), isRefused: false };
  }

  test('report a bucket that logs nothing', () => {
    const report = check((app) => new Bucket(new Stack(app, 'other'), 'Bucket'));
    expect(report.packs).toContain('AwsSolutions: failure');
    expect(report.findings).toContain('AwsSolutions-S1 other/Bucket/Resource');
    expect(report.isRefused).toBe(true);
  });

  test('report a function for which nothing was acknowledged', () => {
    const report = check((app) => {
      const code = new InlineCode('exports.handler = () => {}');
      new LambdaFunction(new Stack(app, 'other'), 'Function', {
        runtime: Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code,
      });
    });
    expect(report.packs).toContain('Serverless: failure');
    expect(report.findings).toContain('Serverless-LambdaDLQ other/Function/Resource');
  });

  test('report a log group that the key does not encrypt', () => {
    const report = check((app) => new LogGroup(new Stack(app, 'other'), 'Log'));
    expect(report.packs).toContain('PCI.DSS.321: failure');
    expect(report.findings).toContain('PCI.DSS.321-CloudWatchLogGroupEncrypted other/Log/Resource');
  });

  test('are acknowledged construct by construct: what is put beside the service is reported', () => {
    const report = check((app) => new Bucket(new PaymentCancelStack(app, unfilledStage('dev')), 'Bucket'));
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.findings.filter((finding) => !finding.endsWith(' payment-cancel-dev/Bucket/Resource'))).toEqual([]);
  });

  test.each([
    ['a domain of its own', {}],
    [
      'a domain of its own and client certificates',
      { truststore: { bucket: 'the-truststore', key: 'authorities.pem' } },
    ],
  ])('have no finding in a stage that is filled in, with %s', (_what, more) => {
    const certificateArn = 'arn:aws:acm:us-east-1:111111111111:certificate/one';
    const domain = { name: 'cancel.example.com', certificateArn, ...more };
    const environment = { account: '111111111111', region: 'us-east-1' };
    const subscribers = { pages: ['https://events.example.com/wake'], alarms: ['look@example.com'] };
    const stage: Stage = { ...unfilledStage('prod'), environment, subscribers, domain };
    expect(check((app) => new PaymentCancelStack(app, stage))).toMatchObject({ findings: [], isRefused: false });
  });
});
