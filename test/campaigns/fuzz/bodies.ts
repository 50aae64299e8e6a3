import { exponentOf, formatAmount } from '../../../lambda/domain/money.ts';
import type { Order, OrderLine } from '../../../lambda/domain/order.ts';
import type { Random } from '../../support/random.ts';
import { type List, type Members, members, nodesOf, slotsOf, textOf, type Tree } from './tree.ts';
import { account } from './world.ts';
import { oddNames, oddValue } from './odd-values.ts';

/** A request for an order as JSON text: in order, nearly so, or full of what a parser or a schema may stumble over. */
export function bodyText(order: Order, random: Random): string {
  const body = requestFor(order, random);
  let tree: Tree = body;
  if (random.chance(60)) {
    const count = 1 + random.below(3);
    for (let index = 0; index < count; index += 1) tree = altered(tree, random);
  }
  return textOf(tree, random);
}

function requestFor(order: Order, random: Random): Members {
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
      amount: numberText(amountMinor, exponent, random),
      taxAmount: taxMinor === undefined ? undefined : numberText(taxMinor, exponent, random),
    });
  });
  const total = random.chance(90) ? totalMinor : totalMinor + BigInt(random.below(3)) - 1n;
  const needsAccount = order.refundMethod === 'BANK_ACCOUNT' && random.chance(90);
  return shuffled(
    members({
      orderNo: quoted(order.orderNo),
      totalCancelAmount: numberText(total < 0n ? 0n : total, exponent, random),
      refundAccount: needsAccount || random.chance(30) ? accountFor(random) : undefined,
      items: { items },
    }),
    random,
  );
}

function linesFor(order: Order, random: Random): OrderLine[] {
  const isWhole = random.chance(order.paymentStatus === 'AUTHORIZED' ? 80 : 20);
  const lines = isWhole ? order.lines : order.lines.filter(() => random.chance(200 / order.lines.length));
  return lines.length > 0 ? [...lines] : order.lines.slice(0, 1);
}

interface Wish {
  readonly quantity: number;
  readonly amountMinor: bigint;
  readonly taxMinor: bigint | undefined;
}

/** Mostly what the line has, now and then a little more or less. */
function wishFor(order: Order, line: OrderLine, random: Random): Wish {
  const { quantity, unitAmountMinor, unitTaxMinor, canceled } = line;
  const isWhole = order.paymentStatus === 'AUTHORIZED' && random.chance(90);
  const remaining = Math.max(1, quantity - canceled.units);
  const off = (bound: bigint) => (random.chance(90) ? 0n : BigInt(random.below(3)) - 1n) + bound;
  const part = (of: bigint) => (of * BigInt(1 + random.below(100))) / 100n;
  const amountMinor = isWhole || random.chance(60) ? off(unitAmountMinor) : part(unitAmountMinor);
  const taxMinor = random.chance(50) ? off(unitTaxMinor) : part(unitTaxMinor);
  return {
    quantity: isWhole
      ? quantity
      : random.chance(90)
        ? 1 + random.below(Math.min(remaining, 20))
        : remaining + random.below(2),
    amountMinor: amountMinor < 0n ? 0n : amountMinor,
    taxMinor: random.chance(30) ? undefined : taxMinor < 0n ? 0n : taxMinor,
  };
}

function accountFor(random: Random): Members {
  const part = (value: string) => (random.chance(95) ? value : undefined);
  return members({
    accountNumber: part(random.chance(70) ? quoted(account.accountNumber) : account.accountNumberDigits),
    bankCode: part(quoted(account.bankCode)),
    accountHolderName: part(quoted(account.accountHolderName)),
  });
}

const quoted = (value: string) => JSON.stringify(value);

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

/** The tree with one thing about it changed. */
export function altered(tree: Tree, random: Random): Tree {
  const slots = slotsOf(tree);
  const nodes = nodesOf(tree);
  if (slots.length === 0) return oddValue(random);
  const node = random.pick(nodes);
  switch (random.below(10)) {
    case 0:
      return random.chance(20) ? oddValue(random) : { items: [tree] };
    case 1:
      if ('items' in node) resize(node, random);
      else
        for (const [, value] of node.members) if (typeof value !== 'string' && 'items' in value) resize(value, random);
      return tree;
    case 2:
    case 3:
      if ('members' in node) renameOne(node, random);
      return tree;
    case 4:
      if ('members' in node) repeatOne(node, random);
      return tree;
    case 5:
      if ('members' in node && node.members.length > 0) node.members.splice(random.below(node.members.length), 1);
      return tree;
    case 6:
      if ('members' in node) node.members.push([random.pick(oddNames), structuredClone(random.pick(slots).value)]);
      return tree;
    default:
      random.pick(slots).replace(oddValue(random));
      return tree;
  }
}

function resize({ items }: List, random: Random): void {
  const length = random.pick([0, 0, 1, 2, 2, 3, 5, 100, 101, random.chance(10) ? 1000 : 10]);
  const [first = '0'] = items;
  while (items.length < length) items.push(structuredClone(first));
  items.length = length;
  // Some with a seq of their own, so that not all of them are repetitions.
  if (random.chance(50)) items.forEach((item, index) => renumber(item, index + 1));
}

function renumber(item: Tree, seq: number): void {
  if (typeof item === 'string' || 'items' in item) return;
  for (const member of item.members) {
    if (member[0] === '"seq"') member[1] = String(seq);
    if (member[0] === '"itemId"') member[1] = quoted(`P${seq}`);
  }
}

function renameOne({ members }: Members, random: Random): void {
  if (members.length === 0) return;
  const member = random.pick(members);
  member[0] = random.chance(50) ? escaped(member[0], random) : random.pick(oddNames);
}

/** The same name with a character written as an escape. */
function escaped(name: string, random: Random): string {
  const plain = name.slice(1, -1);
  if (plain === '' || plain.includes('\\')) return name;
  const at = random.below(plain.length);
  const escape = `\\u${plain.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return `"${plain.slice(0, at)}${escape}${plain.slice(at + 1)}"`;
}

function repeatOne({ members }: Members, random: Random): void {
  if (members.length === 0) return;
  const [name, value] = random.pick(members);
  const repeated = random.chance(50) ? name : escaped(name, random);
  members.splice(random.below(members.length + 1), 0, [repeated, random.chance(50) ? value : oddValue(random)]);
}
