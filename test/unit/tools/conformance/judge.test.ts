import { describe, expect, test } from '@jest/globals';
import { createExecutor as createExample } from '../../../../examples/executor/executor.ts';
import { drawHistory } from '../../../../tools/conformance/draw-history.ts';
import type { Executor, PspAnswer } from '../../../../tools/conformance/executor.ts';
import { judge } from '../../../../tools/conformance/judge.ts';
import { playHistory } from '../../../../tools/conformance/play-history.ts';
import { type RuleName, rules } from '../../../../tools/conformance/rules.ts';
import { createExecutor as countsInMemory } from '../../../support/broken-executors/counts-in-memory.ts';
import { createExecutor as failsAfterTimeout } from '../../../support/broken-executors/fails-after-timeout.ts';
import { createExecutor as noTable } from '../../../support/broken-executors/no-table.ts';
import { createExecutor as paysEachDelivery } from '../../../support/broken-executors/pays-each-delivery.ts';
import { createExecutor as reportsWrongly } from '../../../support/broken-executors/reports-wrongly.ts';

type Parts = Parameters<typeof createExample>[0];
type Create = (parts: Parts) => Executor;

const nothing = { printed: [], stray: [] };

/** The rules that an executor is seen to break, until it has broken those that are expected. */
async function brokenBy(
  createExecutor: Create,
  histories: number,
  expected: readonly RuleName[] = [],
): Promise<Map<RuleName, string>> {
  const broken = new Map<RuleName, string>();
  const isEnough = () => expected.length > 0 && expected.every((rule) => broken.has(rule));
  for (let seed = 1; seed <= histories && !isEnough(); seed += 1) {
    const module = { createExecutor };
    const found = judge(await playHistory(module, drawHistory(seed)), nothing);
    for (const { rule, how } of found) if (!broken.has(rule)) broken.set(rule, how);
  }
  return broken;
}

/** The example with another PSP. */
const withPsp = (change: (psp: Parts['psp']) => Partial<Parts['psp']>): Create => {
  return (parts) => createExample({ ...parts, psp: { ...parts.psp, ...change(parts.psp) } });
};

/** The example whose reports say something else. */
const reporting = (change: (data: Parameters<Parts['report']>[0]['data']) => object): Create => {
  return (parts) =>
    createExample({
      ...parts,
      report: async (event) => await parts.report({ ...event, data: { ...event.data, ...change(event.data) } }),
    });
};

/** Waits for what never comes. */
const waiting: Create = (parts) => ({
  ...createExample(parts),
  handle: async () => await new Promise(() => undefined),
});

const declined: PspAnswer = { operation: 'REFUND', status: 'FAILED', code: 'DECLINED' };

