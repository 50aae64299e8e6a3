import { type ReportEvent, readReport } from '../../lambda/events/execution-report.ts';
import type { ByProducts } from './by-products.ts';
import { startMs } from './draw-history.ts';
import type { BankAccount } from './executor.ts';
import type { Movement } from './fake-psp.ts';
import { firstLineOf } from './instance.ts';
import type { Chronicle } from './play-history.ts';
import type { Broken, RuleName } from './rules.ts';
import type { Attempt } from './service.ts';

/** What was said and done about one attempt. */
interface Story {
  readonly chronicle: Chronicle;
  readonly attempt: Attempt;
  readonly movements: readonly Movement[];
  /** In the sequence of their numbers. */
  readonly said: readonly Said[];
}

type Said = Chronicle['said'][number];

/** The rules that a history has shown to be broken, each once. */
export function judge(chronicle: Chronicle, byProducts: ByProducts): Broken[] {
  const hanging = chronicle.hanging[0] ?? strayError(chronicle, byProducts);
  // What it was not played to the end for.
  if (hanging !== undefined) return [{ rule: 'CALLS_END', how: hanging }];
  const judgments: Record<Exclude<RuleName, 'CALLS_END'>, () => string | undefined> = {
    PAYS_ONCE: () => ofAttempts(chronicle, paidTwice),
    PAYS_WHAT_IS_ASKED: () => first(chronicle.movements, (movement) => otherPayment(movement, chronicle)),
    FAILED_IS_FINAL: () => ofAttempts(chronicle, notFinal),
    FAILED_HAS_A_CAUSE: () => ofAttempts(chronicle, withoutCause),
    SUCCESS_IS_PAID: () => ofAttempts(chronicle, unpaidSuccess),
    EVERY_REQUEST_ENDS: () => ofAttempts(chronicle, withoutEnd),
    NUMBERS: () => ofAttempts(chronicle, wrongNumbers),
    SAME_AS_REQUEST: () => first(chronicle.said, (said) => otherThanRequest(said, chronicle)),
    REPORTS_FIT: () => first(chronicle.said, misfit),
    SETTLEMENT: () => ofAttempts(chronicle, wrongSettlement),
    NO_ACCOUNT_LEAKS: () => leak(chronicle, byProducts),
  };
  return Object.entries(judgments).flatMap(([rule, find]) => {
    const how = find();
    return how === undefined ? [] : [{ rule: rule as RuleName, how }];
  });
}

function paidTwice({ attempt: { reference }, movements }: Story): string | undefined {
  const again = movements.findIndex((movement, index) =>
    movements.slice(0, index).some(({ failedAtMs = Infinity }) => failedAtMs > movement.acceptedAtMs),
  );
  const [one, other] = [movements[again - 1], movements[again]];
  return one && other && `${reference} was paid twice, ${after(one.acceptedAtMs)} and ${after(other.acceptedAtMs)}`;
}

function otherPayment({ operation, call }: Movement, { service }: Chronicle): string | undefined {
  const paid = `${operation} of ${call.amount} ${call.currencyCode} of ${call.payment} for the reference ${call.reference}`;
  const attempt = service.attempts.get(call.reference);
  if (attempt === undefined) return `${paid}: nobody asked for that; the reference is returnRequestId-attempt`;
  const { storeId, orderNo, currencyCode, amount } = attempt.event.data;
  const isAsked =
    call.payment === `${storeId}/${orderNo}` && call.currencyCode === currencyCode && call.amount === amount;
  if (!isAsked) return `${paid}, and not ${amount} ${currencyCode} of ${storeId}/${orderNo}`;
  const isRightAccount = operation === 'RELEASE' || isSame(call.account, attempt.account);
  return isRightAccount ? undefined : `${paid}, but to another account than that of accountRef`;
}

