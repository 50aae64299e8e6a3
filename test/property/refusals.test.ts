import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Reason } from '../../lambda/contract/violations.ts';
import type { CancellationRequest, RequestedItem } from '../../lambda/domain/cancellation.ts';
import { exponentOf, formatAmount } from '../../lambda/domain/money.ts';
import { zeroAmounts } from '../../lambda/domain/line-amounts.ts';
import {
  type ItemType,
  type Order,
  type PaymentStatus,
  type RefundMethod,
  remainingOf,
} from '../../lambda/domain/order.ts';
import { type MemoryService, memoryService } from '../../tools/in-memory/memory-service.ts';
import { capturedOrder, requestFor, type Wish, wishes } from '../support/arbitraries.ts';
import { sumOf } from '../support/decimals.ts';
import { react } from '../support/reading-merchant.ts';
import type { Draft, Taste } from '../support/sentence-reactions.ts';
import { type CancelResponse, send } from '../support/send.ts';

/** More corrections than this are more than a merchant makes. */
const maxCorrections = 5;

const order: fc.Arbitrary<Order> = fc
  .record({
    base: capturedOrder,
    paymentStatus: fc.constantFrom<PaymentStatus>(
      'CAPTURED',
      'CAPTURED',
      'CAPTURED',
      'AUTHORIZED',
      'REQUESTED',
      'FAILED',
      'VOIDED',
    ),
    refundMethod: fc.constantFrom<RefundMethod>('ORIGINAL', 'ORIGINAL', 'BANK_ACCOUNT'),
  })
  .map(({ base, ...fields }): Order => ({ ...base, ...fields }));

/** What is changed of an item that was right or nearly so. */
const itemMistake: fc.Arbitrary<Partial<RequestedItem>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ seq: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 1, arbitrary: fc.record({ itemId: fc.constantFrom('P1', 'P2', 'P3', 'X') }) },
  { weight: 1, arbitrary: fc.record({ itemType: fc.constantFrom<ItemType>('SERVICE', 'DELIVERY') }) },
  { weight: 2, arbitrary: fc.record({ amount: amountMistake() }) },
  { weight: 2, arbitrary: fc.record({ taxAmount: amountMistake() }) },
);

function amountMistake() {
  return fc.oneof(fc.integer({ min: 0, max: 25 }), fc.constantFrom(0, 0.5, 1.005, 2.00001, 1000));
}

/** What may be sent for a total, of a request whose total is right. */
const totals: ReadonlyArray<(request: CancellationRequest) => number> = [
  ({ totalCancelAmount }) => totalCancelAmount,
  ({ totalCancelAmount }) => totalCancelAmount,
  ({ items }) => sum(items, ({ amount }) => amount),
  ({ items }) => sum(items, ({ amount, taxAmount = 0 }) => amount + taxAmount),
  ({ items }) => sum(items, ({ quantity, amount, taxAmount = 0 }) => quantity * (amount + taxAmount)),
  ({ items }) => sum(items, ({ quantity, amount, taxAmount = 0 }) => Math.max(0, quantity * (amount - taxAmount))),
  ({ totalCancelAmount }) => (totalCancelAmount < 1e9 ? exactly(totalCancelAmount * 100) : 0),
  () => 7.00001,
];

function sum(items: readonly RequestedItem[], part: (item: RequestedItem) => number): number {
  return exactly(items.reduce((soFar, item) => soFar + part(item), 0));
}

/** To 15 significant digits, which is what a request may have. */
function exactly(amount: number): number {
  return Number(amount.toPrecision(15));
}

const taste: fc.Arbitrary<Taste> = fc.record({
  takesSteps: fc.boolean(),
  leavesTaxOut: fc.boolean(),
  cancelsUnits: fc.boolean(),
  correctsTotal: fc.boolean(),
});

/** A request that may be wrong in several ways. */
interface Attempt {
  readonly wished: Wish[];
  readonly isUnique: boolean;
  readonly mistakes: ReadonlyArray<Partial<RequestedItem>>;
  readonly totalOf: (request: CancellationRequest) => number;
  readonly currency: string | undefined;
  readonly ifMatch: string | undefined;
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  wished: wishes,
  isUnique: fc.boolean(),
  mistakes: fc.array(itemMistake, { minLength: 4, maxLength: 4 }),
  totalOf: fc.constantFrom(...totals),
  currency: fc.constantFrom(undefined, undefined, undefined, 'EUR'),
  ifMatch: fc.constantFrom(undefined, undefined, undefined, '*', '"ORD20251224001.9"'),
});

function draftOf(to: Order, { wished, isUnique, mistakes, totalOf, currency, ifMatch }: Attempt): Draft {
  const right = requestFor(to, wished);
  const isFirst = ({ seq }: RequestedItem, index: number) =>
    right.items.findIndex((item) => item.seq === seq) === index;
  const items = right.items.filter((item, index) => !isUnique || isFirst(item, index));
  const mistaken = items.map((item, index): RequestedItem => ({ ...item, ...mistakes[index] }));
  const request = { ...right, items: mistaken, totalCancelAmount: sumOf(mistaken) };
  const totalCancelAmount = exactly(totalOf(request));
  return { request: { ...request, totalCancelAmount }, currencyCode: currency ?? to.currencyCode, ifMatch };
}

type End = 'ACCEPTED' | 'NOT_CANCELABLE' | 'NOTHING_LEFT';

interface Walk {
  readonly end: End;
  readonly draft: Draft;
  readonly laterSteps: readonly RequestedItem[];
  /** What was sent and what was answered, to be read when the law does not hold. */
  readonly trail: unknown[];
}

