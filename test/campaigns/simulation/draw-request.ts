import type { CancellationRequest, RequestedItem } from '../../../lambda/domain/cancellation.ts';
import type { Order, OrderLine } from '../../../lambda/domain/order.ts';
import type { Random } from '../../support/random.ts';

/** The decimals of the currencies that orders are in. */
export const exponents: Readonly<Record<string, number>> = { KRW: 0, USD: 2, KWD: 3 };

export function drawRequest(random: Random, order: Order): CancellationRequest {
  const exponent = exponents[order.currencyCode] ?? 0;
  const wish = random.below(10);
  const isFull = wish < 4 || order.lines.length === 0;
  const isPart = !isFull && wish < 7;
  const lines = isFull ? order.lines : [random.pick(order.lines)];
  const hasTax = random.chance(70);
  const taxes = random.chance(80) ? 10n : BigInt(random.below(12));
  const items = lines.map((line) => drawItem(random, line, isPart, isFull, hasTax ? taxes : undefined, exponent));
  let total = 0;
  for (const { quantity, amount } of items) total += quantity * amount;
  total = rounded(total, exponent);
  const request: CancellationRequest = {
    orderNo: order.orderNo,
    totalCancelAmount: total,
    items,
    ...(order.refundMethod === 'BANK_ACCOUNT' && random.chance(85) ? { refundAccount } : {}),
  };
  return random.chance(7) ? mistaken(random, request) : request;
}

const refundAccount = { accountNumber: '110-234-567890', bankCode: '004', accountHolderName: 'HONG' };

function drawItem(
  random: Random,
  line: OrderLine,
  isPart: boolean,
  isWhole: boolean,
  taxTenths: bigint | undefined,
  exponent: number,
): RequestedItem {
  const { seq, itemType, itemId, unitAmountMinor, unitTaxMinor } = line;
  const isAmount = isPart && unitAmountMinor > 1n;
  const amountMinor = isAmount ? 1n + (BigInt(random.between(1, 9)) * (unitAmountMinor - 1n)) / 10n : unitAmountMinor;
  return {
    seq,
    itemType,
    itemId,
    quantity: isWhole ? line.quantity : random.between(1, line.quantity),
    amount: majorOf(amountMinor, exponent),
    ...(taxTenths === undefined ? {} : { taxAmount: majorOf((unitTaxMinor * taxTenths) / 10n, exponent) }),
  };
}

/** A request with a mistake that the rules find. */
function mistaken(random: Random, request: CancellationRequest): CancellationRequest {
  const [item, ...others] = request.items as [RequestedItem];
  const withItem = (changes: Partial<RequestedItem>) => ({ ...request, items: [{ ...item, ...changes }, ...others] });
  switch (random.below(8)) {
    case 0:
      return { ...request, totalCancelAmount: oneMoreThan(request.totalCancelAmount) };
    case 1:
      return withItem({ seq: 99 });
    case 2:
      return withItem({ itemId: 'ANOTHER' });
    case 3:
      return withItem({ amount: oneMoreThan(item.amount) });
    case 4:
      return withItem({ amount: 0.00001 });
    case 5:
      return withItem({ taxAmount: oneMoreThan(item.amount) });
    case 6:
      return { ...request, items: [item, ...request.items] };
    default:
      return { ...request, orderNo: 'ORD-9' };
  }
}

function oneMoreThan(amount: number): number {
  return rounded(amount + 1, 3);
}

/** The same cancellation in other words. */
export function inOtherWords(random: Random, request: CancellationRequest): CancellationRequest {
  if (random.chance(80)) return request;
  const items = request.items.map((item) => (item.taxAmount === undefined ? { ...item, taxAmount: 0 } : item));
  return { ...request, items: items.toReversed() };
}

/** What a request means, whatever the sequence of its items and whether a tax of 0 is said. */
export function canonical({ orderNo, totalCancelAmount, refundAccount: account, items }: CancellationRequest): string {
  const lines = items.map(
    ({ seq, itemType, itemId, quantity, amount, taxAmount = 0 }) =>
      `${seq} ${itemType} ${itemId} ${quantity} ${amount} ${taxAmount}`,
  );
  const to = account === undefined ? '' : Object.values(account).join(' ');
  return [orderNo, totalCancelAmount, to, ...lines.sort()].join('\n');
}

function majorOf(minor: bigint, exponent: number): number {
  return Number(minor) / 10 ** exponent;
}

function rounded(amount: number, exponent: number): number {
  return Math.round(amount * 10 ** exponent) / 10 ** exponent;
}
