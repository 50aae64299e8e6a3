import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import { type ExecutionState, executionStatuses } from '../../../lambda/domain/execution.ts';
import { exponentOf, formatAmount } from '../../../lambda/domain/money.ts';
import type { Order, OrderLine } from '../../../lambda/domain/order.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import type { Random } from '../../support/random.ts';
import type { FuzzDetailService } from './detail-service.ts';
import { isVoid } from './reference-rules.ts';
import { Reference } from './reference.ts';
import { type FuzzRequest, headersFor } from './request.ts';
import { account, untouched } from './world.ts';

/** A cancellation as it was made. */
export interface Made {
  readonly orderNo: string;
  readonly data: CancellationData;
  readonly kind: 'VOID' | 'REFUND';
  readonly idempotencyKey: string | undefined;
  readonly createdAtMs: number;
  /** The units that it took off the line of each of its items. */
  readonly canceledQuantities: readonly number[];
  /** Undefined before it was handed over. */
  readonly execution: ExecutionState | undefined;
}

export interface DetailWorld {
  readonly subjects: readonly Order[];
  /** In the sequence in which they were applied. */
  readonly past: Made[];
  readonly isHidden: boolean;
  readonly reference: Reference;
}

/** What was canceled of one of the orders. */
export function pastOf({ past }: DetailWorld, orderNo: string): Made[] {
  return past.filter((one) => one.orderNo === orderNo);
}

const maxPast = 7;

/** Some of a few untouched canceled, by clocks that do not agree. */
export async function worldOf(service: FuzzDetailService, random: Random): Promise<DetailWorld> {
  service.reset();
  const reference = new Reference();
  const subjects = [random.pick(untouched), random.pick(untouched)];
  const past: Made[] = [];
  const count = random.below(maxPast + 1);
  while (past.length < count) {
    const { orderNo } = random.pick(subjects);
    const made = await cancel(service, reference, orderNo, past.length, random);
    if (made === undefined) break;
    past.push(made);
  }
  const isHidden = random.chance(3);
  if (isHidden) service.hideCancellations();
  const world = { subjects, past, isHidden, reference };
  for (let changes = random.below(2 * maxPast); changes > 0; changes -= 1) execute(service, world, random);
  return world;
}

/** Changes what became of the money of a cancellation, or of one that nobody knows. */
export function execute(service: FuzzDetailService, { subjects, past }: DetailWorld, random: Random): void {
  const status = random.pick(executionStatuses);
  const state = {
    attempt: 1 + random.below(3),
    status,
    updatedAtMs: startOfTest + random.below(10_000),
    // A reason may stay in the table when the state has gone on.
    ...(random.chance(50) ? { failureReason: random.pick(['ACCOUNT_CLOSED', 'X', `A${'_9'.repeat(31)}`]) } : {}),
  };
  const index = random.below(past.length + 1);
  const made = past[index];
  if (made === undefined) {
    const returnRequestId = `RETREQ${'0'.repeat(22)}ZZZZ`;
    service.putExecution(random.pick(subjects).orderNo, { returnRequestId, ...state });
    return;
  }
  const execution = { returnRequestId: made.data.returnRequestId, ...state };
  past[index] = { ...made, execution };
  service.putExecution(made.orderNo, execution);
}

/** Undefined where nothing is left of the order, or the same was canceled before. */
export async function cancel(
  service: FuzzDetailService,
  reference: Reference,
  orderNo: string,
  index: number,
  random: Random,
): Promise<Made | undefined> {
  const before = reference.orderOf(orderNo);
  const idempotencyKey = random.chance(60) ? `key-${index}` : undefined;
  const request = before && cancellationOf(before, index, idempotencyKey, random);
  if (before === undefined || request === undefined) return undefined;
  const afterMs = random.below(5) * (random.chance(50) ? 1 : 1000);
  const verdict = reference.verdictOn(request, startOfTest + afterMs);
  if (verdict.apply === undefined) return undefined;
  const data = await service.cancel(request, afterMs);
  verdict.apply(data);
  const after = reference.orderOf(orderNo);
  return {
    orderNo,
    data,
    kind: isVoid(before) ? 'VOID' : 'REFUND',
    idempotencyKey,
    createdAtMs: startOfTest + afterMs,
    canceledQuantities: data.items.map(({ seq }) => unitsOf(after, seq) - unitsOf(before, seq)),
    execution: undefined,
  };
}

function unitsOf(order: Order | undefined, seq: number): number {
  return order?.lines.find((line) => line.seq === seq)?.canceled.units ?? 0;
}

/** All of what is not captured, else a unit or an amount of the first line that has some, for an account that nobody may see. */
function cancellationOf(order: Order, index: number, key: string | undefined, random: Random): FuzzRequest | undefined {
  const items = isVoid(order) ? order.lines.map((line) => ({ line, amountMinor: line.unitAmountMinor })) : [];
  const isOpen = order.paymentStatus === 'CAPTURED' || order.paymentStatus === 'PARTIALLY_CANCELED';
  const line = order.lines.find((one) => leftOf(one) > 0n);
  if (isOpen && line !== undefined) items.push({ line, amountMinor: amountFor(line, index, random) });
  if (items.length === 0) return undefined;

  const exponent = exponentOf(order.currencyCode);
  const major = (minor: bigint) => Number(formatAmount(minor, exponent));
  const quantityOf = ({ quantity }: OrderLine) => (isVoid(order) ? quantity : 1);
  const total = items.reduce((sum, one) => sum + BigInt(quantityOf(one.line)) * one.amountMinor, 0n);
  const { accountNumber, bankCode, accountHolderName } = account;
  const bytes = Buffer.from(
    JSON.stringify({
      orderNo: order.orderNo,
      totalCancelAmount: major(total),
      refundAccount: { accountNumber, bankCode, accountHolderName },
      items: items.map(({ line: one, amountMinor }) => {
        const { seq, itemType, itemId } = one;
        return { seq, itemType, itemId, quantity: quantityOf(one), amount: major(amountMinor) };
      }),
    }),
  );
  const headers = headersFor(bytes, order.currencyCode);
  if (key !== undefined) headers.push(['Idempotency-Key', key]);
  return { body: bytes.toString('base64'), isBase64Encoded: true, headers };
}

const leftOf = ({ quantity, unitAmountMinor, canceled }: OrderLine) =>
  BigInt(quantity) * unitAmountMinor - canceled.amountMinor;

/** Another one for each cancellation, so that none without a key is the repetition of another. */
function amountFor(line: OrderLine, index: number, random: Random): bigint {
  const left = leftOf(line);
  if (random.chance(30) && left >= line.unitAmountMinor) return line.unitAmountMinor;
  const amount = BigInt(1 + index);
  return amount < left && amount < line.unitAmountMinor ? amount : left < line.unitAmountMinor ? left : 1n;
}
