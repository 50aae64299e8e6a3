import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StageName } from '../../lib/stages.ts';
import { UsageError } from '../command-line.ts';
import { type DeployedStack, readTemplate } from './template.ts';

/**
 * Reads what AWS would create for a stage's stack from an assembly, which is a folder that the CDK synthesized into.
 * @throws UsageError when the folder does not contain the stack
 */
export function readAssembly(folder: string, stage: StageName): DeployedStack {
  const file = join(folder, `payment-cancel-${stage}.template.json`);
  if (!existsSync(file)) {
    throw new UsageError(`The stack of the stage ${stage} is not in ${folder}: npm run synth writes it to cdk.out.`);
  }
  const template = JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof readTemplate>[0];
  return readTemplate(template, (s3Key) => join(folder, `asset.${s3Key.replace(/\.zip$/, '')}`));
}
