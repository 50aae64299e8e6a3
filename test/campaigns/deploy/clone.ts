import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refusals } from '../../../lambda/contract/result-codes.ts';
import { projectRoot } from '../../support/run-node.ts';
import { succeed } from './processes.ts';
import { account, region, type Workshop } from './workshop.ts';

/** What each version says of an order that does not exist. */
export const notFound = {
  first: refusals.ORDER_NOT_FOUND.message.en,
  second: 'The second version has not found the order.',
  third: 'The third version has not found the order.',
};

/** An operator's clone of the repository, with a commit for each version. The packages are those of the project. */
export interface Clone {
  readonly folder: string;
  /** As a version of the cancel function has them for its description. */
  readonly commits: Readonly<Record<keyof typeof notFound, string>>;
  readonly checkOut: (commit: string) => Promise<void>;
  readonly head: () => Promise<string>;
}

const folders = ['bin', 'examples', 'lambda', 'lib', 'tools'];
const files = ['.gitignore', 'cdk.json', 'docs/openapi.json', 'package.json', 'package-lock.json'];

/** Makes a clone with a name, at the commit of the first version. */
export async function makeClone({ env, folder: workshop }: Workshop, name: string): Promise<Clone> {
  const folder = join(workshop, name);
  for (const source of [...folders, ...files]) {
    mkdirSync(dirname(join(folder, source)), { recursive: true });
    cpSync(join(projectRoot, source), join(folder, source), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  const git = async (...args: string[]) => {
    const identity = ['-c', 'user.name=operator', '-c', 'user.email=operator@example.com'];
    return (await succeed('git', { args: [...identity, ...args], env, cwd: folder }, 60_000)).trim();
  };
  const commit = async () => {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'A version');
    return await git('rev-parse', '--short=12', 'HEAD');
  };
  await git('init', '--quiet');
  fillInStaging(folder);
  const first = await commit();
  sayOfMissingOrders(folder, notFound.first, notFound.second);
  const second = await commit();
  sayOfMissingOrders(folder, notFound.second, notFound.third);
  const third = await commit();
  await git('checkout', '--quiet', first);
  return {
    folder,
    commits: { first, second, third },
    async checkOut(hash) {
      await git('checkout', '--quiet', hash);
    },
    head: async () => await git('rev-parse', '--short=12', 'HEAD'),
  };
}

/** What the documentation says to fill in for staging: its account and region, who reports refunds, and who sends orders. */
function fillInStaging(folder: string): void {
  const environment = `{ account: '${account}', region: '${region}' }`;
  change(folder, 'lib/stages.ts', /(?<=\bstaging: \{[^]*?\benvironment: ).*(?=,)/, environment);
  const executors = `['arn:aws:iam::${account}:role/refund-executor']`;
  change(folder, 'lib/stages.ts', /(?<=\bstaging: \{[^]*?\bexecutors: ).*(?=,)/, executors);
  const platforms = `['arn:aws:iam::${account}:role/shop']`;
  change(folder, 'lib/stages.ts', /(?<=\bstaging: \{[^]*?\bplatforms: ).*(?=,)/, platforms);
}

/** A change that shows in responses of the signed routes. */
function sayOfMissingOrders(folder: string, before: string, after: string): void {
  change(folder, 'lambda/contract/result-codes.ts', `en: '${before}'`, `en: '${after}'`);
}

function change(folder: string, name: string, from: string | RegExp, to: string): void {
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${name} does not have ${from} any more.`);
  writeFileSync(file, changed);
}
