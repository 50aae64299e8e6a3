import { Random } from '../../support/random.ts';

/**
 * The same list in another sequence every round, so that nobody always follows the same one; the same in every run.
 * @param round counted from -1
 */
export function shuffled<Item>(items: readonly Item[], round: number): Item[] {
  const random = new Random(round + 1);
  return items
    .map((item) => ({ item, place: random.float() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

export function recordOf<Named extends { readonly name: string }, Value>(
  all: readonly Named[],
  valueOf: (each: Named) => Value,
): Record<Named['name'], Value> {
  return Object.fromEntries(all.map((each) => [each.name, valueOf(each)])) as Record<Named['name'], Value>;
}
