import type { Contender, ContenderName } from './contenders.ts';

/** The same list, begun at another place in every round. */
export function rotated<Item>(items: readonly Item[], round: number): Item[] {
  const first = Math.max(0, round) % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

export function recordOf<Value>(
  contenders: readonly Contender[],
  valueOf: (contender: Contender) => Value,
): Record<ContenderName, Value> {
  const entries = contenders.map((contender) => [contender.name, valueOf(contender)]);
  return Object.fromEntries(entries) as Record<ContenderName, Value>;
}
