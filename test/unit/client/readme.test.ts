import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { settingsFrom } from '../../../client/src/settings.ts';
import { defaultPageSize, maxListedCancellations } from '../../../lambda/contract/limits.ts';
import { demoStore } from '../../../tools/local/demo.ts';
import { projectRoot } from '../../support/run-node.ts';

const readme = readFileSync(join(projectRoot, 'client/README.md'), 'utf8').replaceAll(/\s+/g, ' ');
const about = JSON.parse(readFileSync(join(projectRoot, 'client/package.json'), 'utf8')) as {
  readonly engines: { readonly node: string };
};
const written = (number: number) => number.toLocaleString('en-US');

test("client/README.md says the client's defaults and bounds as they are", () => {
  const { timeoutMs, deadlineMs, maxAttempts } = settingsFrom({
    url: 'http://127.0.0.1:3000',
    ...demoStore,
    ricCode: 'KIC',
    countryCode: 'KR',
  });
  const said = [
    `\`maxAttempts\` attempts (${maxAttempts})`,
    `\`deadlineMs\` (${written(deadlineMs)})`,
    `\`timeoutMs\` (${written(timeoutMs)})`,
    `\`limit\` of them (${defaultPageSize})`,
    `more than ${maxListedCancellations} of them`,
    `Node ${about.engines.node.replace('>=', '')} or newer`,
  ];
  expect(said.filter((text) => !readme.includes(text))).toEqual([]);
});
