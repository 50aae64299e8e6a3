import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from './leave-out.ts';

// What `cdk synth` writes into a folder: the template of the stack, and lists of what is to be uploaded.

/** The template as it would be deployed to AWS, beside the one that emulated-app.ts makes of it. */
export const wholeTemplateFile = 'whole.json';

export function templateIn(folder: string): Template {
  return readJson(join(folder, templateFileIn(folder))) as Template;
}

/** Writes another template for the stack. */
export function replaceTemplate(folder: string, template: Template): void {
  const templateFile = templateFileIn(folder);
  const text = JSON.stringify(template);
  writeFileSync(join(folder, templateFile), text);
  // A template is uploaded under its hash, and not again if that is there already.
  const assetsFile = templateFile.replace('.template.', '.assets.');
  const { files } = readJson(join(folder, assetsFile)) as {
    files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
  };
  const [hash] = Object.entries(files).find(([, { source }]) => source.path === templateFile) ?? [];
  if (hash === undefined) throw new Error(`${assetsFile} does not name the template.`);
  const newHash = createHash('sha256').update(text).digest('hex');
  for (const name of [assetsFile, 'manifest.json']) {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(hash, newHash));
  }
}

/** By the manifest: the folder may have files of another stage, which were written before. */
function templateFileIn(folder: string): string {
  const { artifacts } = readJson(join(folder, 'manifest.json')) as {
    readonly artifacts: Readonly<
      Record<string, { readonly type: string; readonly properties?: { readonly templateFile?: string } }>
    >;
  };
  const stack = Object.values(artifacts).find(({ type }) => type === 'aws:cloudformation:stack');
  if (stack?.properties?.templateFile === undefined) throw new Error(`There is no stack in ${folder}.`);
  return stack.properties.templateFile;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
