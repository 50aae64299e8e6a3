import { isDeepStrictEqual } from 'node:util';
import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { applyCancellation } from '../../../lambda/domain/apply-cancellation.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { orderTakerMetricNames } from '../../../lambda/environment/metric-names.ts';
import { createDeadLetters } from '../../../lambda/events/dead-letters.ts';
import { createEventTelemetry } from '../../../lambda/events/event-telemetry.ts';
import { createOrderTaker } from '../../../lambda/order-taker/take-events.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../../tools/in-memory/orders.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { Random } from '../../support/random.ts';
import { eventBody } from './event-bodies.ts';
import { countsIn } from './event-lines.ts';
import { type EventFate, fateOfEvent, isAmbiguous, keyOf } from './event-reference.ts';
import { parse, prototypeFlaw, secretIn } from './oracles.ts';
import { captured } from './service.ts';
import { drawTrouble } from './troubles.ts';

type Service = 'tables' | 'dead letters' | 'queue';

/** A message about one order, which no other message of its batch is about. */
export interface EventCase {
  /** As it is before; undefined if there is none. */
  readonly order: Order | undefined;
  readonly body: string;
}

/** What the order taker did with a batch. */
export interface TakenEvents {
  readonly failed: readonly string[];
  readonly letters: ReadonlyArray<{ readonly body: string; readonly reason: string }>;
  readonly printed: string;
  /** Every order that there is afterwards, by its key. */
  readonly orders: ReadonlyMap<string, Order>;
}

/** An order taker of which one service may fail, with an error that gives secrets away. */
export type TakeEvents = (
  cases: readonly EventCase[],
  failing: Service | undefined,
  error: Error,
) => Promise<TakenEvents>;

export function fuzzOrderTaker(): TakeEvents {
  return async (cases, failing, error) => {
    const orders = new Map(cases.flatMap(({ order }) => (order === undefined ? [] : [[keyOf(order), order]])));
    const letters: TakenEvents['letters'][0][] = [];
    const failIf = (service: Service) => {
      if (failing === service) throw error;
    };
    const queue = async ({ input }: SendMessageCommand) => {
      failIf('dead letters');
      letters.push({ body: input.MessageBody ?? '', reason: input.MessageAttributes?.['reason']?.StringValue ?? '' });
      return {};
    };
    const take = createOrderTaker({
      payments: {
        async find(id) {
          failIf('tables');
          return orders.get(keyOf(id));
        },
        async putIfNew(order) {
          orders.set(keyOf(order), order);
          return { kind: 'WRITTEN' };
        },
        async change(id, paymentStatus) {
          const order = orders.get(keyOf(id));
          if (order !== undefined) orders.set(keyOf(id), { ...order, paymentStatus, version: order.version + 1 });
          return { kind: 'WRITTEN' };
        },
      },
      orders: {
        async load(key) {
          failIf('tables');
          return { kind: 'LOADED', order: orders.get(keyOf(key)), record: undefined };
        },
        findRecord: async () => ({ kind: 'FOUND', record: undefined }),
        async commit({ order, cancellation }) {
          orders.set(keyOf(order), applyCancellation(order, cancellation));
          return { kind: 'COMMITTED', isOpen: false };
        },
      },
      lateDeposits: { findVoid: async () => undefined, payBack: async () => 'DONE' },
      deadLetters: createDeadLetters({ send: queue } as unknown as SQSClient, 'dead letters'),
      redelivery: {
        async delay() {
          failIf('queue');
        },
      },
      report: createEventTelemetry(
        'take',
        orderTakerMetricNames,
        { service: 'fuzz', version: 'a1' },
        () => startOfTest,
      ),
      runtime: { now: () => startOfTest, sleep: async () => undefined, random: () => 0, newId: () => '0'.repeat(26) },
    });
    const Records = cases.map(
      ({ body }, index) =>
        ({ messageId: `message-${index}`, body, attributes: { ApproximateReceiveCount: '1' } }) as SQSRecord,
    );
    const { result, printed } = await captured(async () => await take({ Records }, contextOf()));
    const failed = result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted();
    return { failed, letters, printed, orders };
  };
}

