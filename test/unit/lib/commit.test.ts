import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commitOf } from '../../../lib/commit.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-commit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const identity = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com'];
const git = (...args: string[]) =>
  execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();

describe('the commit that is deployed', () => {
  test('is that of the sources, and marked when they were changed since', () => {
    git('init');
    git('commit', '--allow-empty', '-m', 'first');
    git('tag', 'v1');
    const commit = git('rev-parse', 'HEAD').slice(0, 12);
    expect(commitOf(undefined, folder)).toBe(commit);
    execFileSync('sh', ['-c', 'echo 1 > a && git add a'], { cwd: folder });
    expect(commitOf(undefined, folder)).toBe(`${commit}-dirty`);
  });

  test('is unknown outside of a repository, and in one without a commit', () => {
    expect(commitOf(undefined, folder)).toBe('unknown');
    git('init');
    expect(commitOf(undefined, folder)).toBe('unknown');
  });

  test('is what was given, as short as one that is found', () => {
    expect(commitOf('0123456789abcdef0123456789abcdef01234567', folder)).toBe('0123456789ab');
    expect(commitOf('0123456', folder)).toBe('0123456');
  });

  test.each([['main'], [''], ['012345'], ['0123456Z'], ['0'.repeat(41)], [7], [true]])(
    'that is given as %j is refused in one line that says what is accepted',
    (given) => {
      expect(() => commitOf(given, folder)).toThrow(
        new Error(
          `The commit ${JSON.stringify(given)} is not understood: give the hash of a commit, 7 to 40 hex digits.`,
        ),
      );
    },
  );
});
