import type { CancellationRequest, RefundAccount, RequestedItem } from '../../../lambda/domain/cancellation.ts';
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
  const tax = drawTax(random);
  const items = lines.map((line) => drawItem(random, line, isPart, isFull, tax, exponent));
  let total = 0;
  for (const { quantity, amount } of items) total += quantity * amount;
  total = rounded(total, exponent);
  const hasAccount = random.chance(order.refundMethod === 'BANK_ACCOUNT' ? 90 : 15);
  const request: CancellationRequest = {
    orderNo: order.orderNo,
    totalCancelAmount: total,
    items,
    ...(hasAccount ? { refundAccount: drawAccount(random) } : {}),
  };
  return random.chance(7) ? mistaken(random, request) : request;
}

/** An item says no tax, what belongs to its amount, the unit's beside a price without it, or so many tenths of the unit's. */
type TaxWish = 'NONE' | 'IN_PROPORTION' | 'BESIDE_NET_PRICE' | bigint;

function drawTax(random: Random): TaxWish {
  const wish = random.below(20);
  if (wish < 7) return 'NONE';
  if (wish < 16) return 'IN_PROPORTION';
  return wish === 16 ? 'BESIDE_NET_PRICE' : BigInt(random.below(12));
}

function drawItem(
  random: Random,
  line: OrderLine,
  isPart: boolean,
  isWhole: boolean,
  taxWish: TaxWish,
  exponent: number,
): RequestedItem {
  const { seq, itemType, itemId, unitAmountMinor, unitTaxMinor } = line;
  const netMinor = unitAmountMinor - unitTaxMinor;
  const isNet = taxWish === 'BESIDE_NET_PRICE' && unitTaxMinor > 0n && netMinor > 0n;
  const isAmount = isPart && unitAmountMinor > 1n;
  const partMinor = isAmount ? 1n + (BigInt(random.between(1, 9)) * (unitAmountMinor - 1n)) / 10n : unitAmountMinor;
  const amountMinor = isNet ? netMinor : partMinor;
  const inProportion = unitAmountMinor === 0n ? 0n : (unitTaxMinor * amountMinor) / unitAmountMinor;
  const tenths = typeof taxWish === 'bigint' ? taxWish : 10n;
  const taxMinor = taxWish === 'IN_PROPORTION' ? inProportion : (unitTaxMinor * tenths) / 10n;
  return {
    seq,
    itemType,
    itemId,
    quantity: isWhole ? line.quantity : random.between(1, line.quantity),
    amount: majorOf(amountMinor, exponent),
    ...(taxWish === 'NONE' ? {} : { taxAmount: majorOf(taxMinor, exponent) }),
  };
}

/** Accounts to refund to, each in several spellings. */
const accounts: ReadonlyArray<readonly RefundAccount[]> = [
  [
    { accountNumber: '110-234-567890', bankCode: '004', accountHolderName: 'HONG' },
    { accountNumber: '110234567890', bankCode: '0-04', accountHolderName: 'HONG' },
    { accountNumber: 110234567890, bankCode: '00 4', accountHolderName: 'HONG' },
  ],
  [{ accountNumber: '110-234-567891', bankCode: '004', accountHolderName: 'HONG' }],
  [{ accountNumber: '110-234-567890', bankCode: '005', accountHolderName: 'HONG' }],
  [
    { accountNumber: '110-234-567890', bankCode: '004', accountHolderName: '\ud64d'.normalize('NFC') },
    { accountNumber: '110-234-567890', bankCode: '004', accountHolderName: '\ud64d'.normalize('NFD') },
  ],
  // Not enough of one for a refund.
  [{ bankCode: '004' }],
];

function drawAccount(random: Random): RefundAccount {
  const [usual] = accounts as [readonly RefundAccount[]];
  return random.pick(random.chance(60) ? usual : random.pick(accounts));
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

/**
 * A request that is sent once more: as it was, the same in other words, or the same cancellation with another tax, another
 * account or a mistake.
 */
export function drawRepetition(random: Random, request: CancellationRequest, order: Order): CancellationRequest {
  if (random.chance(70)) return request;
  const { refundAccount, ...withoutAccount } = request;
  switch (random.below(6)) {
    case 0:
      return { ...request, items: request.items.toReversed() };
    case 1:
      return { ...request, items: request.items.map(({ taxAmount: _tax, ...item }) => item) };
    case 2:
      return { ...request, items: request.items.map(({ taxAmount = 0, ...item }) => ({ ...item, taxAmount })) };
    case 3:
      return { ...request, items: request.items.map((item) => withOtherTax(random, item, order)) };
    case 4:
      if (refundAccount === undefined || random.chance(80)) return { ...request, refundAccount: drawAccount(random) };
      return withoutAccount;
    default:
      return mistaken(random, request);
  }
}

function withOtherTax(random: Random, item: RequestedItem, { lines, currencyCode }: Order): RequestedItem {
  const unitTaxMinor = lines.find(({ seq }) => seq === item.seq)?.unitTaxMinor ?? 0n;
  const taxMinor = (unitTaxMinor * BigInt(random.below(11))) / 10n;
  return { ...item, taxAmount: majorOf(taxMinor, exponents[currencyCode] ?? 0) };
}

function majorOf(minor: bigint, exponent: number): number {
  return Number(minor) / 10 ** exponent;
}

function rounded(amount: number, exponent: number): number {
  return Math.round(amount * 10 ** exponent) / 10 ** exponent;
}