/** Sends a request and follows the messages of each answer. @throws Error with the trail, after too many corrections */
async function follow(service: MemoryService, first: Draft, taste: Taste): Promise<Walk> {
  const trail: unknown[] = [];
  let [draft, laterSteps]: [Draft, readonly RequestedItem[]] = [first, []];
  for (let corrections = 0; corrections <= maxCorrections; corrections += 1) {
    const response = await sendDraft(service, draft, 'walk');
    trail.push(
      draft,
      response.envelope.errors?.map(({ message }) => message),
    );
    if (response.status === 200) return { end: 'ACCEPTED', draft, laterSteps, trail };
    const reaction = react(draft, response.envelope.errors ?? [], itemsOf(orderIn(service)), taste);
    if (reaction.kind === 'GIVE_UP') return { end: reaction.because, draft, laterSteps, trail };
    ({ draft, laterSteps } = reaction);
  }
  throw new Error(`The messages lead nowhere: ${JSON.stringify({ taste, trail }, null, 1)}`);
}

async function sendDraft(service: MemoryService, draft: Draft, key: string): Promise<CancelResponse> {
  const { request, currencyCode, ifMatch } = draft;
  const headers = { 'X-Currency-Code': currencyCode, 'X-Idempotency-Key': key, 'If-Match': ifMatch };
  return await send(service, request, { headers });
}

function orderIn(service: MemoryService): Order {
  const [order] = service.orders.values();
  if (order === undefined) throw new Error('The order is gone.');
  return order;
}

/** The lines of an order as a merchant knows them. */
function itemsOf({ lines, currencyCode }: Order): RequestedItem[] {
  const major = (minor: bigint) => Number(formatAmount(minor, exponentOf(currencyCode)));
  return lines.map(({ seq, itemType, itemId, quantity, unitAmountMinor }) => {
    return { seq, itemType, itemId, quantity, amount: major(unitAmountMinor) };
  });
}

/** A service with an order of which something may have been canceled. */
async function serviceOf(order: Order, earlier: readonly Wish[][]): Promise<MemoryService> {
  const service = memoryService([order]);
  for (const [index, wished] of earlier.entries()) {
    const request = { ...requestFor(order, wished), refundAccount: account };
    await sendDraft(service, { request, currencyCode: order.currencyCode }, `earlier-${index}`);
  }
  return service;
}

const account = { accountNumber: '110-1', bankCode: '004', accountHolderName: 'Kim' };

test('what a refusal names leads to an accepted request, unless the order cannot be canceled or nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(
      order,
      fc.array(wishes, { maxLength: 4 }),
      attempt,
      taste,
      async (paid, earlier, wrong, tasteOfOne) => {
        const service = await serviceOf(paid, earlier);
        const before = orderIn(service);
        const { end, draft, laterSteps } = await follow(service, draftOf(paid, wrong), tasteOfOne);
        const isCancelable = ['REQUESTED', 'AUTHORIZED', 'CAPTURED', 'PARTIALLY_CANCELED'].includes(
          before.paymentStatus,
        );
        expect(end === 'NOT_CANCELABLE').toBe(!isCancelable);
        const named = before.lines.filter(({ seq }) => draft.request.items.some((item) => item.seq === seq));
        const unitsLeft = end === 'NOTHING_LEFT' ? named.map((line) => remainingOf(line).units) : [];
        expect(unitsLeft).toEqual(unitsLeft.map(() => 0));

        for (const [index, step] of laterSteps.entries()) {
          const request = { ...draft.request, items: [step], totalCancelAmount: sumOf([step]) };
          const response = await sendDraft(service, { ...draft, ifMatch: undefined, request }, `step-${index}`);
          expect(response.status).toBe(200);
          const line = orderIn(service).lines.find(({ seq }) => seq === step.seq);
          expect(line && remainingOf(line)).toEqual(zeroAmounts);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

/** Errors whose messages name what is accepted: not which lines there are, but how much of one, and in what. */
const namesWhatIsAccepted: ReadonlySet<Reason> = new Set<Reason>([
  'AMOUNT_EXCEEDS_UNIT_AMOUNT',
  'AMOUNT_NOT_POSITIVE',
  'AMOUNT_WITHOUT_TAX',
  'AMOUNT_EXCEEDS_REMAINING',
  'TOTAL_MISMATCH',
  'CURRENCY_MISMATCH',
]);

test('where one thing alone is wrong, and no tax is sent, what its message names is accepted at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      capturedOrder,
      fc.array(wishes, { maxLength: 4 }),
      attempt,
      taste,
      async (paid, earlier, wrong, tasteOfOne) => {
        const service = await serviceOf(paid, earlier);
        const { request, ...headers } = draftOf(paid, wrong);
        const items = request.items.map(({ taxAmount: _taxAmount, ...item }) => item);
        const draft = { request: { ...request, items }, ...headers };
        const { errors = [] } = (await sendDraft(service, draft, 'walk')).envelope;
        const reasons = new Set(errors.map(({ reason }) => reason));
        // An amount that is wrong makes the total wrong as well.
        const ofItems = errors.filter(({ reason }) => reason !== 'TOTAL_MISMATCH');
        fc.pre(reasons.isSubsetOf(namesWhatIsAccepted) && errors.length > 0 && ofItems.length <= 1);
        const reaction = react(draft, errors, itemsOf(orderIn(service)), { ...tasteOfOne, correctsTotal: true });
        const corrected = reaction.kind === 'SEND' ? await sendDraft(service, reaction.draft, 'walk') : undefined;
        expect({ reaction, errors: corrected?.envelope.errors }).toEqual({ reaction, errors: undefined });
      },
    ),
    { numRuns: 300 },
  );
});
