import { describe, expect, test } from '@jest/globals';
import { refusals } from '../../lambda/contract/result-codes.ts';
import { runNode } from '../fixtures/run-node.ts';
import { deliveryFaults, faultKinds } from '../simulation/faults.ts';

const simulate = async (...options: readonly string[]) => await runNode(['test/simulation/simulate.ts', ...options]);

/** What the summary counts, by name. */
function countsOf(summary: string): Map<string, number> {
  const rows = summary.matchAll(/^ {2}(\S+) +([\d,]+)$/gm);
  return new Map(Array.from(rows, ([, name = '', count = '']) => [name, Number(count.replaceAll(',', ''))]));
}

describe('the simulator', () => {
  test('finds every promise kept, and has seen every kind of answer and of fault', async () => {
    const { exitCode, stdout } = await simulate('--seed', '1', '--histories', '1500');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('All 1,500 histories') });
    const counts = countsOf(stdout);
    const answers = Object.keys(refusals).filter((name) => name !== 'INTERNAL_ERROR');
    const kinds = ['CANCELED', 'REPLAYED', 'CRASHED', ...answers, ...faultKinds, ...deliveryFaults];
    expect(kinds.filter((kind) => (counts.get(kind) ?? 0) === 0)).toEqual([]);
    expect(counts.get('INTERNAL_ERROR')).toBeUndefined();
  });

  test('does the same again for the same seeds, on however many threads', async () => {
    const one = await simulate('--seed', '77', '--histories', '600', '--workers', '1');
    const two = await simulate('--seed', '77', '--histories', '600', '--workers', '2');
    expect(two.stdout).toBe(one.stdout);
    expect(one.stdout).toMatch(/^Fingerprint: [0-9a-f]{8}$/m);
  });

  test('tells a single history event by event, to the letter the same', async () => {
    const one = await simulate('--seed', '36', '--histories', '1');
    const again = await simulate('--seed', '36', '--histories', '1');
    expect(one.stdout).toMatch(/ms {2}request 0 begins\n/);
    expect(again.stdout).toBe(one.stdout);
  });

  test.each([
    [['--seed=-1'], '--seed must be a whole number from 0 to 4294967295, not -1.'],
    [['--seed', '4294967296'], '--seed must be a whole number from 0 to 4294967295, not 4294967296.'],
    [['--histories', '0'], '--histories must be a whole number from 1 to 1000000000, not 0.'],
    [['--workers', 'many'], '--workers must be a whole number from 1 to 64, not many.'],
    [
      ['--seed', '4294967295', '--histories', '2'],
      '--seed and --histories must not go beyond the last seed, 4294967295.',
    ],
    [['--sed', '1'], "Unknown option '--sed'"],
  ])('refuses %j in one line', async (options, message) => {
    const { exitCode, stdout, stderr } = await simulate(...options);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(message)]);
  });
});
