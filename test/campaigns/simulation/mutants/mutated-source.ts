import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../../tools/command-line.ts';
import { projectRoot } from '../../../support/run-node.ts';
import type { Mutant, Mutation } from './mutant.ts';

/** The files that a mutant changes, by their paths, as the mutant has them. @throws UsageError as mutatedSource */
export function mutatedSources(mutant: Mutant): ReadonlyMap<string, string> {
  const { name, and } = mutant;
  const mutations = and === undefined ? [mutant] : [mutant, and];
  return new Map(mutations.map((mutation) => [pathOf(mutation), mutatedSource(name, mutation)]));
}

function pathOf({ file }: Mutation): string {
  return file.startsWith('./') ? join('test/campaigns/simulation', file) : join('lambda', file);
}

/** @throws UsageError when an edit does not find its code exactly once */
function mutatedSource(name: string, mutation: Mutation): string {
  const path = pathOf(mutation);
  let source = readFileSync(join(projectRoot, path), 'utf8');
  for (const [find, replace] of mutation.edits) {
    const code = codePattern(find);
    const matches = [...source.matchAll(new RegExp(code, 'g'))];
    if (matches.length !== 1) {
      throw new UsageError(`"${name}" must find its code once in ${path}, not ${matches.length} times: ${find}`);
    }
    source = source.replace(code, (...found: unknown[]) => {
      const names = found.at(-1) as Readonly<Record<string, string>> | undefined;
      return replace.replaceAll(hole, (_text, letters: string) => names?.[letters] ?? '');
    });
  }
  return source;
}

/** In a pattern, what stands for a name of the source that a bug does not depend on: $ORDER. */
const hole = /\$([A-Z]+)\b/g;
const token = /\$[A-Z]+\b|\w+|[^\s\w]/g;

/** A name, a path of names such as `order.version`, or a string. */
const nameOrString = String.raw`[\w$]+(?:\??\.[\w$]+)*|'[^'\n]*'`;

/**
 * Code as a regular expression that does not care how it is laid out: how much space there is between two tokens, and
 * whether a list ends in a comma. Each $NAME is one name, path or string, and the same one wherever it stands again.
 */
export function codePattern(code: string): RegExp {
  const known = new Set<string>();
  const parts = (code.match(token) ?? []).map((text, index, all) => {
    const gap = isWord(text) && isWord(all[index - 1] ?? '') ? String.raw`\s+` : index === 0 ? '' : String.raw`\s*`;
    return `${gap}${partFor(text, known)}`;
  });
  // Not in the middle of a longer name.
  return new RegExp(String.raw`(?<!\w(?=\w))${parts.join('')}(?<!\w(?=\w))`);
}

function partFor(text: string, known: Set<string>): string {
  if (text.length > 1 && text.startsWith('$')) {
    const name = text.slice(1);
    if (known.has(name)) return String.raw`\k<${name}>`;
    known.add(name);
    return `(?<${name}>${nameOrString})`;
  }
  const isEndOfList = ')]}'.includes(text);
  return `${isEndOfList ? String.raw`(?:,\s*)?` : ''}${RegExp.escape(text)}`;
}

function isWord(text: string): boolean {
  return /^(?:\w+|\$[A-Z]+)$/.test(text);
}
