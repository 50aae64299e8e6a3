import type { Random } from '../../support/random.ts';

/** A JSON text in the making: every name and value as it is to be written, so that it can also be written wrongly. */
export type Tree = string | List | Members;
export interface List {
  readonly items: Tree[];
}
export interface Members {
  readonly members: Array<[name: string, value: Tree]>;
}

/** An object with plainly written names. */
export function members(values: Readonly<Record<string, Tree | undefined>>): Members {
  return {
    members: Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[JSON.stringify(name), value] as [string, Tree]],
    ),
  };
}

/** The tree as text, with white space where the random source puts it. */
export function textOf(tree: Tree, random: Random): string {
  const space = random.chance(70) ? () => '' : () => random.pick(spaces);
  const write = (node: Tree): string => {
    if (typeof node === 'string') return node;
    const isList = 'items' in node;
    const parts = isList
      ? node.items.map(write)
      : node.members.map(([name, value]) => `${name}${space()}:${space()}${write(value)}`);
    const inside = parts.map((part) => `${space()}${part}${space()}`).join(',');
    return isList ? `[${inside}]` : `{${inside}}`;
  };
  return write(tree);
}

const spaces = ['', ' ', '\n', '\t', '\r\n', '    '];

/** A place in a tree where another value can be put. */
export interface Slot {
  readonly value: Tree;
  replace(value: Tree): void;
}

/** Every place in a tree but its root. */
export function slotsOf(tree: Tree): Slot[] {
  if (typeof tree === 'string') return [];
  const slots =
    'items' in tree
      ? tree.items.map((value, index) => ({ value, replace: (other: Tree) => void (tree.items[index] = other) }))
      : tree.members.map((member) => ({ value: member[1], replace: (other: Tree) => void (member[1] = other) }));
  return slots.flatMap((slot) => [slot, ...slotsOf(slot.value)]);
}

/** The tree and every list and object in it. */
export function nodesOf(tree: Tree): Array<List | Members> {
  if (typeof tree === 'string') return [];
  const inside = 'items' in tree ? tree.items : tree.members.map(([, value]) => value);
  return [tree, ...inside.flatMap(nodesOf)];
}
