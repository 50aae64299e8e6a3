import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refusals } from '../../../lambda/contract/result-codes.ts';
import { projectRoot } from '../../support/run-node.ts';

/** What each version says of an order that does not exist. */
export const notFound = {
  first: refusals.ORDER_NOT_FOUND.message.en,
  second: 'The second version has not found the order.',
};

/** The commits that the versions are made from. */
export const commits = { first: 'a1b2c3d4e5f6', second: 'b2c3d4e5f6a7' };

const sources = ['bin', 'lambda', 'lib', 'docs/openapi.json', 'cdk.json', 'package.json', 'package-lock.json'];
const changedFile = 'lambda/contract/result-codes.ts';

/** Copies what `cdk synth` reads, with a change that shows in responses of the signed routes. */
export function copyAsSecondVersion(clone: string): void {
  for (const source of sources) {
    mkdirSync(dirname(join(clone, source)), { recursive: true });
    cpSync(join(projectRoot, source), join(clone, source), { recursive: true });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(clone, 'node_modules'));
  const file = join(clone, changedFile);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(`en: '${notFound.first}'`, `en: '${notFound.second}'`);
  if (changed === text) throw new Error(`${changedFile} does not have the message any more.`);
  writeFileSync(file, changed);
}