function notFinal({ attempt: { reference }, movements, said }: Story): string | undefined {
  const failure = said.find(isFailure);
  if (failure === undefined) return undefined;
  const later = said.find(({ event }) => numberOf(event) > numberOf(failure.event) && !isFailure({ event }));
  if (later !== undefined) return `${reference} was reported FAILED, and then ${later.event.data.status}`;
  const reportedAtMs = Math.min(...said.filter(isFailure).map(({ atMs }) => atMs));
  const paid = movements.find(({ acceptedAtMs }) => acceptedAtMs > reportedAtMs);
  if (paid) return `${reference} was reported FAILED ${after(reportedAtMs)}, and was paid ${after(paid.acceptedAtMs)}`;
  const standing = movements.find(({ status }) => status !== 'FAILED');
  if (standing === undefined) return undefined;
  return `${reference} was reported FAILED ${after(reportedAtMs)}, although it was paid ${after(standing.acceptedAtMs)}`;
}

function withoutCause({ chronicle, attempt, movements, said }: Story): string | undefined {
  const { reference, requested, accountEndsAtMs } = attempt;
  const planned = chronicle.history.refunds.find(
    ({ requested: { returnRequestId } }) => returnRequestId === requested.returnRequestId,
  );
  const capturedAtMs = startMs + (planned?.capturedMs ?? Infinity);
  const wrong = said.filter(isFailure).find(({ atMs }) => {
    const hasComeBack = movements.some(({ failedAtMs = Infinity }) => failedAtMs <= atMs);
    const lacksAccount = attempt.account !== undefined && atMs >= accountEndsAtMs && atMs >= capturedAtMs;
    return !hasComeBack && !lacksAccount && !chronicle.refused.has(reference);
  });
  if (wrong === undefined) return undefined;
  const why = wrong.event.data.failureReason ?? 'no reason given';
  const hint = requested.amountMinor === 0n ? ': an amount of 0 has nothing to move, and succeeds' : '';
  return `${reference} was reported FAILED (${why}), and nothing stood in its way${hint}`;
}

function unpaidSuccess({ attempt: { reference, requested }, movements, said }: Story): string | undefined {
  if (requested.amountMinor === 0n) return undefined;
  const early = said.find(
    ({ event, atMs }) =>
      event.data?.status === 'SUCCEEDED' && !movements.some(({ succeededAtMs = Infinity }) => succeededAtMs <= atMs),
  );
  if (early !== undefined) return `${reference} was reported SUCCEEDED ${after(early.atMs)}, before any money was back`;
  const returned = movements.findLast(({ status }) => status === 'FAILED');
  const isStanding = movements.some(({ status }) => status !== 'FAILED');
  if (said.at(-1)?.event.data.status !== 'SUCCEEDED' || isStanding || returned === undefined) return undefined;
  return `the money of ${reference} came back ${after(returned.failedAtMs ?? 0)}, and the last report says SUCCEEDED`;
}

function withoutEnd({ chronicle: { history, service, givenUp }, attempt, said }: Story): string | undefined {
  const { reference, requested } = attempt;
  const last = said.at(-1)?.event.data.status;
  if (last !== 'SUCCEEDED' && last !== 'FAILED') {
    const vain = givenUp.find((text) => text.includes(reference));
    const result = masked(vain ?? 'the executor took it without an error', service);
    return `${reference} has no final report, but ${last ?? 'none at all'} (${result})`;
  }
  const execution = service.executions.get(requested.returnRequestId);
  const isAnsweredAgain = execution?.attempt !== requested.attempt || execution.status === last;
  if (!history.losesReports || isAnsweredAgain) return undefined;
  return `a report of ${reference} was lost, and its request came again: ${last} was not reported again`;
}

function wrongNumbers({ chronicle: { history }, attempt: { reference }, said }: Story): string | undefined {
  const words = new Map<number, string>();
  for (const { event } of said) {
    const word = JSON.stringify([event.id, ...fieldsOf(event)]);
    const before = words.get(numberOf(event));
    if (before !== undefined && before !== word) return `number ${numberOf(event)} of ${reference} says two things`;
    words.set(numberOf(event), word);
  }
  const ids = new Set(said.map(({ event }) => event.id));
  if (ids.size < words.size) return `two reports of ${reference} have the same id`;
  const [least = 1] = words.keys();
  const isCalm = history.faultPercent === 0 && history.crashPercent === 0;
  return isCalm && least !== 1 ? `the reports of ${reference} begin with number ${least}` : undefined;
}

