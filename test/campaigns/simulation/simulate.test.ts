import { describe, expect, test } from '@jest/globals';
import { refusals } from '../../../lambda/contract/result-codes.ts';
import { executionStatuses } from '../../../lambda/domain/execution.ts';
import { paymentStatuses } from '../../../lambda/domain/order.ts';
import { eventTypes, platformEventTypes } from '../../../lambda/events/event-names.ts';
import { runNode } from '../../support/run-node.ts';
import { deliveryFaults, faultKinds } from './faults.ts';

const simulate = async (...options: readonly string[]) =>
  await runNode(['test/campaigns/simulation/simulate.ts', ...options]);

/** What the summary counts, by name. */
function countsOf(summary: string): Map<string, number> {
  const rows = summary.matchAll(/^ {2}(\S+) +([\d,]+)$/gm);
  return new Map(Array.from(rows, ([, name = '', count = '']) => [name, Number(count.replaceAll(',', ''))]));
}

describe('the simulator', () => {
  test('finds every promise kept, and has seen every kind of response and of fault', async () => {
    const { exitCode, stdout } = await simulate('--seed', '1', '--histories', '1000');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('All 1,000 histories') });
    const counts = countsOf(stdout);
    const races = ['ConditionalCheckFailed+None', 'ConditionalCheckFailed+ConditionalCheckFailed'];
    const kinds = [
      'CANCELED',
      'REPLAYED',
      'CRASHED',
      ...Object.keys(refusals),
      ...faultKinds,
      ...deliveryFaults,
      ...races,
    ];
    expect(kinds.filter((kind) => (counts.get(kind) ?? 0) === 0)).toEqual([]);
  });

  test('finds every promise of the refund chain kept, and has seen all that can happen in it', async () => {
    const { exitCode, stdout } = await simulate('--chain', '--seed', '1', '--histories', '600');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('All 600 histories') });
    const ofChain = stdout.slice(stdout.indexOf('The refund chain:'));
    const seen = new Set(Array.from(ofChain.matchAll(/^ {2}(.+?) {2,}[\d,]+$/gm), ([, name]) => name));
    const outcomes = ['TAKEN', 'REPEATED', 'STALE', 'PAID_TWICE', 'REFUSED', 'REDELIVERED', 'MALFORMED'];
    const kinds = [
      ...eventTypes.map((type) => `event ${type}`),
      ...executionStatuses.map((status) => `execution ${status}`),
      ...outcomes.map((outcome) => `result taker ${outcome}`),
      ...['PUBLISHED', 'FAILED', 'UNPUBLISHABLE'].map((outcome) => `publisher ${outcome}`),
      'batch DIED',
      'batch FAILED',
      'operator DONE',
      'operator REFUSED',
      'report GIVEN_UP',
      ...platformEventTypes.map((type) => `event ${type}`),
      ...paymentStatuses.map((status) => `order ${status}`),
      ...['TAKEN', 'WITHOUT_EFFECT', 'CAPTURE_AFTER_VOID', 'REFUSED', 'REDELIVERED', 'MALFORMED'].map(
        (outcome) => `order taker ${outcome}`,
      ),
      'platform event GIVEN_UP',
      ...['DELIVERED', 'DROPPED', 'FAILED', 'LATE', 'GONE', 'WAITING', 'REFUSED', 'REDELIVERED'].map(
        (outcome) => `webhook sender ${outcome}`,
      ),
      'webhook HANGS',
      'webhook GIVEN_UP',
    ];
    expect(kinds.filter((kind) => !seen.has(kind))).toEqual([]);
  });

  test('does the same again for the same seeds, on however many threads', async () => {
    const one = await simulate('--seed', '77', '--histories', '500', '--workers', '1');
    const two = await simulate('--seed', '77', '--histories', '500', '--workers', '2');
    expect(two.stdout).toBe(one.stdout);
    expect(one.stdout).toMatch(/^Fingerprint: [0-9a-f]{8}$/m);
  });

  test('does so with the refund chain too', async () => {
    const one = await simulate('--chain', '--seed', '77', '--histories', '300', '--workers', '1');
    const two = await simulate('--chain', '--seed', '77', '--histories', '300', '--workers', '2');
    expect(two.stdout).toBe(one.stdout);
  });

  // Of what they showed there are few among many histories.
  test.each([
    ['a record that shows before its order', 297_503],
    ['AWS refusing a look at the record of a write that was not answered', 3923],
  ])('keeps every promise where %s once broke one', async (_what, seed) => {
    const { exitCode, stdout } = await simulate('--seed', String(seed), '--histories', '1');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('keeps every promise'),
    });
  });

  test('prints a single history event by event, to the letter the same', async () => {
    const one = await simulate('--seed', '36', '--histories', '1');
    const again = await simulate('--seed', '36', '--histories', '1');
    expect(one.stdout).toMatch(/^\d+ ms {2}request \d.* begins$/m);
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

describe('the seeded bugs', () => {
  test('are made in a copy, and found', async () => {
    const { exitCode, stdout } = await runNode([
      'test/campaigns/simulation/mutants/run.ts',
      '--only',
      'version not raised',
    ]);
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/1 of 1 bugs found\.\n$/),
    });
    expect(stdout).toMatch(/the simulator after 1 histories: A version went from (\d+) to \1\./);
  });

  test.each([
    [['--only', 'no such bug'], '--only must be in the name of a bug, and no such bug is in none.'],
    [['--histories', '0'], '--histories must be a whole number from 1 to 1000000, not 0.'],
  ])('refuse %j in one line', async (options, message) => {
    const { exitCode, stderr } = await runNode(['test/campaigns/simulation/mutants/run.ts', ...options]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: `Error: ${message}\n` });
  });
});
