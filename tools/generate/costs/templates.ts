import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { PaymentCancelStack } from '../../../lib/payment-cancel-stack.ts';
import { type StageName, stageNamed } from '../../../lib/stages.ts';

/** A synthesized template, as far as costs depend on it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export const stageNames = ['dev', 'staging', 'prod'] as const satisfies readonly StageName[];

export type Templates = Readonly<Record<StageName, Template>>;

const cdkJson = new URL('../../../cdk.json', import.meta.url);

/** The templates of all stages, without bundles and without validation: each takes seconds and changes no price. */
export function synthesizeTemplates(): Templates {
  return { dev: templateOf('dev'), staging: templateOf('staging'), prod: templateOf('prod') };
}

function templateOf(stage: StageName): Template {
  const { context } = JSON.parse(readFileSync(cdkJson, 'utf8')) as { context: Record<string, unknown> };
  const outdir = mkdtempSync(join(tmpdir(), 'payment-cancel-costs-'));
  try {
    const app = new App({
      outdir,
      context: { ...context, 'aws:cdk:bundling-stacks': [] },
      builtinCloudFormationValidation: false,
    });
    const { stackName } = new PaymentCancelStack(app, stageNamed(stage));
    return app.synth().getStackByName(stackName).template as Template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The properties of all resources of a type. */
export function propertiesOf({ Resources }: Template, type: string): Array<Readonly<Record<string, unknown>>> {
  return Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
}
