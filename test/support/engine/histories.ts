import * as fc from 'fast-check';
import type { Order } from '../../../lambda/domain/order.ts';
import { capturedOrder, requestFor, type Wish, wishes } from '../arbitraries.ts';

/** What merchants do to one order. */
export interface History {
  readonly seed: number;
  readonly order: Order;
  /** One after the other; the requests of a wave are sent at once. */
  readonly waves: ReadonlyArray<readonly MerchantRequest[]>;
}

export interface MerchantRequest {
  /** The body. */
  readonly text: string;
  readonly idempotencyKey: string | undefined;
}

/** The history of a seed; its order is of this store, and has the seed in its number. */
export function historyOf(seed: number, storeId: string): History {
  const [sample] = fc.sample(sketches, { seed, numRuns: 1 });
  if (sample === undefined) throw new Error('There is no sample.');
  const order = { ...sample.order, storeId, orderNo: `H-${seed}` };
  return {
    seed,
    order,
    waves: sample.waves.map((wave) =>
      wave.flatMap(({ wished, idempotencyKey, copies }) => {
        const text = JSON.stringify(requestFor(order, wished === 'EVERYTHING' ? everythingOf(order) : wished));
        return Array.from({ length: copies }, () => ({ text, idempotencyKey }));
      }),
    ),
  };
}

/** Something of a line that it may well have. */
const modestWishes: fc.Arbitrary<Wish[]> = fc.array(
  fc.record({
    line: fc.nat({ max: 4 }),
    quantity: fc.integer({ min: 1, max: 2 }),
    amountPercent: fc.constantFrom(100n, 50n, 30n),
    taxPercent: fc.constantFrom(undefined, 20n),
  }),
  { minLength: 1, maxLength: 1 },
);

/** Requests that are sent at once. */
const wave = fc.array(
  fc.record({
    wished: fc.oneof(
      { weight: 6, arbitrary: modestWishes },
      { weight: 1, arbitrary: wishes },
      { weight: 2, arbitrary: fc.constant('EVERYTHING' as const) },
    ),
    idempotencyKey: fc.constantFrom('a', 'b', 'c', undefined),
    // A client that got no answer, or an impatient one, sends the same again.
    copies: fc.constantFrom(1, 1, 2, 3),
  }),
  { minLength: 1, maxLength: 2 },
);

const sketches = fc.record({
  order: fc
    .tuple(capturedOrder, fc.constantFrom('CAPTURED', 'CAPTURED', 'CAPTURED', 'AUTHORIZED'))
    .map(([order, paymentStatus]): Order => ({ ...order, paymentStatus })),
  waves: fc.oneof(
    { weight: 49, arbitrary: fc.array(wave, { minLength: 1, maxLength: 3 }) },
    // Of some 20 to 40 requests.
    { weight: 1, arbitrary: fc.array(wave, { minLength: 9, maxLength: 13 }) },
  ),
});

function everythingOf({ lines }: Order): Wish[] {
  return lines.map(({ quantity }, line) => ({ line, quantity, amountPercent: 100n, taxPercent: 100n }));
}
