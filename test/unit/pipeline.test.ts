import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cancelPath } from '../../lambda/contract/paths.ts';
import { smokeAccessKeyHash, smokeStore } from '../../lambda/pre-traffic/smoke-order.ts';
import { tableNamesOf } from '../../lib/stages.ts';
import { sectionOf } from '../support/markdown.ts';
import { projectRoot } from '../support/run-node.ts';

// What actionlint, zizmor, shellcheck and cfn-lint cannot know of the gate and the workflows: .ci/lint-workflows.

const textOf = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const workflows = globSync('.github/{workflows,actions}/**/*.yml', { cwd: projectRoot }).map(textOf);
const matches = (pattern: RegExp, texts: readonly string[]) => texts.flatMap((text) => [...text.matchAll(pattern)]);
const actionsIn = (text: string) => matches(/\b[a-z]+:[A-Z]\w+/g, [text]).map(([action]) => action);

describe('.ci/run', () => {
  const gate = textOf('.ci/run');

  test('may take 30 minutes in all', () => {
    const seconds = matches(/^ *step (\d+) /gm, [gate]).map(([, budget]) => Number(budget));
    expect(seconds.length).toBeGreaterThan(10);
    expect(seconds.reduce((sum, budget) => sum + budget, 0)).toBe(30 * 60);
  });

  test('is ended by the workflow only after its own budgets', () => {
    const [[, minutes] = []] = matches(/timeout-minutes: (\d+)/g, [textOf('.github/workflows/checks.yml')]);
    expect(Number(minutes)).toBeGreaterThan(30);
  });
});

describe('the workflows', () => {
  test('take one version of each action, which is named beside its hash', () => {
    const used = matches(/uses: ([a-z].*)$/gm, workflows).map(([, action = '']) => action);
    const pinned = new Set(used.filter((action) => /^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action)));
    expect(used.filter((action) => !pinned.has(action))).toEqual([]);
    expect(new Set([...pinned].map((action) => action.split('@')[0])).size).toBe(pinned.size);
  });

  test('store no secret', () => {
    expect(matches(/secrets\./g, workflows)).toEqual([]);
  });

  test('run scripts that there are', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: object };
    const run = matches(/npm run ([\w:]+)/g, workflows).map(([, script = '']) => script);
    expect(new Set(run)).toEqual(new Set(['deploy', 'smoke', 'audit']));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(run));
  });

  test('release to one stage after the other, and to prod after the audit of staging', () => {
    const release = textOf('.github/workflows/release.yml');
    const jobs = matches(/^ {2}(\w+):\n {4}needs: (\w+)$/gm, [release]).map(([, job, needs]) => [job, needs]);
    const order = [
      ['dev', 'checks'],
      ['staging', 'dev'],
      ['audit', 'staging'],
      ['prod', 'audit'],
    ];
    expect(jobs).toEqual(order);
  });

  test('find the URL of the API in the output of the stack', () => {
    expect(textOf('.github/workflows/release-stage.yml')).toContain(`.CancelUrl | rtrimstr("${cancelPath}")`);
  });
});

describe('the roles of the workflows', () => {
  const template = textOf('.github/aws-roles.yaml');
  const policyNamed = (name: string) =>
    template.split(`PolicyName: ${name}\n`)[1]?.split(/PolicyName|^ {2}\w/m)[0] ?? '';
  const rights = sectionOf(textOf('docs/operations.md'), 'Rights of an operator');

  test('are what the preflight needs and the page says, but the look into tables that were left', () => {
    const [, paragraph = ''] = /The preflight only reads: (.*?)`npm run deploy`/s.exec(rights) ?? [];
    const documented = actionsIn(paragraph).filter((action) => action !== 'dynamodb:Scan');
    const allowed = actionsIn(policyNamed('deploy')).filter((action) => !action.startsWith('sts:'));
    expect(allowed.toSorted()).toEqual(documented.toSorted());
    expect(allowed.length).toBeGreaterThan(10);
  });

  test('let the smoke test put rows of its own store only', () => {
    const smoke = policyNamed('smoke');
    expect(smoke).toContain(`'dynamodb:LeadingKeys': ['${smokeStore.storeId}/*']`);
    expect(smoke).toContain(`'dynamodb:LeadingKeys': [${smokeAccessKeyHash}]`);
    const { orders, storeKeys } = tableNamesOf('dev');
    for (const table of [orders, storeKeys]) expect(smoke).toContain(table.replace('dev', '${Stage}'));
  });

  test('let nobody but the audit read a table, and the audit write none', () => {
    const reading = ['BatchGetItem', 'DescribeTable', 'GetItem', 'Query', 'Scan'].map((name) => `dynamodb:${name}`);
    expect(actionsIn(policyNamed('audit'))).toEqual([...reading, 'kms:Decrypt', 'kms:ViaService']);
    expect(template.match(/dynamodb:(?:BatchGetItem|GetItem|Query|Scan)/g)).toHaveLength(4);
  });
});
