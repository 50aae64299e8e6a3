import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { PaymentCancelStack } from '../../lib/payment-cancel-stack.ts';
import { type StageName, stageNamed } from '../../lib/stages.ts';
import { type DeployedStack, readTemplate } from './template.ts';

const cdkJson = new URL('../../cdk.json', import.meta.url);

/**
 * Synthesizes the stack as `cdk synth` would, and reads from its template what AWS would create. Into a folder of its
 * own, for the caller to remove.
 */
export function synthesize(stage: StageName): { readonly deployed: DeployedStack; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'payment-cancel-'));
  const { context } = JSON.parse(readFileSync(cdkJson, 'utf8')) as { context: Record<string, unknown> };
  const app = new App({ outdir: folder, context });
  const stack = new PaymentCancelStack(app, stageNamed(stage));
  const assembly = app.synth();
  const { template } = assembly.getStackByName(stack.stackName);
  const assetFolderOf = (s3Key: string) => join(folder, `asset.${s3Key.replace(/\.zip$/, '')}`);
  return { deployed: readTemplate(template, assetFolderOf), folder };
}
