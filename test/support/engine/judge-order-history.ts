import type { Order } from '../../../lambda/domain/order.ts';
import type { CancellationRow } from '../../../lambda/dynamodb/items.ts';
import type { OrderHistory, PlannedEvent } from './order-histories.ts';

/** What the tables and the queue hold in the end. */
export interface PlayedOrder {
  readonly order: Order | undefined;
  readonly records: readonly CancellationRow[];
  readonly executions: ReadonlyArray<{
    readonly kind: string;
    readonly attempt: number;
    readonly status: string;
    readonly settlement: string | undefined;
    readonly failureReason: string | undefined;
    readonly hasAccount: boolean;
  }>;
  /** How often each event became a dead letter, by its index. */
  readonly letters: ReadonlyMap<number, number>;
  /** Events that still come again. */
  readonly waiting: ReadonlySet<number>;
  /** Status of the response to each request, by its key. */
  readonly responses: ReadonlyMap<string, number>;
}

// Written from docs/orders.md, and on purpose another way than lambda/: it replays nothing. From what is there in the end
// it says what must have been, and what each event must have come to.

/** @returns one sentence for each thing that is not as it has to be */
export function judgeOrderHistory(history: OrderHistory, played: PlayedOrder): string[] {
  const { order } = played;
  if (order === undefined) return judgeMissing(history, played);
  return [
    ...judgeStatus(history, played, order),
    ...history.events.flatMap((event, index) => judgeEvent(event, index, played, order)),
    ...judgeVersion(history, played, order),
    ...judgeAmounts(history, played, order),
    ...judgeResponses(played),
    ...judgeMoney(history, played, order),
  ];
}

function judgeMissing({ events }: OrderHistory, { records, letters, waiting, responses }: PlayedOrder): string[] {
  return [
    ...(events.some(({ bringsOrder }) => bringsOrder) ? ['an order was registered, and is not there'] : []),
    ...(records.length > 0 ? ['something was canceled of an order that is not there'] : []),
    ...events.flatMap(({ isWrong, kind }, index) =>
      waiting.has(index) || (isWrong && kind === 'REGISTERED')
        ? []
        : [`event ${index} was given up before its order came`],
    ),
    ...(letters.size > 0 ? ['an event became a dead letter before its order came'] : []),
    ...([...responses.values()].some((status) => status !== 404)
      ? ['a request found no order, and said otherwise']
      : []),
  ];
}

/** An event that is right, of this kind, in the history. */
function has({ events }: OrderHistory, kind: PlannedEvent['kind']): boolean {
  return events.some((event) => event.kind === kind && !event.isWrong);
}

const isVoid = ({ kind }: CancellationRow) => kind === 'VOID';

function judgeStatus(history: OrderHistory, { records }: PlayedOrder, { paymentStatus, lines }: Order): string[] {
  const expected = new Set<string>();
  if (records.some(isVoid)) expected.add('VOIDED');
  else if (records.length > 0) {
    expected.add(
      lines.every(({ canceled, quantity }) => canceled.units === quantity) ? 'CANCELED' : 'PARTIALLY_CANCELED',
    );
  } else {
    // Of two that exclude each other, the first one wins.
    if (has(history, 'CAPTURED')) expected.add('CAPTURED');
    if (has(history, 'FAILED')) expected.add('FAILED');
    if (expected.size === 0) expected.add(has(history, 'AUTHORIZED') ? 'AUTHORIZED' : 'REQUESTED');
  }
  const isRefunded = records.length > 0 && !records.some(isVoid);
  return [
    ...(expected.has(paymentStatus) ? [] : [`the payment is ${paymentStatus}, and not ${[...expected].join(' or ')}`]),
    ...(isRefunded && !has(history, 'CAPTURED') ? ['money was refunded that nobody captured'] : []),
    ...(records.some(isVoid) && records.length > 1 ? ['something was canceled beside a void'] : []),
  ];
}

const afterCapture = new Set(['CAPTURED', 'PARTIALLY_CANCELED', 'CANCELED']);

/** What became of one event: how many of its deliveries have to be dead letters. */
function judgeEvent(
  event: PlannedEvent,
  index: number,
  { letters, waiting, records }: PlayedOrder,
  order: Order,
): string[] {
  const { kind, isWrong, deliveries } = event;
  const letterCount = letters.get(index) ?? 0;
  const { paymentStatus } = order;
  const says = (what: string) => [
    `event ${index}, ${kind}: ${what} (${letterCount} of ${deliveries} are dead letters)`,
  ];
  if (waiting.has(index)) {
    const mayWait = kind === 'ELSEWHERE' && (paymentStatus === 'REQUESTED' || paymentStatus === 'AUTHORIZED');
    return mayWait && letterCount === 0 ? [] : says('still waits');
  }
  // A dead letter whose answer was lost may stand there twice.
  const areAll = letterCount >= deliveries;
  const areNone = letterCount === 0;
  if (kind === 'ELSEWHERE') return judgeElsewhere(event, records, order, { areAll, areNone }).flatMap(says);
  if (isWrong) return areAll ? [] : says('was taken although it can never be');
  if (kind === 'REGISTERED') return areNone ? [] : says('is the order that is there');
  if (kind === 'FAILED') {
    const isRight = paymentStatus === 'FAILED' ? areNone : areAll;
    return isRight ? [] : says(`came to something else than it has to for ${paymentStatus}`);
  }
  if (kind === 'CAPTURED') {
    const isRight = paymentStatus === 'FAILED' ? areAll : areNone;
    return isRight ? [] : says(`came to something else than it has to for ${paymentStatus}`);
  }
  // Authorized: too late only for a payment that has failed.
  return paymentStatus === 'FAILED' || areNone ? [] : says('contradicts nothing');
}

