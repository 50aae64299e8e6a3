import { describe, expect, test } from '@jest/globals';

const orderNo = 'ORD20251224001';
const at = '2026-01-01T00:00:00.000Z';
const canceled = (returnRequestId: string, status?: string, attempt = 1) => ({
  returnRequestId,
  kind: 'REFUND',
  ...(status === undefined ? {} : { execution: { status, attempt, updatedAt: at } }),
});
type Executed = ReturnType<typeof canceled>;
interface Listed {
  readonly cancellations: Executed[] | null;
  readonly nextToken?: string;
}

/** The file is JavaScript for browsers, whose types tsconfig.browser.json checks. */
const file: string = '../../../../../lambda/docs/browser/follow-executions.js';
const { followExecutions, pausesMs, statusOf } = (await import(file)) as {
  readonly followExecutions: (options: {
    readonly body: object;
    readonly seen: ReadonlyMap<string, string | undefined>;
    readonly ask: (body: object) => Promise<Listed | undefined>;
    readonly show: (changed: readonly Executed[]) => void;
    readonly signal: AbortSignal;
    readonly pause: (ms: number) => Promise<unknown>;
  }) => Promise<boolean>;
  readonly pausesMs: readonly number[];
  readonly statusOf: (executed: Executed) => string;
};

/** Follows through answers of which the last one is repeated. @param onAsk called before each of them */
async function follow(
  answers: ReadonlyArray<Listed | undefined>,
  seen: ReadonlyArray<[string, string | undefined]> = [['A', undefined]],
  onAsk: (abort: AbortController) => void = () => undefined,
) {
  const abort = new AbortController();
  const asked: object[] = [];
  const shown: string[] = [];
  const pauses: number[] = [];
  const isOpen = await followExecutions({
    body: { orderNo },
    seen: new Map(seen),
    ask: async (body) => {
      asked.push(body);
      onAsk(abort);
      return answers[Math.min(asked.length, answers.length) - 1];
    },
    show: (changed) => shown.push(changed.map((one) => `${one.returnRequestId} ${statusOf(one)}`).join()),
    signal: abort.signal,
    pause: async (ms) => pauses.push(ms),
  });
  return { isOpen, asked, shown, pauses };
}

const list = (...cancellations: Executed[]): Listed => ({ cancellations });

describe('an execution is followed', () => {
  test('from nothing to its end, each state shown once', async () => {
    const states = [undefined, 'REQUESTED', 'REQUESTED', 'PENDING', 'SUCCEEDED'];
    const { isOpen, shown, asked } = await follow(states.map((status) => list(canceled('A', status))));
    expect(shown).toEqual(['A NONE', 'A REQUESTED 1', 'A PENDING 1', 'A SUCCEEDED 1']);
    expect([isOpen, asked.length]).toEqual([false, 5]);
  });

  test('at most ten times within 30 seconds, with pauses that grow', async () => {
    const { isOpen, asked, pauses } = await follow([list(canceled('A', 'PENDING'))]);
    expect([isOpen, asked.length]).toEqual([true, 10]);
    expect(pauses).toEqual(pausesMs);
    expect(pauses.toSorted((one, other) => one - other)).toEqual(pauses);
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(30_000);
  });

  test('until all are at rest, and nothing is shown that was seen or that nobody follows', async () => {
    const answers = [
      list(canceled('A', 'REQUESTED'), canceled('B', 'FAILED'), canceled('C', 'REQUESTED')),
      list(canceled('A', 'RESOLVED'), canceled('B', 'FAILED'), canceled('C', 'PENDING')),
    ];
    const { isOpen, shown } = await follow(answers, [
      ['A', 'REQUESTED 1'],
      ['B', 'PENDING 1'],
    ]);
    expect([isOpen, shown]).toEqual([false, ['B FAILED 1', 'A RESOLVED 1']]);
  });

  test('through a retry, which is another state', async () => {
    const { shown } = await follow(
      [list(canceled('A', 'REQUESTED', 2)), list(canceled('A', 'SUCCEEDED', 2))],
      [['A', 'REQUESTED 1']],
    );
    expect(shown).toEqual(['A REQUESTED 2', 'A SUCCEEDED 2']);
  });

  test('where no answer comes, with the next request', async () => {
    const { isOpen, shown } = await follow([undefined, list(canceled('A', 'SUCCEEDED'))]);
    expect([isOpen, shown]).toEqual([false, ['A SUCCEEDED 1']]);
  });

  test('on the page that it is on, from the first one on', async () => {
    const answers = [
      { ...list(canceled('X', 'PENDING')), nextToken: 'X' },
      { ...list(canceled('A', 'PENDING')), nextToken: 'A' },
      list(canceled('A', 'SUCCEEDED')),
    ];
    const { asked, shown } = await follow(answers);
    expect(asked).toEqual([{ orderNo }, { orderNo, nextToken: 'X' }, { orderNo, nextToken: 'X' }]);
    expect(shown).toEqual(['A PENDING 1', 'A SUCCEEDED 1']);
  });

  test('no more where the order has too many cancellations to be listed', async () => {
    const { isOpen, asked } = await follow([{ cancellations: null }]);
    expect([isOpen, asked.length]).toEqual([true, 1]);
  });

  test('no more after the signal, also if an answer is still coming', async () => {
    const { isOpen, asked, shown } = await follow([list(canceled('A', 'PENDING'))], [['A', undefined]], (abort) =>
      abort.abort(),
    );
    expect({ isOpen, asked: asked.length, shown }).toEqual({ isOpen: false, asked: 1, shown: [] });
  });
});
