import { exponentOf, formatAmount } from '../../../lambda/domain/money.ts';
import type { Order, OrderLine } from '../../../lambda/domain/order.ts';
import type { Random } from '../../support/random.ts';
import { accountFor } from './accounts.ts';
import { type Members, members, type Tree } from './tree.ts';

/** A request for some of what is left of an order, mostly one that the rules allow or nearly so. */
export function requestFor(order: Order, random: Random): Members {
  const exponent = exponentOf(order.currencyCode);
  let totalMinor = 0n;
  const items = linesFor(order, random).map((line) => {
    const { quantity, amountMinor, taxMinor } = wishFor(order, line, random);
    totalMinor += BigInt(quantity) * amountMinor;
    return members({
      seq: numberText(BigInt(line.seq), 0, random),
      itemType: quoted(random.chance(98) ? line.itemType : 'SERVICE'),
      itemId: quoted(random.chance(98) ? line.itemId : 'P009'),
      quantity: numberText(BigInt(quantity), 0, random),
      amount: amountText(amountMinor, exponent, random),
      taxAmount: taxMinor === undefined ? undefined : amountText(taxMinor, exponent, random),
    });
  });
  const total = random.chance(95) ? totalMinor : totalMinor + BigInt(random.below(3)) - 1n;
  const needsAccount = order.refundMethod === 'BANK_ACCOUNT' && random.chance(95);
  return shuffled(
    members({
      orderNo: quoted(order.orderNo),
      totalCancelAmount: amountText(total < 0n ? 0n : total, exponent, random),
      refundAccount: needsAccount || random.chance(30) ? accountFor(random) : undefined,
      items: { items },
    }),
    random,
  );
}

const isBeforeCapture = ({ paymentStatus }: Order) => paymentStatus === 'REQUESTED' || paymentStatus === 'AUTHORIZED';

function linesFor(order: Order, random: Random): OrderLine[] {
  const isWhole = random.chance(isBeforeCapture(order) ? 90 : 10);
  const lines = isWhole ? order.lines : order.lines.filter(() => random.chance(150 / order.lines.length));
  return lines.length > 0 ? [...lines] : [random.pick(order.lines)];
}

interface Wish {
  readonly quantity: number;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint | undefined;
}

function wishFor(order: Order, line: OrderLine, random: Random): Wish {
  const isWhole = isBeforeCapture(order) && random.chance(95);
  const unitsLeft = Math.max(1, line.quantity - line.canceled.units);
  const quantity = isWhole
    ? line.quantity
    : random.chance(95)
      ? 1 + random.below(Math.min(unitsLeft, 20))
      : unitsLeft + random.below(2);
  const amountMinor = isWhole ? line.unitAmountMinor : amountFor(line, BigInt(quantity), random);
  const isAbsent = random.chance(45);
  const taxMinor = isAbsent ? undefined : taxFor(line, BigInt(quantity), amountMinor, random);
  return { quantity, amountMinor: atLeast0(amountMinor), taxMinor: taxMinor && atLeast0(taxMinor) };
}

const atLeast0 = (value: bigint) => (value < 0n ? 0n : value);

/** A unit amount: a whole unit, some of it, without its tax, what is left of the line, and a little more or less. */
function amountFor(
  { quantity, unitAmountMinor, unitTaxMinor, canceled }: OrderLine,
  q: bigint,
  random: Random,
): bigint {
  const left = BigInt(quantity) * unitAmountMinor - canceled.amountMinor;
  switch (random.below(12)) {
    case 0:
      return unitAmountMinor - unitTaxMinor;
    case 1:
      return left / q;
    case 2:
      return BigInt(random.below(4));
    case 3:
      return nearly(unitAmountMinor, random);
    case 4:
      return nearly(left / q, random);
    case 5:
    case 6:
    case 7:
      return (unitAmountMinor * BigInt(1 + random.below(100))) / 100n;
    default:
      return unitAmountMinor;
  }
}

/** A unit tax: the whole one, none, that of the amount, what is left of the line, or one that rules are about. */
function taxFor(line: OrderLine, q: bigint, amountMinor: bigint, random: Random): bigint {
  const { quantity, unitAmountMinor, unitTaxMinor, canceled } = line;
  const units = BigInt(quantity);
  const amountLeft = units * unitAmountMinor - canceled.amountMinor;
  const taxLeft = units * unitTaxMinor - canceled.taxMinor;
  const least = (taxLeft - amountLeft) / q + amountMinor;
  switch (random.below(10)) {
    case 0:
      return 0n;
    case 1:
      return nearly(unitTaxMinor, random);
    case 2:
      return nearly(amountMinor, random);
    case 3:
      return taxLeft / q;
    case 4:
      // Less than this leaves more tax than amount.
      return nearly(least, random);
    case 5:
      return (unitTaxMinor * BigInt(random.below(101))) / 100n;
    case 6:
    case 7:
      return unitTaxMinor;
    default:
      return unitAmountMinor === 0n ? 0n : (unitTaxMinor * amountMinor) / unitAmountMinor;
  }
}

const nearly = (value: bigint, random: Random) => value + BigInt(random.below(3)) - 1n;

const quoted = (value: string) => JSON.stringify(value);

/** Rarely with more decimals than the currency has. */
function amountText(minor: bigint, exponent: number, random: Random): string {
  if (random.chance(98.5)) return numberText(minor, exponent, random);
  const plain = formatAmount(minor, exponent);
  return `${plain}${plain.includes('.') ? '' : '.'}${random.pick(['5', '9', '001', '000000001'])}`;
}

/** One number in one of the ways that JSON writes it. */
function numberText(minor: bigint, exponent: number, random: Random): string {
  const plain = formatAmount(minor, exponent);
  switch (random.below(12)) {
    case 0:
      return plain.includes('.') ? `${plain}00` : `${plain}.0`;
    case 1:
      return `${minor}e-${exponent}`;
    case 2:
      return `${minor}000E-0${exponent + 3}`;
    case 3:
      return minor % 10n === 0n ? `${minor / 10n}e+${1 - exponent}`.replace('+-', '-') : plain;
    default:
      return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
  }
}

function shuffled(node: Members, random: Random): Members {
  if (random.chance(70)) return node;
  const members = [...node.members];
  for (let index = members.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    [members[index], members[other]] = [members[other], members[index]] as [[string, Tree], [string, Tree]];
  }
  return { members };
}
