import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { propertiesOf, type Template } from './templates.ts';

/** The file that Lambda loads of a function, in the folder that a stage was synthesized into. */
export function codeFileOf(folder: string, name: string): string {
  const file = readdirSync(folder).find((one) => one.endsWith('.template.json')) ?? '';
  const template = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Template;
  const { S3Key } = propertiesOf(template, 'AWS::Lambda::Function', name)['Code'] as { readonly S3Key: string };
  return join(folder, `asset.${S3Key.replace(/\.zip$/, '')}`, 'index.mjs');
}

/** A program that loads what Lambda loads, and does something with its exports. */
export function program(file: string, then: string): string[] {
  return [
    '--input-type=module',
    '-e',
    `const loaded = await import(${JSON.stringify(pathToFileURL(file).href)}); ${then}`,
  ];
}

/** Prints the error's message alone: Node would quote the whole bundle, which is one line, and end before it is printed. */
export function loadingError(file: string): string[] {
  const load = `import(${JSON.stringify(pathToFileURL(file).href)})`;
  return ['--input-type=module', '-e', `await ${load}.catch((error) => console.log(error.message))`];
}

export const printExports =
  "console.log(Object.entries(loaded).map(([name, value]) => name + ': ' + typeof value).join());";

export function invocationOf(event: unknown): string {
  const context = '{ getRemainingTimeInMillis: () => 5000 }';
  return `console.log(JSON.stringify(await loaded.handler(${JSON.stringify(event)}, ${context})));`;
}
