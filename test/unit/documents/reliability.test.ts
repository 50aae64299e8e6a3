import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { attemptsMs } from '../../../lambda/dynamodb/backoff.ts';
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
    [
      'the order changes between read and write',
      `other attempts for ${attemptsMs / 1000} s, then 503: nothing was canceled`,
    ],
    [
      'conflict or throttling inside the transaction',
      `other attempts for ${attemptsMs / 1000} s, then 503: nothing was canceled`,
    ],
    ['throttling of a call', `${retries.maxAttempts} attempts by the SDK`],
    ['5xx of a call that reads', `${retries.maxAttempts} attempts by the SDK`],
    ["DynamoDB's answer to the write is lost", `read again, for ${attemptsMs / 1000} s`],
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
  const pages = globSync('{docs/*.md,README.md,CONTRIBUTING.md}', { cwd: projectRoot });

  // There is no such number: attempts end by time.
  test.each(pages)('is not in %s', (page) => {
    expect(textOf(page).match(/\b(?:at most|up to) (?:\d+|five) (?:attempts in all|times)/g)).toBeNull();
  });

  test('is in docs/reliability.md, to which docs/architecture.md links', () => {
    expect(linksIn(textOf('docs/architecture.md'))).toContain('reliability.md#what-may-fail');
  });
});
