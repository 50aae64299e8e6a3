import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { credentialCacheMs } from '../../../lambda/dynamodb/credential-repository.ts';
import { stageNamed } from '../../../lib/stages.ts';
import { rowsOf, sectionOf } from '../../support/markdown.ts';
import { projectRoot } from '../../support/run-node.ts';

const textOf = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const page = textOf('docs/security.md');
const tableOf = (heading: string) => rowsOf(sectionOf(page, heading)).slice(2);

const files = globSync('test/**/*.test.ts', { cwd: projectRoot, exclude: ['**/node_modules'] });

/** The tests that a cell quotes: `FILE`: "NAME", "NAME". */
function quotedIn(cell = ''): Array<{ readonly file: string; readonly name: string }> {
  return [...cell.matchAll(/`([\w-]+\.test\.ts)`: ((?:"[^"]+"(?:, )?)+)/g)].flatMap(([, file = '', names = '']) =>
    [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => ({ file, name })),
  );
}

function isTest({ file, name }: { readonly file: string; readonly name: string }): boolean {
  const candidates = files.filter((path) => basename(path) === file);
  return candidates.some((path) => textOf(path).replaceAll("\\'", "'").includes(name));
}

describe.each(['Threats', 'OWASP API Security Top 10'])('the table "%s" in docs/security.md', (heading) => {
  const rows = tableOf(heading);

  test('has a test in each row', () => {
    expect(rows.length).toBeGreaterThanOrEqual(10);
    expect(rows.filter(([, , shownBy]) => quotedIn(shownBy).length === 0)).toEqual([]);
  });

  test('quotes no test that there is not', () => {
    const quoted = rows.flatMap(([, , shownBy]) => quotedIn(shownBy));
    expect(quoted.filter((one) => !isTest(one))).toEqual([]);
  });

  test('mentions no file of tests without a name in it', () => {
    const shownBy = rows.map(([, , cell = '']) => cell).join('\n');
    const mentioned = [...shownBy.matchAll(/`([\w-]+\.test\.ts)`/g)].map(([, file]) => file);
    expect(new Set(mentioned)).toEqual(new Set(quotedIn(shownBy).map(({ file }) => file)));
  });
});

test('all ten risks of OWASP are in docs/security.md, by number', () => {
  const numbers = tableOf('OWASP API Security Top 10').map(([risk = '']) => /^API(\d+):2023 [A-Z]/.exec(risk)?.[1]);
  expect(numbers).toEqual(Array.from({ length: 10 }, (_value, index) => String(index + 1)));
});

describe('what docs/security.md says', () => {
  test('of how long logs are kept is as the stages have it', () => {
    const [dev, staging, prod] = (['dev', 'staging', 'prod'] as const).map((name) => stageNamed(name).logRetentionDays);
    expect(prod).toBe(RetentionDays.ONE_YEAR);
    expect(page).toMatch(`${dev} days in dev, ${staging} in staging, ${prod} in prod`);
  });

  test('of one store and of revoked keys is as the code has it', () => {
    const { perAccessKey } = stageNamed('prod').rateLimits;
    expect(page).toMatch(`${perAccessKey / 300} requests a second of one access key on average`);
    expect(credentialCacheMs).toBe(60_000);
    expect(page).toMatch('A revoked key works for up to a minute more');
  });

  test('of what is accepted says why, and what limits it', () => {
    for (const row of tableOf('Accepted')) {
      expect(row).toHaveLength(3);
      for (const cell of row) expect(cell).toMatch(/.{10}/);
    }
  });
});