describe('the conformance test', () => {
  test('finds nothing in the example', async () => {
    expect(await brokenBy(createExample, 100)).toEqual(new Map());
  });

  test.each<[string, Create, RuleName[]]>([
    ['has no table of its own', noTable, ['PAYS_ONCE']],
    ['reports FAILED after a timeout', failsAfterTimeout, ['FAILED_IS_FINAL', 'FAILED_HAS_A_CAUSE']],
    ['numbers its reports from 1 again after a restart', countsInMemory, ['NUMBERS']],
    ['pays again when a request comes again', paysEachDelivery, ['PAYS_ONCE']],
    ['reports another amount, and the account', reportsWrongly, ['SAME_AS_REQUEST', 'NO_ACCOUNT_LEAKS']],
    [
      'pays something else',
      withPsp((psp) => ({ refund: async (call) => await psp.refund({ ...call, amount: call.amount / 2 }) })),
      ['PAYS_WHAT_IS_ASKED'],
    ],
    [
      'pays to another account',
      withPsp((psp) => ({
        refund: async ({ account, ...call }) =>
          await psp.refund({ ...call, ...(account && { account: { ...account, bankCode: '002' } }) }),
      })),
      ['PAYS_WHAT_IS_ASKED'],
    ],
    [
      'never pays',
      withPsp(() => ({ refund: async () => declined, release: async () => declined })),
      ['FAILED_HAS_A_CAUSE'],
    ],
    [
      'moves an amount of 0',
      (parts) =>
        createExample({
          ...parts,
          report: async (event) =>
            await parts.report({
              ...event,
              data: event.data.amount === 0 ? { ...event.data, status: 'FAILED' } : event.data,
            }),
        }),
      ['FAILED_HAS_A_CAUSE'],
    ],
    [
      'lets a void fail whose money was captured',
      withPsp(() => ({ refund: async () => ({ ...declined, code: 'CAPTURED' }) })),
      ['FAILED_HAS_A_CAUSE'],
    ],
    [
      'takes a refund that has begun for one that succeeded',
      reporting(({ status }) => ({ status: status === 'PENDING' ? 'SUCCEEDED' : status })),
      ['SUCCESS_IS_PAID'],
    ],
    [
      'does not say that money came back',
      (parts) => ({ ...createExample(parts), notice: async () => undefined }),
      ['SUCCESS_IS_PAID', 'EVERY_REQUEST_ENDS'],
    ],
    [
      'is silent about what it does not know',
      (parts) => {
        const executor = createExample(parts);
        return { ...executor, handle: async (event) => await executor.handle(event).catch(() => undefined) };
      },
      ['EVERY_REQUEST_ENDS'],
    ],
    ['begins with another number', reporting(({ sequence }) => ({ sequence: sequence + 1 })), ['NUMBERS']],
    [
      'makes a success of a failure',
      reporting(({ status, sequence }) => (status === 'FAILED' && sequence > 1 ? { status: 'SUCCEEDED' } : {})),
      ['SUCCESS_IS_PAID'],
    ],
    [
      'explains itself in a sentence',
      reporting(({ status }) => (status === 'FAILED' ? { failureReason: 'The bank refused it' } : {})),
      ['REPORTS_FIT'],
    ],
    ['does not say how a void was settled', reporting(() => ({ settlement: undefined })), ['SETTLEMENT']],
    ['says of each refund that it was refunded', reporting(() => ({ settlement: 'REFUNDED' })), ['SETTLEMENT']],
  ])('refuses an executor that %s', async (_name, create, expected) => {
    const broken = await brokenBy(create, 300, expected);
    expect([...broken.keys()]).toEqual(expect.arrayContaining(expected));
    for (const rule of expected) expect(broken.get(rule)).toMatch(/^[^\n]+$/);
  });

  test('refuses an executor that waits for something else than its parts, and plays that history no further', async () => {
    const module = { createExecutor: waiting };
    expect(judge(await playHistory(module, drawHistory(1), { patienceMs: 50 }), nothing)).toEqual([
      { rule: 'CALLS_END', how: 'a run waits for something that is not one of its parts' },
    ]);
  });

  test('refuses an executor that prints an account, or leaves an error behind', async () => {
    const chronicle = await playHistory({ createExecutor: createExample }, drawHistory(2));
    const account = [...chronicle.service.attempts.values()].find((attempt) => attempt.account !== undefined)?.account;
    const number = account?.accountNumber ?? 'no account in this history';
    expect(judge(chronicle, { printed: [`to ${number}`], stray: [] }).map(({ rule }) => rule)).toEqual([
      'NO_ACCOUNT_LEAKS',
    ]);
    expect(judge(chronicle, { printed: [], stray: [new Error(`not sent to ${number}`)] })).toEqual([
      { rule: 'CALLS_END', how: 'an error that no call has thrown: not sent to ***' },
    ]);
  });

  test('plays a history the same each time', async () => {
    const module = { createExecutor: createExample };
    const play = async (seed: number) => {
      const lines: string[] = [];
      await playHistory(module, drawHistory(seed), { note: (line) => lines.push(line) });
      return lines;
    };
    const lines = await play(7);
    expect(lines.length).toBeGreaterThan(20);
    expect(await play(7)).toEqual(lines);
    expect(await play(8)).not.toEqual(lines);
  });

  test('has a sentence for each rule', () => {
    expect(Object.values(rules).filter((sentence) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
  });
});
