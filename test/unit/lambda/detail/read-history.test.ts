import { describe, expect, test } from '@jest/globals';
import { type HistoryContext, readHistory } from '../../../../lambda/detail/read-history.ts';
import type { ExecutionState } from '../../../../lambda/domain/execution.ts';
import { InvariantViolated, type Order } from '../../../../lambda/domain/order.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import type { HistoryRepository, PastCancellation } from '../../../../lambda/dynamodb/history-repository.ts';
import type { Runtime } from '../../../../lambda/environment/runtime.ts';
import type { RequestStats } from '../../../../lambda/signed-route/request-report.ts';
import { lineOf, orderOf } from '../../../../tools/in-memory/orders.ts';
import { cancellationsTo, cancellationTo, orderAtVersion } from '../../../support/past-cancellations.ts';

const id = { storeId: 'STORE-1', orderNo: 'ORD20251224001' };

interface Script {
  /** First to last; the last one is repeated. */
  readonly orders?: ReadonlyArray<Order | undefined>;
  readonly lists?: ReadonlyArray<readonly PastCancellation[] | undefined>;
  readonly executions?: ReadonlyArray<readonly ExecutionState[] | undefined>;
  readonly timeMs?: number;
}

/** Reads through a repository that answers as the script says, with a clock that only pauses move. */
function read({ orders = [orderAtVersion(1)], lists = [[]], executions = [[]], timeMs = 9500 }: Script = {}) {
  const steps: string[] = [];
  const stats: RequestStats = { attempts: 0, conflicts: 0, isOutcomeUnknown: false };
  let nowMs = 0;
  const answering = <Answer>(name: string, answers: readonly Answer[]) => {
    let calls = 0;
    return (): Answer => {
      steps.push(name);
      const answer = answers[Math.min(calls, answers.length - 1)] as Answer;
      calls += 1;
      return answer;
    };
  };
  const [nextOrder, nextList] = [answering('order', orders), answering('cancellations', lists)];
  const nextExecutions = answering('executions', executions);
  const asked: unknown[] = [];
  const history: HistoryRepository = {
    findOrder: async (...args) => {
      asked.push(args.slice(0, -1));
      return nextOrder();
    },
    listCancellations: async (...args) => {
      asked.push(args.slice(0, -1));
      return nextList();
    },
    listExecutions: async (...args) => {
      asked.push(args.slice(0, -1));
      return nextExecutions();
    },
  };
  const sleep = async (ms: number) => {
    steps.push(`pause ${ms}`);
    nowMs += ms;
  };
  const runtime = { random: () => 0.5, sleep } as unknown as Runtime;
  const found = readHistory(id, { history, runtime, stats, remainingMs: () => timeMs - nowMs });
  return { found, steps, stats, asked };
}

describe('an order and its cancellations', () => {
  test('are two round trips where they add up, the order first', async () => {
    const { found, steps, stats, asked } = read({ orders: [orderAtVersion(3)], lists: [cancellationsTo(3)] });
    expect(await found).toEqual({
      order: orderAtVersion(3),
      cancellations: cancellationsTo(3),
      executions: new Map(),
    });
    expect(steps).toEqual(['order', 'cancellations', 'executions']);
    expect(asked).toEqual([[id], [id, 1000], [id, 1000]]);
    expect(stats.attempts).toBe(1);
  });

  test('of an order that does not exist are nothing, and no list is read', async () => {
    const { found, steps } = read({ orders: [undefined] });
    expect(await found).toBeUndefined();
    expect(steps).toEqual(['order']);
  });

  test('that were applied after the order was read are left out', async () => {
    const { found, steps } = read({ orders: [orderAtVersion(3)], lists: [cancellationsTo(9)] });
    expect((await found)?.cancellations).toEqual(cancellationsTo(3));
    expect(steps).toEqual(['order', 'cancellations', 'executions']);
  });

  test('are of any sequence, and other writers may have raised the version between them', async () => {
    const order = orderAtVersion(8, 2);
    const lists = [[cancellationTo(7), cancellationTo(4)]];
    expect((await read({ orders: [order], lists }).found)?.cancellations).toEqual(lists[0]);
  });

  test('that are too many to be listed are undefined', async () => {
    const { found, steps } = read({ orders: [orderAtVersion(3)], lists: [undefined] });
    expect(await found).toEqual({ order: orderAtVersion(3), cancellations: undefined, executions: new Map() });
    expect(steps).toEqual(['order', 'cancellations', 'executions']);
  });
});

const executionOf = (orderVersion: number, overrides: Partial<ExecutionState> = {}): ExecutionState => ({
  returnRequestId: cancellationTo(orderVersion).returnRequestId,
  attempt: 1,
  status: 'REQUESTED',
  updatedAtMs: 0,
  ...overrides,
});