function judgeElsewhere(
  { eventId, items }: PlannedEvent,
  records: readonly CancellationRow[],
  { paymentStatus, lines }: Order,
  { areAll, areNone }: { readonly areAll: boolean; readonly areNone: boolean },
): string[] {
  const record = records.find(({ cancellationKey }) => cancellationKey === `P#${eventId}`);
  const isThis =
    record !== undefined &&
    items.every(({ seq, quantity, amount }) =>
      record.lines.some(({ s, a }) => Number(s) === seq && Number(a) === quantity * amount),
    );
  if (isThis) return areNone ? [] : ['was recorded, and is a dead letter as well'];
  if (!areAll) return ['was neither recorded nor kept'];
  // What did not fit does not fit later: what remains only gets less.
  const isOver = !afterCapture.has(paymentStatus) || paymentStatus === 'CANCELED';
  const fits = items.every(({ seq, quantity, amount }) => {
    const line = lines.find((one) => one.seq === seq);
    if (line === undefined) return false;
    const units = line.quantity - line.canceled.units;
    const money = line.quantity * Number(line.unitAmountMinor) - Number(line.canceled.amountMinor);
    const isAmount = amount <= Number(line.unitAmountMinor) && (amount > 0 || line.unitAmountMinor === 0n);
    return quantity <= units && quantity * amount <= money && isAmount;
  });
  return fits && !isOver && record === undefined ? ['was refused although it fits'] : [];
}

function judgeVersion(history: OrderHistory, { records }: PlayedOrder, { version, paymentStatus }: Order): string[] {
  const steps = version - 1 - records.length;
  const most = Number(has(history, 'AUTHORIZED')) + Number(has(history, 'CAPTURED') || has(history, 'FAILED'));
  const isPutCaptured = history.events.some(({ kind, bringsOrder }) => kind === 'CAPTURED' && bringsOrder);
  const least = ['REQUESTED', 'VOIDED'].includes(paymentStatus) || isPutCaptured ? 0 : 1;
  return steps >= least && steps <= most ? [] : [`its version ${version} says ${steps} changes of the status`];
}

function judgeAmounts({ lines: paid }: OrderHistory, { records }: PlayedOrder, { lines }: Order): string[] {
  return lines.flatMap(({ seq, quantity, unitAmountMinor, canceled }) => {
    const taken = records.flatMap((record) => record.lines).filter(({ s }) => Number(s) === seq);
    const sum = taken.reduce((total, { a }) => total + Number(a), 0);
    const whole = paid.find((line) => line.seq === seq);
    return [
      ...(sum === Number(canceled.amountMinor)
        ? []
        : [`line ${seq}: ${canceled.amountMinor} is canceled, ${sum} recorded`]),
      ...(sum <= quantity * Number(unitAmountMinor) ? [] : [`line ${seq}: more was canceled than paid`]),
      ...(whole?.amount === Number(unitAmountMinor) ? [] : [`line ${seq} is not the one that was registered`]),
    ];
  });
}

function judgeResponses({ records, responses }: PlayedOrder): string[] {
  const recorded = new Set(records.map(({ cancellationKey }) => cancellationKey));
  return [...responses].flatMap(([key, status]) =>
    (status === 200) === recorded.has(`K#${key}`) ? [] : [`request ${key} got ${status}, which its record contradicts`],
  );
}

/** Money that was captured goes back once: by the void itself, or as its next attempt. */
function judgeMoney(history: OrderHistory, { executions, records, waiting }: PlayedOrder, order: Order): string[] {
  if (order.paymentStatus !== 'VOIDED') {
    return executions.some(({ kind, attempt }) => kind === 'VOID' || attempt > 1)
      ? ['a refund has another attempt']
      : [];
  }
  const [execution, ...others] = executions;
  if (execution === undefined || others.length > 0) return [`a void has ${executions.length} executions`];
  const { kind, attempt, settlement, status, failureReason, hasAccount } = execution;
  const isCaptured = has(history, 'CAPTURED');
  if (waiting.size > 0) return ['something waits although the void has ended'];
  if (!isCaptured) return kind === 'VOID' && attempt === 1 ? [] : ['money is paid back that nobody captured'];
  if (kind === 'VOID') return settlement === 'REFUNDED' ? [] : ['captured money is not paid back'];
  if (attempt !== 2) return [`captured money is paid back in attempt ${attempt}`];
  // Of an order of one unit, a request for a part of it is one for the whole.
  const voided = records.find((record) => record.kind === 'VOID')?.cancellationKey;
  const account = history.requests.find(({ key }) => `K#${key}` === voided)?.account;
  const isComplete = account !== undefined && Object.keys(account).length === 3;
  const needsAccount = history.refundMethod === 'BANK_ACCOUNT';
  const isMissing = status === 'FAILED' && failureReason === 'ACCOUNT_MISSING' && !hasAccount;
  const isAsked = status === 'REQUESTED' && hasAccount === needsAccount;
  const isRight = needsAccount && !isComplete ? isMissing : isAsked;
  return [
    ...(isRight ? [] : [`captured money is ${status}, and that is wrong for its account`]),
    ...(settlement === undefined && records.length === 1 ? [] : ['what was said of the void is still there']),
  ];
}
