import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { commitOf } from '../../lib/commit.ts';
import { PaymentCancelStack } from '../../lib/payment-cancel-stack.ts';
import { type StageName, stageNamed } from '../../lib/stages.ts';
import { runAfterDeath } from './after-death.ts';
import { readAssembly } from './assembly.ts';
import type { DeployedStack } from './template.ts';

const cdkJson = new URL('../../cdk.json', import.meta.url);

/**
 * Synthesizes the stack as `cdk synth` would, and reads from its template what AWS would create. The folder is a new
 * one, and is removed after this process has ended.
 */
export function synthesize(stage: StageName): { readonly deployed: DeployedStack; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'payment-cancel-'));
  runAfterDeath('rm -rf "$1"', folder);
  const { context } = JSON.parse(readFileSync(cdkJson, 'utf8')) as { context: Record<string, unknown> };
  // Validating the template takes seconds and does not change it: cdk synth and the tests of the stack validate it.
  const app = new App({ outdir: folder, context, builtinCloudFormationValidation: false });
  new PaymentCancelStack(app, stageNamed(stage), { commit: commitOf(undefined, import.meta.dirname), isDirect: false });
  app.synth();
  return { deployed: readAssembly(folder, stage), folder };
}
