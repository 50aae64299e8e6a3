import type { Contender, ContenderName } from './contenders.ts';
import { pseudoRandom } from './statistics.ts';

/** The same list in another order every round, so that nobody always follows the same one; the same in every run. */
export function shuffled<Item>(items: readonly Item[], round: number): Item[] {
  const random = pseudoRandom(round);
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

export function recordOf<Value>(
  contenders: readonly Contender[],
  valueOf: (contender: Contender) => Value,
): Record<ContenderName, Value> {
  const entries = contenders.map((contender) => [contender.name, valueOf(contender)]);
  return Object.fromEntries(entries) as Record<ContenderName, Value>;
}
