import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runNode } from '../../../support/run-node.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-conformance-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = async (...args: string[]) => await runNode(['bin/conformance.ts', ...args]);
const moduleWith = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const example = 'examples/executor/executor.ts';

/** The text of an executor whose handle is this. */
const handling = (handle: string) =>
  `export const createExecutor = () => ({ handle: async () => { ${handle} }, notice: async () => {} });`;

describe('npm run conformance', () => {
  test('passes the example', async () => {
    expect(await run('--executor', example, '--histories', '30')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^30 histories, .* all 12 rules are kept\.\n$/),
      stderr: '',
    });
  });

  test('prints one line for each rule that is broken, and how to see more of it', async () => {
    const executor = 'test/support/broken-executors/reports-wrongly.ts';
    const { exitCode, stdout, stderr } = await run('--executor', executor, '--histories', '30');
    expect(exitCode).toBe(1);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => /^[A-Z_]+, seed \d+: /.test(line))).toEqual(lines.map(() => true));
    const names = lines.map((line) => line.split(',', 1)[0]);
    expect(names).toEqual(expect.arrayContaining(['SAME_AS_REQUEST', 'NO_ACCOUNT_LEAKS']));
    expect(new Set(names).size).toBe(names.length);
    expect(stderr).toMatch(
      new RegExp(`^${names.length} of 12 rules are broken.* --executor ${executor} --seed \\d+ --histories 1\n$`),
    );
  });

  test('prints all that happens in a single history', async () => {
    const { exitCode, stdout } = await run('--executor', example, '--histories', '1', '--seed', '13');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\+\d+\.\d{3} s {2}delivers the request RETREQ/);
    expect(stdout).toContain('PSP accepts');
  });

  test('ends an executor that ends its process, and one that fails where nobody waits', async () => {
    expect(await run('--executor', moduleWith('ends.mjs', handling('process.exit(0)')))).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('CALLS_END, seed 1: the executor ends its process.'),
    });
    const stray = handling("Promise.reject(new Error('not awaited'))");
    expect(await run('--executor', moduleWith('stray.mjs', stray), '--histories', '1')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('CALLS_END, seed 1: an error that no call has thrown: not awaited.'),
    });
  });

  test.each([
    ['nothing.mjs', '', 'exports no function createExecutor, but nothing.'],
    ['other.mjs', 'export const createExecuter = 1;', 'exports no function createExecutor, but createExecuter.'],
    ['syntax.mjs', 'export const = 1;', 'cannot be loaded: Unexpected token'],
    ['missing.mjs', "import './no-such-file.mjs';", 'cannot be loaded: Cannot find module'],
    ['exits.mjs', 'process.exit(0);', 'ends its process when it is loaded.'],
    [
      'throws.mjs',
      "export const createExecutor = () => { throw new Error('no PSP'); };",
      'has a createExecutor that throws: no PSP',
    ],
    [
      'half.mjs',
      'export const createExecutor = () => ({ handle() {} });',
      'has a createExecutor that returns no function notice.',
    ],
  ])('%s is no executor, and one line says why', async (name, text, problem) => {
    const file = moduleWith(name, text);
    const { exitCode, stdout, stderr } = await run('--executor', file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(`Error: ${file} ${problem}`)]);
  });

  test.each([
    [[], '--executor is missing'],
    [['--executor', 'no-such-file.ts'], '--executor: there is no file no-such-file.ts.'],
    [['--executor', 'examples'], '--executor: there is no file examples.'],
    [['--executor', example, '--histories', '0'], '--histories must be a whole number from 1 to 1000000, not 0.'],
    [['--executor', example, '--seed', '-1'], "Option '--seed"],
    [['--executor', example, '--seed', '4294967295'], '--seed and --histories must not go beyond the last seed'],
    [[example], 'Unexpected argument'],
  ])('%j fails with one line', async (args, message) => {
    const { exitCode, stderr } = await run(...args);
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
  });

  test('prints its help', async () => {
    expect(await run('--help')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('--executor MODULE') });
  });
});
