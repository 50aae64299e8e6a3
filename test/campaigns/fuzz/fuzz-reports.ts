import { isDeepStrictEqual } from 'node:util';
import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { createExecutionRepository } from '../../../lambda/dynamodb/execution-repository.ts';
import type { ExecutionRow } from '../../../lambda/dynamodb/refund-items.ts';
import { takerMetricNames } from '../../../lambda/environment/metric-names.ts';
import { createDeadLetters } from '../../../lambda/events/dead-letters.ts';
import { createEventTelemetry } from '../../../lambda/events/event-telemetry.ts';
import { createResultTaker } from '../../../lambda/result-taker/take-reports.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { Random } from '../../support/random.ts';
import { countsIn } from './event-lines.ts';
import { ExecutionTable } from './execution-table.ts';
import { parse, prototypeFlaw, secretIn } from './oracles.ts';
import { reportBody } from './report-bodies.ts';
import { fateOfReport, type ReportFate } from './report-reference.ts';
import { captured } from './service.ts';
import { drawTrouble } from './troubles.ts';

type Service = 'executions' | 'dead letters';

/** What the result taker did with a batch, and how the executions are afterwards. */
export interface Taken {
  readonly failed: readonly string[];
  readonly letters: ReadonlyArray<{ readonly body: string; readonly reason: string }>;
  readonly printed: string;
  readonly rows: readonly object[];
}

/** A result taker of which one service may fail, with an error that gives secrets away. */
export type TakeBatch = (
  executions: readonly ExecutionRow[],
  bodies: readonly string[],
  failing: Service | undefined,
  error: Error,
) => Promise<Taken>;

export function fuzzTaker(): TakeBatch {
  return async (executions, bodies, failing, error) => {
    const tables = new ExecutionTable(executions);
    const letters: Taken['letters'][0][] = [];
    const table = async (command: unknown) => {
      if (failing === 'executions') throw error;
      return tables.send(command);
    };
    const queue = async ({ input }: SendMessageCommand) => {
      if (failing === 'dead letters') throw error;
      letters.push({ body: input.MessageBody ?? '', reason: input.MessageAttributes?.['reason']?.StringValue ?? '' });
      return {};
    };
    const take = createResultTaker({
      executions: createExecutionRepository({ send: table } as unknown as DynamoDBDocumentClient, 'Executions'),
      deadLetters: createDeadLetters({ send: queue } as unknown as SQSClient, 'dead letters'),
      report: createEventTelemetry('take', takerMetricNames, { service: 'fuzz', version: 'a1' }, () => startOfTest),
      now: () => startOfTest,
    });
    const Records = bodies.map((body, index) => ({ messageId: `message-${index}`, body }) as SQSRecord);
    const { result, printed } = await captured(async () => await take({ Records }, contextOf()));
    return {
      failed: result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted(),
      letters,
      printed,
      rows: tables.rows,
    };
  };
}

