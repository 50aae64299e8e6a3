import { systemRuntime } from '../../../../lambda/environment/runtime.ts';
import type { Execution } from '../../../../lambda/domain/execution.ts';
import { executionOf, type ExecutionRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { smokeStore } from '../../../../lambda/pre-traffic/smoke-order.ts';
import type { RefundEvent } from '../../../../lambda/events/refund-event.ts';
import { audit } from '../../../../tools/audit/audit.ts';
import { newProgress } from '../../../../tools/audit/progress.ts';
import type { Message } from '../../../../tools/local/events/message-queue.ts';
import type { ChainFault } from './chain-faults.ts';
import type { MadeCancellation } from './merchants.ts';
import { refundAccountDays } from './operator.ts';
import { accountPattern, isSmoke } from './plan.ts';
import type { ChainReport } from './play-chain.ts';
import type { Movement } from './psp.ts';
import { readOrdersAndRecords, readRows, textOf } from './read-rows.ts';
import type { Chain } from './start-chain.ts';
import type { StrayReport } from './stray-reports.ts';
import type { World } from './world.ts';

interface Played {
  readonly made: readonly MadeCancellation[];
  readonly strays: readonly StrayReport[];
  readonly failures: readonly string[];
  /** Orders and records as they were when all had been canceled. */
  readonly before: readonly string[];
  /** What functions have printed. */
  readonly printed: readonly string[];
  readonly met: ReadonlyMap<ChainFault, number>;
}

/** Judges a chain that has come to rest. */
export async function judgeChain(world: World, chain: Chain, played: Played): Promise<ChainReport> {
  const { bus, executor, operator } = chain;
  const refunds = played.made.filter(({ planned }) => !isSmoke(planned));
  const rows = await readRows<ExecutionRow>(world, world.tables.executions);
  const executions = new Map(rows.map((row) => [row.rid, executionOf(row)]));
  const after = await readOrdersAndRecords(world);
  const deadLetters = chain.deadLetters();
  const leaks = leaksIn({
    events: [...bus.taken.values()].flat(),
    reports: bus.others,
    'log lines': played.printed,
    'dead letters': deadLetters.map(({ body, reason }) => `${body} ${reason}`),
    'orders and records': after,
    executions: rows.map(textOf),
  });
  const requests = refunds.map(({ returnRequestId }) => bus.taken.get(`${returnRequestId}-1-0`) ?? []);
  return {
    made: refunds.length,
    events: [...bus.taken.values()].flat().length,
    ids: bus.taken.size,
    requests: requests.flat().length,
    requestIds: requests.filter((texts) => texts.length > 0).length,
    lost: requests.filter((texts) => texts.length === 0).length,
    moved: executor.movements.filter(({ status }) => status === 'SUCCEEDED').length,
    retried: operator.retried,
    resolved: operator.resolved,
    deliveries: executor.deliveries,
    deadLetters: deadLetters.length,
    strays: played.strays.length,
    leakedAccounts: leaks.length,
    medianMs: medianOf([...executor.latenciesMs.values()]),
    met: played.met,
    violations: [
      ...played.failures,
      ...operator.failures,
      ...chain.untaken.map((eventId) => `an execution was put, and the bus did not have ${eventId}`),
      ...leaks,
      ...[...bus.taken.keys()]
        .filter((id) => !chain.awaited.has(id))
        .map((id) => `${id} left, and nothing has changed that it could be of`),
      ...eventViolations(bus.taken, refunds, executions),
      ...refunds.flatMap((refund) => refundViolations(refund, executions, executor.movements)),
      ...strangers(executions, executor.movements, refunds),
      ...letterViolations(deadLetters, played.strays),
      ...(textOf(after) === textOf(played.before) ? [] : ['an order or a record was changed by what came after it']),
      ...(await auditViolations(world, refunds.length)),
    ],
  };
}

/** Each attempt was asked for under one id, the same id is the same bytes, and nothing of the reserved store has left. */
function eventViolations(
  taken: ReadonlyMap<string, readonly string[]>,
  refunds: readonly MadeCancellation[],
  executions: ReadonlyMap<string, Execution>,
): string[] {
  const violations: string[] = [];
  const requested = new Map<string, string[]>();
  for (const [id, texts] of taken) {
    if (new Set(texts).size > 1) violations.push(`${id} left with other bytes`);
    const [first = ''] = texts;
    if (first.includes(smokeStore.storeId)) violations.push(`${id} is of the reserved store, and left`);
    const { data } = JSON.parse(first) as RefundEvent;
    if (data.status !== 'REQUESTED') continue;
    requested.set(data.returnRequestId, [...(requested.get(data.returnRequestId) ?? []), id]);
  }
  for (const { returnRequestId } of refunds) {
    const attempts = executions.get(returnRequestId)?.attempt ?? 1;
    const expected = Array.from({ length: attempts }, (_value, index) => `${returnRequestId}-${index + 1}-0`);
    const ids = requested.get(returnRequestId) ?? [];
    if (ids.toSorted().join() !== expected.toSorted().join()) {
      violations.push(
        `${returnRequestId} was asked for as ${ids.join(', ') || 'nothing'}, not as ${expected.join(', ')}`,
      );
    }
  }
  return violations;
}

/** The refund is finished, and its money has moved once, or not at all where somebody has settled it by hand. */
function refundViolations(
  { planned, returnRequestId }: MadeCancellation,
  executions: ReadonlyMap<string, Execution>,
  movements: readonly Movement[],
): string[] {
  const violations: string[] = [];
  const { order, amount, account, otherAccount, deed } = planned;
  const isHopeless = deed.failures === Infinity;
  const execution = executions.get(returnRequestId);
  const wanted = isHopeless ? 'RESOLVED' : 'SUCCEEDED';
  if (execution?.status !== wanted) {
    violations.push(`${returnRequestId} is ${execution?.status ?? 'without an execution'}, not ${wanted}`);
  }
  const own = movements.filter(({ call }) => call.reference.startsWith(`${returnRequestId}-`));
  const paid = own.filter(({ status }) => status === 'SUCCEEDED');
  if (paid.length !== (isHopeless ? 0 : 1))
    violations.push(`money of ${returnRequestId} was moved ${paid.length} times`);
  for (const { call, operation } of own) {
    if (call.amount !== amount || call.currencyCode !== order.currencyCode) {
      violations.push(
        `${call.reference} moved ${call.amount} ${call.currencyCode}, not ${amount} ${order.currencyCode}`,
      );
    }
    if ((operation === 'RELEASE') === deed.isCaptured) violations.push(`${call.reference} was a ${operation}`);
    const isFirst = call.reference.endsWith('-1');
    const right = order.refundMethod === 'BANK_ACCOUNT' ? ((isFirst ? undefined : otherAccount) ?? account) : undefined;
    if (operation === 'REFUND' && textOf(call.account ?? null) !== textOf(right ?? null)) {
      violations.push(`${call.reference} went to another account`);
    }
  }
  return violations;
}

/** What is of no cancellation. */
function strangers(
  executions: ReadonlyMap<string, Execution>,
  movements: readonly Movement[],
  refunds: readonly MadeCancellation[],
): string[] {
  const known = new Set(refunds.map(({ returnRequestId }) => returnRequestId));
  const moved = movements.map(({ call }) => call.reference.split('-')[0] ?? '');
  return [
    ...[...executions.keys()].filter((id) => !known.has(id)).map((id) => `${id} has an execution, and is no refund`),
    ...moved.filter((id) => !known.has(id)).map((id) => `money of ${id} was moved, which is no refund`),
  ];
}

/** Dead letters are the stray reports, each with its reason, and nothing else. */
function letterViolations(deadLetters: readonly Message[], strays: readonly StrayReport[]): string[] {
  return [
    ...deadLetters
      .filter((letter) => !strays.some(({ detail }) => detail === detailOf(letter)))
      .map(({ reason }) => `a dead letter of which nobody knows: ${reason}`),
    ...strays
      .filter(
        ({ detail, reason }) =>
          !deadLetters.some((letter) => detailOf(letter) === detail && letter.reason?.includes(reason)),
      )
      .map(({ reason }) => `no dead letter names ${reason}`),
  ];
}

function detailOf({ body }: Message): string {
  return JSON.stringify((JSON.parse(body) as { readonly detail?: unknown }).detail);
}

function leaksIn(texts: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(texts).flatMap(([where, all]) =>
    all.filter((text) => accountPattern.test(text)).map(() => `a refund account is in the ${where}`),
  );
}

/** As if a quarter of an hour had gone by, after which every record must have left. */
const laterMs = 16 * 60 * 1000;

/** What `npm run audit` finds in all tables, its lists of what is not finished included. */
async function auditViolations({ client, tables }: World, refunds: number): Promise<string[]> {
  const violations: string[] = [];
  const progress = newProgress({ place: 'chain', identity: '' }, 4);
  await audit({
    client,
    tables,
    progress,
    onViolation: (line) => violations.push(`audit: ${line}`),
    onPage: () => undefined,
    signal: new AbortController().signal,
    runtime: systemRuntime,
    refunds: { nowMs: Date.now() + laterMs, refundAccountDays, stageOption: '' },
  });
  for (const [name, { count }] of Object.entries(progress.refunds)) {
    if (count > 0) violations.push(`audit: ${count} refunds are listed as ${name}`);
  }
  const { executions } = progress.counts;
  if (executions !== refunds) violations.push(`audit: ${executions} executions of ${refunds} refunds`);
  return violations;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}
