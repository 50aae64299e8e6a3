import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cancelPath, detailPath } from '../../lambda/contract/paths.ts';
import { documentPaths } from '../../lambda/docs/document-paths.ts';
import { projectRoot } from '../support/run-node.ts';

const pages = ['README.md', 'client/README.md', ...globSync('docs/*.md', { cwd: projectRoot })];
const textOf = (page: string) => readFileSync(join(projectRoot, page), 'utf8');
const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

/** Every path below the project's folders that a page names, in a diagram too. */
function pathsIn(text: string): string[] {
  const named = text.match(/(?<![\w./-])(?:bin|client|docs|examples|lambda|lib|test)\/[\w./-]*\w/g) ?? [];
  return [...new Set(named)];
}

test.each(pages)('%s names only files that exist', (page) => {
  const missing = pathsIn(textOf(page)).filter(
    (path) => !path.includes('node_modules') && !existsSync(join(projectRoot, path)),
  );
  expect(missing).toEqual([]);
});

test.each(pages)('%s links only to files that exist', (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => !existsSync(join(projectRoot, dirname(page), link)))).toEqual([]);
});

test.each(pages)('%s names only commands that exist', (page) => {
  const named = [...textOf(page).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script);
  expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
});

test('the diagrams of README.md name the files that a cancellation goes through', () => {
  const diagrams = textOf('README.md').match(/```mermaid\n[^`]*```/g) ?? [];
  expect(diagrams.length).toBe(2);
  for (const diagram of diagrams) expect(pathsIn(diagram).length).toBeGreaterThan(3);
});

test('the first diagram of README.md has every route that is deployed', () => {
  const [system = ''] = textOf('README.md').match(/```mermaid\n[^`]*```/g) ?? [];
  // The files that the page loads are not drawn.
  const pages = documentPaths.filter((path) => path.lastIndexOf('/') === 0);
  expect([cancelPath, detailPath, ...pages].filter((path) => !system.includes(path))).toEqual([]);
});

// Each claim in the table of failures quotes the name of the test that shows it.
test('docs/reliability.md quotes only tests that exist', () => {
  const tests = globSync('test/**/*.test.ts', { cwd: projectRoot }).map(textOf).join('\n').replaceAll("\\'", "'");
  const rows = textOf('docs/reliability.md').match(/^\|.*\|$/gm) ?? [];
  const quoted = rows.flatMap((row) =>
    [...(row.split('|')[3] ?? '').matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
  );
  expect(quoted.length).toBeGreaterThan(10);
  expect(quoted.filter((name) => !tests.includes(name))).toEqual([]);
});
