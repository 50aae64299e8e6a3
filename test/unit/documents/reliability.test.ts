import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { maxAttempts } from '../../../lambda/dynamodb/backoff.ts';
import { requestTimeoutMs, retries } from '../../../lambda/dynamodb/client.ts';
import { credentialCacheMs } from '../../../lambda/dynamodb/credential-repository.ts';
import { linksIn, rowsOf, sectionOf } from '../../support/markdown.ts';
import { projectRoot } from '../../support/run-node.ts';

const textOf = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const failures = rowsOf(sectionOf(textOf('docs/reliability.md'), 'What may fail')).slice(2);

describe('the table of failures in docs/reliability.md', () => {
  // A claim is shown by a test: it quotes its name.
  test('quotes no test that there is not', () => {
    const tests = globSync('test/**/*.test.ts', { cwd: projectRoot, exclude: ['**/node_modules'] });
    const names = tests.map(textOf).join('\n').replaceAll("\\'", "'");
    const quoted = failures.flatMap(([, , shownBy = '']) =>
      [...shownBy.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
    );
    expect(quoted.length).toBeGreaterThan(10);
    expect(quoted.filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each([
    ['the order changes between read and write', `at most ${maxAttempts} attempts in all`],
    ['conflict or throttling inside the transaction', `sent at most ${maxAttempts} times`],
    ['throttling of a call', `${retries.maxAttempts} attempts by the SDK`],
    ["DynamoDB's answer stops in the middle", `given up after ${requestTimeoutMs / 1000} s`],
    ['an access key is revoked', `at most ${credentialCacheMs / 1000} s after it was revoked`],
  ])('says of "%s": %s', (failure, behavior) => {
    expect(failures.filter(([cell]) => cell?.startsWith(failure)).map(([, right]) => right)).toEqual([
      expect.stringContaining(behavior),
    ]);
  });
});

test('what docs/reliability.md says of the calls that the SDK retries is true', () => {
  expect(textOf('docs/reliability.md')).toMatch(`Each call has ${retries.maxAttempts} attempts at most.`);
});

describe('how often a cancellation is tried', () => {
  // Whoever changes the number changes one page.
  test.each(['docs/architecture.md', 'docs/operations.md'])(
    'is not in %s, which links to docs/reliability.md',
    (page) => {
      expect(textOf(page)).toMatch(/a bounded number of (?:attempts|times)/);
      expect(linksIn(textOf(page))).toContain('reliability.md#what-may-fail');
      expect(textOf(page)).not.toMatch(new RegExp(`\\b${maxAttempts} (?:attempts|times)`));
    },
  );
});
