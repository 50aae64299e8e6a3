import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../../tools/command-line.ts';
import { projectRoot } from '../../../support/run-node.ts';
import type { Mutant } from './list.ts';

/** The file of a mutant as the mutant has it. @throws UsageError when a text that is to be replaced does not stand there exactly once */
export function mutatedSource({ name, file, edits }: Mutant): string {
  let source = readFileSync(join(projectRoot, 'lambda', file), 'utf8');
  for (const [find, replace] of edits) {
    const parts = source.split(find);
    if (parts.length !== 2) {
      throw new UsageError(
        `"${name}" must find its text once in lambda/${file}, not ${parts.length - 1} times: ${find}`,
      );
    }
    source = parts.join(replace);
  }
  return source;
}
