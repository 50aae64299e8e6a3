import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Template, withoutTypes } from './leave-out.ts';

/** What `cdk synth` writes for a stack: its template, and the list of what is to be uploaded. */
export const stackName = 'payment-cancel-dev';
const templateFile = `${stackName}.template.json`;
const assetsFile = `${stackName}.assets.json`;

export function templateIn(folder: string): Template {
  return JSON.parse(readFileSync(join(folder, templateFile), 'utf8')) as Template;
}

/** Copies an assembly without the resources of some types. */
export function copyWithoutTypes(folder: string, types: readonly string[], target: string): void {
  cpSync(folder, target, { recursive: true });
  const text = JSON.stringify(withoutTypes(templateIn(folder), types));
  writeFileSync(join(target, templateFile), text);
  // A template is uploaded under its hash, and not again if that is there already.
  const { files } = JSON.parse(readFileSync(join(folder, assetsFile), 'utf8')) as {
    files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
  };
  const [hash] = Object.entries(files).find(([, { source }]) => source.path === templateFile) ?? [];
  if (hash === undefined) throw new Error(`${assetsFile} does not name the template.`);
  const newHash = createHash('sha256').update(text).digest('hex');
  for (const name of [assetsFile, 'manifest.json']) {
    const file = join(target, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(hash, newHash));
  }
}
