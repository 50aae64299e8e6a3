import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readArguments, UsageError } from '../../../tools/command-line.ts';

export const parts = ['cold', 'variants', 'warm', 'growth', 'price', 'hot-order', 'chain'] as const;
export type Part = (typeof parts)[number];

/** Their figures are compared with no others, so the page may have them of a run of their own. */
const standalone: readonly Part[] = ['hot-order', 'chain'];

export interface BenchOptions {
  readonly help: boolean;
  readonly quick: boolean;
  readonly parts: readonly Part[];
  /** Where the results go as JSON. */
  readonly json: string | undefined;
  readonly writesDocs: boolean;
}

/** @throws UsageError naming the option and what it accepts */
export function readOptions(args: readonly string[]): BenchOptions {
  const { help, quick, only, json, 'write-docs': writesDocs } = parse(args);
  if (only !== undefined && !isPart(only)) {
    throw new UsageError(`--only must be one of ${parts.join(', ')}, not ${only}.`);
  }
  if (writesDocs && (quick || (only !== undefined && !standalone.includes(only)))) {
    throw new UsageError(
      `--write-docs needs all figures of a full run: leave out --quick, and --only unless it is ${standalone.join(' or ')}.`,
    );
  }
  if (json !== undefined) checkFile(json);
  return { help, quick, parts: only === undefined ? parts : [only], json, writesDocs };
}

function parse(args: readonly string[]) {
  return readArguments('npm run bench', {
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      'write-docs': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function isPart(value: string): value is Part {
  return parts.some((part) => part === value);
}

/** Refused before the run, which takes its time. */
function checkFile(file: string): void {
  const isFolder = existsSync(file) && statSync(file).isDirectory();
  if (isFolder || !existsSync(dirname(resolve(file)))) {
    throw new UsageError(`--json must be a file in a folder that exists, not ${file}.`);
  }
}
