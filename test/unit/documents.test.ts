import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cancelPath } from '../../lambda/contract/paths.ts';
import { documentPaths } from '../../lambda/docs/document-paths.ts';
import { anchorsIn, codeSpansIn, linksIn } from '../support/markdown.ts';
import { readFunctions } from '../support/read-functions.ts';
import { projectRoot } from '../support/run-node.ts';

// Keeps the documents true: what they link to, name and show to be typed has to be there.

const generated = ['**/node_modules', 'cdk.out', '.stryker-tmp'];
const files = globSync('**/*.*', { cwd: projectRoot, exclude: generated });
const documents = files.filter((file) => file.endsWith('.md')).toSorted();
/** A change log may name what is gone. */
const ofToday = documents.filter((document) => document !== 'CHANGELOG.md');

const textOf = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

/** Why a link of a document leads nowhere; undefined where it leads somewhere, or out of the repository. */
function problemOf(link: string, document: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : normalize(join(dirname(document), path));
  if (!existsSync(join(projectRoot, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined || (target.endsWith('.md') && anchorsIn(textOf(target)).includes(anchor))) return undefined;
  return `${link}: ${target} has no #${anchor}`;
}

/** Every path below the project's folders, in a block of code or a diagram too. */
function pathsIn(text: string): string[] {
  const named = text.match(/(?<![\w./-])(?:bin|client|docs|examples|lambda|lib|test|tools)\/[\w./-]*\w/g) ?? [];
  return [...new Set(named)].filter((path) => !path.includes('node_modules'));
}

/** Whether there is such a file or folder. A name in capitals stands for any: lambda/FUNCTION/main.ts. */
function isThere(path: string): boolean {
  return globSync(path.replaceAll(/(?<=\/)[A-Z]+(?=\/|$)/g, '*'), { cwd: projectRoot }).length > 0;
}

/** Source files by their name only, or by the end of their path: `rules.ts`, `mutants/run.ts`. */
function sourcesIn(text: string): string[] {
  return codeSpansIn(text).filter((code) => /^[\w./-]+\.(?:[cm]?[jt]s|css)$/.test(code));
}

function isSource(name: string): boolean {
  return files.some((file) => file === name || file.endsWith(`/${name}`));
}

interface Command {
  readonly script: string;
  /** What stands after `--`, up to the end of the command. */
  readonly argumentText: string;
}

function commandsIn(text: string): Command[] {
  const commands = text
    .replaceAll(/\\\n\s*/g, ' ')
    .matchAll(/\bnpm (?:(start|test)\b|run\s+(?:-s )?([\w:-]+))(?: -- ([^`\n|#]*))?/g);
  return [...commands].map(([, short, script = '', argumentText = '']) => ({ script: short ?? script, argumentText }));
}

/** The help text of a command of ours; undefined for others such as cdk and Jest, which have options of their own. */
function helpOf(script: string): string | undefined {
  const [, entry] = /^(?:exec )?node (\S+\.ts)$/.exec(scripts[script] ?? '') ?? [];
  if (entry === undefined) return undefined;
  const imported = [...textOf(entry).matchAll(/ from '(\.[^']+)'/g)].map(([, path = '']) => join(dirname(entry), path));
  const helps = [entry, ...imported].map((file) => /^const help = `([^`]*)`/m.exec(textOf(file))?.[1] ?? '');
  return helps.join('');
}

/** Options, and words such as put-orders, that the help text of their command does not have. */
function unknownArgumentsIn(text: string): string[] {
  return commandsIn(text).flatMap(({ script, argumentText }) => {
    const help = helpOf(script);
    if (help === undefined) return [];
    const words = argumentText.split(/\s+/).filter((word) => /^(?:--[a-z]|[a-z]+-[a-z]+$)/.test(word));
    return words.filter((word) => !new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(help));
  });
}

describe('documents', () => {
  test('are found wherever they are, and none that is installed or generated', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'client/README.md', 'docs/contract.md']));
    expect(documents.filter((document) => /node_modules|cdk\.out/.test(document))).toEqual([]);
  });

  test.each(documents)('%s links to nothing that is not there', (document) => {
    expect(linksIn(textOf(document)).flatMap((link) => problemOf(link, document) ?? [])).toEqual([]);
  });

  test.each(ofToday)('%s names no file that is not there', (document) => {
    const text = textOf(document);
    expect(pathsIn(text).filter((path) => !isThere(path))).toEqual([]);
    expect(sourcesIn(text).filter((name) => !isSource(name))).toEqual([]);
  });

  test.each(ofToday)('%s shows no command that there is not', (document) => {
    const named = commandsIn(textOf(document)).map(({ script }) => script);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  test.each(ofToday)('%s shows no option that its command does not have', (document) => {
    expect(unknownArgumentsIn(textOf(document))).toEqual([]);
  });

  const long = documents.filter((page) => dirname(page) === 'docs' && textOf(page).split('\n').length > 120);

  test.each(long)('%s is long, and lists its sections at the top', (page) => {
    const [, contents = ''] = /^\*\*Contents\*\*\n([^]*?)^## /m.exec(textOf(page)) ?? [];
    const [, ...sections] = anchorsIn(textOf(page), 2);
    expect(sections.filter((section) => !contents.includes(`(#${section})`))).toEqual([]);
  });
});

describe('the diagrams of docs/architecture.md', () => {
  const [system = '', cancellation = ''] = textOf('docs/architecture.md').match(/```mermaid\n[^`]*```/g) ?? [];

  test('name the files that a cancellation goes through', () => {
    for (const diagram of [system, cancellation]) expect(pathsIn(diagram).length).toBeGreaterThan(3);
  });

  test('have every route that is deployed', () => {
    // The page's own files go with it.
    const pages = documentPaths.filter((path) => path.lastIndexOf('/') === 0);
    const reads = readFunctions.map(({ path }) => path);
    expect([cancelPath, ...reads, ...pages].filter((path) => !system.includes(path))).toEqual([]);
  });
});

describe('what is not there is found', () => {
  test('of links: files, and headings as GitHub names them', () => {
    expect(linksIn('[a](b.md#c) ![d](e.png) `[no](no)`\n```\n[no](no)\n```\n<img src="f.png">')).toEqual([
      'b.md#c',
      'e.png',
      'f.png',
    ]);
    expect(anchorsIn('# A `b`, c-d?\n## A [b](e), c-d\n```\n# no\n```\n')).toEqual(['a-b-c-d', 'a-b-c-d-1']);
    expect(problemOf('../README.md#no-such-heading', 'docs/contract.md')).toMatch('README.md has no #no-such-heading');
    expect(problemOf('no-such.md', 'docs/contract.md')).toMatch('there is no docs/no-such.md');
  });

  test('of files: paths, and sources by name', () => {
    expect(pathsIn('`lambda/no.ts`, https://a.example/docs/b')).toEqual(['lambda/no.ts']);
    expect(['lambda/FUNCTION/main.ts', 'lambda/FUNCTION/no.ts', 'lambda/no.ts'].map(isThere)).toEqual([
      true,
      false,
      false,
    ]);
    expect(sourcesIn('`rules.ts` and `mutants/run.ts`, not `orders.json`')).toEqual(['rules.ts', 'mutants/run.ts']);
    expect(['rules.ts', 'mutants/run.ts', 'no-such.ts'].map(isSource)).toEqual([true, true, false]);
  });

  test('of commands: options, and commands of admin', () => {
    const ours = Object.keys(scripts).filter((script) => helpOf(script) !== undefined);
    expect(ours.filter((script) => !helpOf(script)?.includes('--help'))).toEqual(['screenshots']);
    expect(commandsIn('`npm run -s audit -- --json`, npm 11, npm test')).toEqual([
      { script: 'audit', argumentText: '--json' },
      { script: 'test', argumentText: '' },
    ]);
    const text = 'npm run audit -- --stage prod \\\n  --all # --no\n`npm run admin -- drop-key K`';
    expect(unknownArgumentsIn(text)).toEqual(['--all', 'drop-key']);
  });
});