/** Hands the result taker the messages that a seed stands for. @returns what is wrong, with the messages that show it */
export async function fuzzReport(take: TakeBatch, seed: number): Promise<string | undefined> {
  const random = new Random(seed);
  const executions = [drawExecution(random, 1), drawExecution(random, 2)];
  const bodies = Array.from({ length: random.pick([1, 1, 2, 4]) }, () => reportBody(executions, random));
  const failing = random.chance(8) ? random.pick(['executions', 'dead letters'] as const) : undefined;
  const { error } = drawTrouble(random);
  const check = async (some: readonly string[]) => {
    try {
      const taken = await take(executions, some, failing, error);
      return flawOfTaken(executions, some, failing, taken) ?? prototypeFlaw(seed % 64 === 0);
    } catch (thrown) {
      return `It threw: ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
    }
  };
  const flaw = await check(bodies);
  if (flaw === undefined) return undefined;
  const trouble = failing === undefined ? '' : `With the ${failing} failing: `;
  for (const body of bodies) {
    const alone = await check([body]);
    if (alone !== undefined) return `${trouble}${alone}\n${shown(executions)}\n${body}`;
  }
  return `${trouble}${flaw}\n${shown(executions)}\n${bodies.join('\n')}`;
}

const shown = (value: unknown) =>
  JSON.stringify(value, (_name, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));

function drawExecution(random: Random, number: number): ExecutionRow {
  const st = random.pick(['REQUESTED', 'PENDING', 'SUCCEEDED', 'FAILED', 'FAILED', 'RESOLVED'] as const);
  const kind = random.pick(['REFUND', 'VOID'] as const);
  return {
    orderKey: `STORE-1/ORD-${number}`,
    rid: `RETREQ${String(number).padStart(26, '0')}`,
    kind,
    cur: random.pick(['KRW', 'USD', 'KWD', 'CLF']),
    a: random.pick([0n, 1n, 1050n, 999_999_999_999_999n]),
    att: BigInt(random.pick([1, 1, 2, 3])),
    seq: st === 'REQUESTED' ? 0n : BigInt(random.between(1, 4)),
    st,
    req: BigInt(startOfTest - 10),
    at: BigInt(startOfTest - random.below(10)),
    ...(st === 'FAILED' ? { why: 'ACCOUNT_CLOSED' } : {}),
    ...(random.chance(30) ? { psp: 'psp-0' } : {}),
    ...(st === 'SUCCEEDED' && kind === 'VOID' ? { how: 'VOIDED' as const } : {}),
  };
}

/** The messages of a batch have their effect in their sequence. */
export function flawOfTaken(
  executions: readonly ExecutionRow[],
  bodies: readonly string[],
  failing: Service | undefined,
  { failed, letters, printed, rows }: Taken,
): string | undefined {
  const present = new Map(executions.map((row) => [`${row.orderKey}\n${row.rid}`, row]));
  const fates = bodies.map((body) => {
    const fate = fateOfReport(body, (orderKey, rid) => present.get(`${orderKey}\n${rid}`), startOfTest);
    const isRead = fate.kind !== 'MALFORMED';
    if (isRead && failing === 'executions') return { kind: 'COMES_AGAIN' } as const;
    if (fate.kind === 'TAKEN') present.set(`${fate.row.orderKey}\n${fate.row.rid}`, fate.row);
    const isKept = fate.kind === 'MALFORMED' || fate.kind === 'KEPT';
    return isKept && failing === 'dead letters' ? ({ kind: 'COMES_AGAIN' } as const) : fate;
  });
  const again = fates.flatMap(({ kind }, index) => (kind === 'COMES_AGAIN' ? [`message-${index}`] : []));
  if (!isDeepStrictEqual(failed, again)) return `${failed.join()} come again, and ${again.join()} have to.`;
  if (!isDeepStrictEqual(rows.map(sorted), [...present.values()].map(sorted))) {
    return `The executions are ${shown(rows)}, and have to be ${shown([...present.values()])}.`;
  }
  return flawOfLetters(bodies, fates, letters) ?? flawOfCounts(fates, printed) ?? leakIn(bodies, letters, printed);
}

const sorted = (row: object) => Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1));

function flawOfLetters(
  bodies: readonly string[],
  fates: readonly ReportFate[],
  letters: Taken['letters'],
): string | undefined {
  const kept = bodies.flatMap((body, index) => {
    const fate = fates[index];
    return fate?.kind === 'MALFORMED' || fate?.kind === 'KEPT' ? [{ body, fate }] : [];
  });
  // Those that cannot be read are kept first: nothing is asked about them.
  const left = [...letters];
  for (const { body, fate } of kept) {
    const at = left.findIndex(
      (letter) => letter.body === body && (fate.kind === 'KEPT' ? fate.reason.test(letter.reason) : true),
    );
    const [letter] = at < 0 ? [] : left.splice(at, 1);
    if (letter === undefined) return `A message is not among the dead letters: ${shown(letters)}.`;
    const flaw = fate.kind === 'MALFORMED' ? flawOfReason(letter.reason, fate.mistakes) : undefined;
    if (flaw !== undefined) return flaw;
  }
  return left.length === 0 ? undefined : `There is a dead letter too many: ${shown(left)}.`;
}

/** It names each place that is wrong, up to ten, and no other; and what would be accepted there. */
function flawOfReason(reason: string, mistakes: ReadonlyMap<string, RegExp>): string | undefined {
  const named = reason.split('; ');
  for (const [place, accepted] of mistakes) {
    const problem = named.find(
      (text) => text.startsWith(`${place} `) || (place.startsWith("'") && text.endsWith(place)),
    );
    if (problem === undefined && named.length < maxProblems) return `The reason "${reason}" does not name ${place}.`;
    if (problem !== undefined && !accepted.test(problem)) return `"${problem}" does not say what would be accepted.`;
  }
  const stray = named.find(
    (text) => ![...mistakes.keys()].some((place) => text.startsWith(`${place} `) || text.endsWith(place)),
  );
  return stray === undefined ? undefined : `The reason names what is right: "${stray}".`;
}

const maxProblems = 10;

/** Whatever happens to a message is counted once. */
function flawOfCounts(fates: readonly ReportFate[], printed: string): string | undefined {
  const count = (isCounted: (fate: ReportFate) => boolean) => fates.filter(isCounted).length;
  const wanted = {
    ReportTaken: count(({ kind }) => kind === 'TAKEN'),
    ReportWithoutEffect: count(({ kind }) => kind === 'WITHOUT_EFFECT'),
    ReportRedelivered: count(({ kind }) => kind === 'COMES_AGAIN'),
    ReportRefused: count((fate) => fate.kind === 'MALFORMED' || (fate.kind === 'KEPT' && !fate.isPaidTwice)),
    RefundFailed: count((fate) => fate.kind === 'TAKEN' && fate.row.st === 'FAILED'),
    PaidTwice: count((fate) => fate.kind === 'KEPT' && fate.isPaidTwice),
    SuccessAfterFailure: count((fate) => fate.kind === 'TAKEN' && fate.isSuccessAfterFailure),
  };
  const counts = countsIn(printed, takerMetricNames);
  return isDeepStrictEqual(counts, wanted) ? undefined : `It counts ${shown(counts)}, not ${shown(wanted)}.`;
}

/**
 * The body of a dead letter is the executor's own, and what it writes as the number of an order or of a store is in the
 * log.
 */
function leakIn(bodies: readonly string[], letters: Taken['letters'], printed: string): string | undefined {
  const leaked = secretIn([printed, ...letters.map(({ reason }) => reason)].join('\n'));
  if (leaked === undefined || bodies.some((body) => secretIn(identifiersIn(body)) !== undefined)) return undefined;
  return `The secret ${leaked} got out.`;
}

function identifiersIn(body: string): string {
  const event = parse(body)?.value as {
    detail?: { data?: { storeId?: unknown; orderNo?: unknown } | null } | null;
  } | null;
  return `${String(event?.detail?.data?.storeId)} ${String(event?.detail?.data?.orderNo)}`;
}