describe('the executions', () => {
  test('are by the cancellation that they belong to, whatever their sequence', async () => {
    const executions = [executionOf(3), executionOf(2, { status: 'FAILED' })];
    const { found } = read({ orders: [orderAtVersion(3)], lists: [cancellationsTo(3)], executions: [executions] });
    const ofCancellations = (await found)?.executions;
    expect(cancellationsTo(3).map(({ returnRequestId }) => ofCancellations?.get(returnRequestId)?.status)).toEqual([
      'FAILED',
      'REQUESTED',
    ]);
  });

  test('are asked for while the cancellations are still being read', async () => {
    const history = untouched();
    const cancellations = Promise.withResolvers<PastCancellation[]>();
    const executionsAreAsked = Promise.withResolvers<void>();
    history.listCancellations = () => cancellations.promise;
    history.listExecutions = async () => {
      executionsAreAsked.resolve();
      return [];
    };
    const found = readHistory(id, contextOf(history));
    // Read one after the other, this would never come.
    await executionsAreAsked.promise;
    cancellations.resolve([]);
    expect(await found).toMatchObject({ cancellations: [] });
  });

  test('that cannot all be read hide the cancellations, which would be shown as if they had none', async () => {
    const { found, stats } = read({
      orders: [orderAtVersion(3)],
      lists: [cancellationsTo(3)],
      executions: [undefined],
    });
    expect(await found).toEqual({ order: orderAtVersion(3), cancellations: undefined, executions: new Map() });
    expect(stats.attempts).toBe(1);
  });

  test('that are not answered end it, and so does one that cannot be', async () => {
    for (const failure of [new DatabaseUnavailable('A read was not answered.'), new InvariantViolated('')]) {
      const history = untouched();
      history.listExecutions = () => Promise.reject(failure);
      await expect(readHistory(id, contextOf(history))).rejects.toBe(failure);
    }
  });
});

const lines = (taken: object) => [{ seq: 3, units: 1, amountMinor: 1000n, taxMinor: 0n, ...taken }];

describe('what does not add up', () => {
  test('because a record does not show yet is read again', async () => {
    const { found, steps, stats } = read({
      orders: [orderAtVersion(3), orderAtVersion(4)],
      lists: [cancellationsTo(2), cancellationsTo(4)],
    });
    expect(await found).toMatchObject({ order: orderAtVersion(4), cancellations: cancellationsTo(4) });
    expect(steps).toEqual(['order', 'cancellations', 'executions', 'pause 25', 'order', 'cancellations', 'executions']);
    expect(stats.attempts).toBe(2);
  });

  test.each<[string, PastCancellation[]]>([
    ['a missing record', []],
    ['a record of other units', [cancellationTo(2, { lines: lines({ units: 0 }) })]],
    ['a record of another amount', [cancellationTo(2, { lines: lines({ amountMinor: 999n }) })]],
    ['a record of another tax', [cancellationTo(2, { lines: lines({ taxMinor: 1n }) })]],
    ['a record of another line', [cancellationTo(2, { lines: lines({ seq: 4 }) })]],
    ['a record of a later version', [cancellationTo(3)]],
    ['a record too many', [cancellationTo(2), cancellationTo(1)]],
  ])('until the time is over is a violated invariant: %s', async (_what, list) => {
    const { found, stats, steps } = read({ orders: [orderAtVersion(2)], lists: [list] });
    await expect(found).rejects.toThrow(InvariantViolated);
    expect(stats.attempts).toBeGreaterThan(10);
    expect(steps.at(-1)).toBe('executions');
  });

  test('is judged by each line', async () => {
    const canceled = { units: 1, amountMinor: 1000n, taxMinor: 0n };
    const order = orderOf({
      version: 2,
      lines: [lineOf({ seq: 3, unitAmountMinor: 1000n, unitTaxMinor: 0n, canceled }), lineOf({ seq: 4 })],
    });
    expect((await read({ orders: [order], lists: [[cancellationTo(2)]] }).found)?.cancellations).toHaveLength(1);
    const ofOther = [cancellationTo(2, { lines: [...lines({}), ...lines({ seq: 4 })] })];
    await expect(read({ orders: [order], lists: [ofOther], timeMs: 20 }).found).rejects.toThrow(InvariantViolated);
  });
});

test('an order of which more was canceled than was paid is a violated invariant at once', async () => {
  const { found, steps } = read({ orders: [orderAtVersion(2, 1001)] });
  await expect(found).rejects.toThrow(InvariantViolated);
  expect(steps).toEqual(['order']);
});

test('a read that fails ends it', async () => {
  const failure = new DatabaseUnavailable('A read was not answered.');
  const history = untouched();
  history.findOrder = () => Promise.reject(failure);
  await expect(readHistory(id, contextOf(history))).rejects.toBe(failure);
});

type Replaceable = { -readonly [Name in keyof HistoryRepository]: HistoryRepository[Name] };

/** Of an order of which nothing was canceled. */
const untouched = (): Replaceable => ({
  findOrder: async () => orderAtVersion(1),
  listCancellations: async () => [],
  listExecutions: async () => [],
});

function contextOf(history: HistoryRepository): HistoryContext {
  const stats = { attempts: 0, conflicts: 0, isOutcomeUnknown: false };
  return { history, runtime: {} as Runtime, stats, remainingMs: () => 9500 };
}