function otherThanRequest({ event, atMs }: Said, { service }: Chronicle): string | undefined {
  if (!readReport(event).ok) return undefined;
  const { returnRequestId, attempt: number } = event.data;
  const attempt = service.attempts.get(`${returnRequestId}-${number}`);
  if (attempt === undefined || attempt.requested.requestedAtMs > atMs) {
    return `a report is about attempt ${number} of ${returnRequestId}, which nobody asked for`;
  }
  const names = ['storeId', 'orderNo', 'currencyCode', 'amount'] as const;
  const other = names.find((name) => event.data[name] !== attempt.event.data[name]);
  if (other === undefined) return undefined;
  return `a report of ${attempt.reference} has ${other} ${event.data[other]}, and not ${attempt.event.data[other]}`;
}

function misfit({ event }: Said): string | undefined {
  const read = readReport(event);
  return read.ok ? undefined : read.problems.join('; ');
}

function wrongSettlement({ attempt: { reference, requested }, movements, said }: Story): string | undefined {
  const paid = movements.findLast(({ succeededAtMs }) => succeededAtMs !== undefined);
  const expected = paid?.operation === 'RELEASE' ? 'VOIDED' : 'REFUNDED';
  const isVoid = requested.kind === 'VOID';
  const isWrong = ({ status, settlement }: ReportEvent['data']) => {
    if (!isVoid) return settlement !== undefined;
    return status === 'SUCCEEDED' && requested.amountMinor > 0n && paid !== undefined && settlement !== expected;
  };
  const wrong = said.find(({ event }) => isWrong(event.data))?.event.data;
  if (wrong === undefined) return undefined;
  return `${reference}, a ${requested.kind}, was reported with settlement ${wrong.settlement ?? 'left out'}${isVoid ? `, and not ${expected}` : ''}`;
}

function strayError({ service }: Chronicle, { stray }: ByProducts): string | undefined {
  if (stray.length === 0) return undefined;
  return `an error that no call has thrown: ${masked(firstLineOf(stray[0]), service)}`;
}

function leak({ service, said, traces }: Chronicle, { printed }: ByProducts): string | undefined {
  const places = [
    ...said.map(({ event }) => ['a report', JSON.stringify(event)] as const),
    ...traces.map((text) => ['an error, or a row of the executor', text] as const),
    ...printed.map((text) => ['what the executor prints', text] as const),
  ];
  for (const { reference, account } of service.attempts.values()) {
    if (account === undefined) continue;
    const place = places.find(
      ([, text]) => text.includes(account.accountNumber) || text.includes(account.accountHolderName),
    );
    if (place !== undefined) return `${place[0]} contains the account of ${reference}`;
  }
  return undefined;
}

function isSame(one: BankAccount | undefined, other: BankAccount | undefined): boolean {
  const names = ['accountNumber', 'bankCode', 'accountHolderName'] as const;
  return names.every((name) => one?.[name] === other?.[name]);
}

/** The first attempt that shows it. */
function ofAttempts(chronicle: Chronicle, find: (story: Story) => string | undefined): string | undefined {
  return first([...chronicle.service.attempts.values()], (attempt) => {
    const { returnRequestId, attempt: number } = attempt.requested;
    const said = chronicle.said.filter(
      ({ event }) => event?.data?.returnRequestId === returnRequestId && event.data.attempt === number,
    );
    return find({
      chronicle,
      attempt,
      movements: chronicle.movements.filter(({ call }) => call.reference === attempt.reference),
      said: said.toSorted((one, other) => numberOf(one.event) - numberOf(other.event)),
    });
  });
}

function first<Value>(values: readonly Value[], find: (value: Value) => string | undefined): string | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isFailure({ event }: Pick<Said, 'event'>): boolean {
  return event.data.status === 'FAILED';
}

/** In the same sequence, however they were written. */
function fieldsOf({ data }: ReportEvent): unknown[] {
  return Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1));
}

function numberOf({ data }: ReportEvent): number {
  return data.sequence;
}

/** A text without accounts. */
function masked(text: string, { attempts }: Chronicle['service']): string {
  const secrets = [...attempts.values()].flatMap(({ account }) =>
    account === undefined ? [] : [account.accountNumber, account.accountHolderName],
  );
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** How long after the beginning. */
function after(atMs: number): string {
  return `after ${Math.round((atMs - startMs) / 1000)} s`;
}
