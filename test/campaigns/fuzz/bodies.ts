import type { Order } from '../../../lambda/domain/order.ts';
import type { Random } from '../../support/random.ts';
import { oddNames, oddValue } from './odd-values.ts';
import { type List, type Members, nodesOf, slotsOf, textOf, type Tree } from './tree.ts';
import { requestFor } from './wishes.ts';

/** A request for an order as JSON text: in order, nearly so, or full of what a parser or a schema may stumble over. */
export function bodyText(order: Order, random: Random): string {
  let tree: Tree = requestFor(order, random);
  if (random.chance(30)) {
    const count = 1 + random.below(3);
    for (let index = 0; index < count; index += 1) tree = altered(tree, random);
  }
  return textOf(tree, random);
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
    if (member[0] === '"itemId"') member[1] = JSON.stringify(`P${seq}`);
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
