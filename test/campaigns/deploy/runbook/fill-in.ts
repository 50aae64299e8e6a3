/** What stands for something else on the pages, with what it is here: STAGE, FILE.json, a whole address. */
export type Fillings = Readonly<Record<string, string>>;

/** Words in capitals that are AWS's own, and stand for nothing else. */
const ownWords = new Set(['KMS', 'MODIFIED', 'DELETED', 'FAILED', 'PENDING', 'SQS']);

/** Commands with their placeholders filled in. @throws Error naming those that have no value */
export function fillIn(text: string, fillings: Fillings): string {
  const longestFirst = Object.keys(fillings).toSorted((one, other) => other.length - one.length);
  const known = longestFirst.map((name) => RegExp.escape(name)).join('|');
  const pattern = new RegExp(`(?<![\\w$])(?:${known})(?!\\w)`, 'g');
  const unknown = known === '' ? placeholdersIn(text) : placeholdersIn(text.replaceAll(pattern, ''));
  if (unknown.length > 0) throw new Error(`Nothing is filled in for ${unknown.join(', ')} of:\n${text}`);
  return known === '' ? text : text.replaceAll(pattern, (name) => fillings[name] ?? name);
}

/** Words in capitals, but for variables of the shell, comments, and what AWS calls so. */
function placeholdersIn(text: string): string[] {
  const commands = text.replaceAll(/(?<=^|\s)#.*$/gm, '');
  const assignments = commands.matchAll(/\bfor ([A-Z_]+) in\b|^ *([A-Z_]+)=/gm);
  const variables = new Set([...assignments].map(([, ofLoop, ofLine]) => ofLoop ?? ofLine));
  const words = commands.match(/(?<![\w$])[A-Z][A-Z0-9_]+(?![\w:])/g) ?? [];
  return [...new Set(words)].filter((word) => !variables.has(word) && !ownWords.has(word));
}