/** Hands the order taker the messages that a seed stands for. @returns what is wrong, with the messages that show it */
export async function fuzzEvent(take: TakeEvents, seed: number): Promise<string | undefined> {
  const random = new Random(seed);
  const drawn = Array.from({ length: random.pick([1, 1, 2, 4]) }, (_value, index) => drawCase(random, index));
  // Changed bytes may make the number of an order that of another one.
  const cases = drawn.filter(
    ({ body }, index) => !drawn.some((_case, at) => at !== index && body.includes(`ORD-${at}`)),
  );
  const failing = random.chance(8) ? random.pick(['tables', 'dead letters', 'queue'] as const) : undefined;
  const { error } = drawTrouble(random);
  const check = async (some: readonly EventCase[]) => {
    try {
      return flawOfEvents(some, failing, await take(some, failing, error)) ?? prototypeFlaw(seed % 64 === 0);
    } catch (thrown) {
      return `It threw: ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
    }
  };
  const flaw = await check(cases);
  if (flaw === undefined) return undefined;
  const trouble = failing === undefined ? '' : `With the ${failing} failing: `;
  for (const one of cases) {
    const alone = await check([one]);
    if (alone !== undefined) return `${trouble}${alone}\n${shown(one.order)}\n${one.body}`;
  }
  return `${trouble}${flaw}\n${cases.map(({ order, body }) => `${shown(order)}\n${body}`).join('\n')}`;
}

const shown = (value: unknown) =>
  JSON.stringify(value, (_name, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));

const statuses = ['REQUESTED', 'AUTHORIZED', 'CAPTURED', 'CAPTURED', 'CAPTURED', 'VOIDED', 'FAILED'] as const;

function drawCase(random: Random, index: number): EventCase {
  const lines = Array.from({ length: random.between(1, 3) }, (_value, at) => {
    const unitAmountMinor = random.pick([2n, 1050n, 3000n, 999_998n]);
    return lineOf({
      seq: at + 1,
      itemId: `P-${at + 1}`,
      quantity: random.between(1, 3),
      unitAmountMinor,
      unitTaxMinor: random.pick([0n, unitAmountMinor / 10n]),
    });
  });
  const order = orderOf({
    storeId: 'STORE-1',
    orderNo: `ORD-${index}`,
    currencyCode: random.pick(['KRW', 'USD', 'KWD']),
    refundMethod: random.pick(['ORIGINAL', 'BANK_ACCOUNT']),
    paymentStatus: random.pick(statuses),
    version: random.between(1, 3),
    lines,
  });
  return { order: random.chance(80) ? order : undefined, body: eventBody(order, random) };
}

export function flawOfEvents(
  cases: readonly EventCase[],
  failing: Service | undefined,
  { failed, letters, printed, orders }: TakenEvents,
): string | undefined {
  const left = [...letters];
  const kinds: Array<EventFate['kind'] | 'OPEN'> = [];
  for (const [index, { order, body }] of cases.entries()) {
    const fate = fateOf(body, order, failing);
    const at = left.findIndex((letter) => letter.body === body);
    const [letter] = at < 0 ? [] : left.splice(at, 1);
    const isAgain = failed.includes(`message-${index}`);
    if (letter !== undefined && isAgain) return 'A message is a dead letter, and comes again.';
    // Of such a message it is open whether it can be read.
    if (isAmbiguous(body)) {
      kinds.push('OPEN');
      continue;
    }
    kinds.push(fate.kind);
    const isKept = fate.kind === 'MALFORMED' || fate.kind === 'KEPT';
    if (isKept !== (letter !== undefined)) return `It has to be ${fate.kind}: ${shown(letter ?? null)}.`;
    if (isAgain !== (fate.kind === 'COMES_AGAIN'))
      return `It has to be ${fate.kind}, and it ${isAgain ? 'comes' : 'does not come'} again.`;
    const flaw = letter && flawOfReason(letter.reason, fate);
    if (flaw !== undefined) return flaw;
    const changed = flawOfOrder(body, order, fate, orders);
    if (changed !== undefined) return changed;
  }
  if (left.length > 0) return `There is a dead letter too many: ${shown(left)}.`;
  return flawOfCounts(kinds, printed) ?? leakOf(cases, letters, printed);
}

function fateOf(body: string, order: Order | undefined, failing: Service | undefined): EventFate {
  const fate = fateOfEvent(body, order);
  const isRead = fate.kind !== 'MALFORMED' && fateOfEvent(body, undefined).kind !== 'KEPT';
  if (failing === 'tables' && isRead) return { kind: 'COMES_AGAIN' };
  // There is no execution of any void here.
  if (fate.kind === 'LATE_DEPOSIT') return { kind: 'COMES_AGAIN' };
  const isKept = fate.kind === 'MALFORMED' || fate.kind === 'KEPT';
  return isKept && failing === 'dead letters' ? { kind: 'COMES_AGAIN' } : fate;
}

const isOf = (place: string, text: string) =>
  text.startsWith(`${place} `) || (place.startsWith("'") && text.endsWith(place));

/** It names every place that is wrong, up to ten, and none that is right. */
function flawOfReason(reason: string, fate: EventFate): string | undefined {
  if (fate.kind !== 'MALFORMED') return /^\/\S+ \S/.test(reason) ? undefined : `"${reason}" names no field.`;
  const named = reason.split('; ');
  const missing = [...fate.mistakes].find((place) => !named.some((text) => isOf(place, text)));
  if (missing !== undefined && named.length < 10) return `The reason "${reason}" does not name ${missing}.`;
  const stray = named.find((text) => ![...fate.mistakes].some((place) => isOf(place, text)));
  return stray === undefined ? undefined : `The reason names what is right: "${stray}".`;
}

function flawOfOrder(
  body: string,
  order: Order | undefined,
  fate: EventFate,
  orders: TakenEvents['orders'],
): string | undefined {
  const { data } =
    (parse(body)?.value as { detail?: { data?: { storeId?: string; orderNo?: string } } } | null)?.detail ?? {};
  if (fate.kind !== 'TAKEN') {
    return order === undefined || isDeepStrictEqual(orders.get(keyOf(order)), order)
      ? undefined
      : 'An order has changed, and must not.';
  }
  const after = orders.get(`${data?.storeId}/${data?.orderNo}`);
  const is = after && `${after.paymentStatus} v${after.version}`;
  return is === fate.after ? undefined : `The order is ${is ?? 'not there'}, and has to be ${fate.after}.`;
}

/** Whatever happens to a message is counted once. */
function flawOfCounts(kinds: ReadonlyArray<EventFate['kind'] | 'OPEN'>, printed: string): string | undefined {
  if (kinds.includes('OPEN')) return undefined;
  const counts = countsIn(printed, orderTakerMetricNames);
  const count = (...some: ReadonlyArray<EventFate['kind']>) =>
    kinds.filter((kind) => some.some((one) => one === kind)).length;
  const done = count('TAKEN', 'WITHOUT_EFFECT');
  const isRight =
    counts.EventTaken + counts.EventWithoutEffect === done &&
    counts.EventRedelivered === count('COMES_AGAIN') &&
    counts.EventRefused === count('KEPT', 'MALFORMED');
  return isRight ? undefined : `It counts ${shown(counts)}, for ${kinds.join()}.`;
}

/** What a platform writes as the number of an order or of a store is in the log. */
function leakOf(cases: readonly EventCase[], letters: TakenEvents['letters'], printed: string): string | undefined {
  const leaked = secretIn([printed, ...letters.map(({ reason }) => reason)].join('\n'));
  const isNamed = cases.some(({ body }) => {
    const event = parse(body)?.value as {
      detail?: { data?: { storeId?: unknown; orderNo?: unknown } | null } | null;
    } | null;
    const { storeId, orderNo } = event?.detail?.data ?? {};
    return secretIn([storeId, orderNo].filter((name) => typeof name === 'string').join(' ')) !== undefined;
  });
  return leaked === undefined || isNamed ? undefined : `The secret ${leaked} got out.`;
}
