import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments, UsageError } from '../command-line.ts';
import { generatedValidator, validatorFileOf, validators } from './validators.ts';

const help = `npm run generate -- [options]: writes everything that is generated: the validators of requests and reports,
docs/openapi.json, docs/asyncapi.json, docs/errors.md, and the tables of costs in docs/operations.md and docs/scale.md.

  --check   writes nothing, and fails if a file is out of date
  --help`;

/** `npm run generate` */
export async function generate(): Promise<void> {
  const { values } = readArguments('npm run generate', {
    options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const settle = values.check ? refuseStale : write;
  settle(validatorFiles());
  settle(await documentFiles());
}

interface GeneratedFile {
  readonly file: URL;
  /** What the file must contain. */
  readonly text: string;
}

function validatorFiles(): GeneratedFile[] {
  return validators.map((validator) => ({ file: validatorFileOf(validator), text: generatedValidator(validator) }));
}

/** Imported late: the documents need the handlers, which need the validators that were just written. */
async function documentFiles(): Promise<GeneratedFile[]> {
  const { generatedOpenApi, openApiFile } = await import('./openapi/generate.ts');
  const { generatedErrorsPage, errorsPageFile } = await import('./errors-page/generate.ts');
  const { asyncApiFile, generatedAsyncApi } = await import('./asyncapi/generate.ts');
  const costs = await import('./costs/generate.ts');
  const { synthesizeTemplates } = await import('./costs/templates.ts');
  const templates = synthesizeTemplates();
  return [
    { file: openApiFile, text: await generatedOpenApi() },
    { file: asyncApiFile, text: generatedAsyncApi() },
    { file: errorsPageFile, text: await generatedErrorsPage() },
    { file: costs.operationsPageFile, text: costs.generatedOperationsPage(templates) },
    { file: costs.scalePageFile, text: costs.generatedScalePage(templates) },
  ];
}

function write(files: readonly GeneratedFile[]): void {
  for (const { file, text } of files) {
    const isUpToDate = hasText(file, text);
    if (!isUpToDate) writeFileSync(file, text);
    console.log(`${isUpToDate ? 'Up to date' : 'Written'}: ${nameOf(file)}`);
  }
}

function refuseStale(files: readonly GeneratedFile[]): void {
  const stale = files.filter(({ file, text }) => !hasText(file, text));
  if (stale.length === 0) return;
  const names = stale.map(({ file }) => nameOf(file)).join(', ');
  throw new UsageError(`Out of date: ${names}. Run npm run generate, and commit what it writes.`);
}

function hasText(file: URL, text: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

function nameOf(file: URL): string {
  return relative(projectRoot, fileURLToPath(file));
}
