import { describe, expect, test } from '@jest/globals';
import { drawPlan } from './draw-plan.ts';
import type { Plan } from './plan.ts';
import { kindOf, shrink } from './shrink.ts';

/** Of the first seeds, the plan with the most in it. */
const plan = Array.from({ length: 300 }, (_value, seed) => drawPlan(seed)).reduce((largest, candidate) =>
  sizeOf(candidate) > sizeOf(largest) ? candidate : largest,
);

function sizeOf({ sends, captures, orders }: Plan): number {
  const faults = sends.flatMap((send) => send.faults.flat()).length;
  return sends.length + faults + captures.length + orders.flatMap(({ lines }) => lines).length;
}

describe('a plan', () => {
  test('is drawn from its seed alone', () => {
    expect(drawPlan(7)).toEqual(drawPlan(7));
    expect(drawPlan(7)).not.toEqual(drawPlan(8));
  });

  test('that fails shrinks to what its failure needs', async () => {
    const [needed] = plan.sends.toSorted((one, other) => other.faults.flat().length - one.faults.flat().length);
    const [fault] = needed?.faults.flat() ?? [];
    expect(fault).toBeDefined();
    const fails = async ({ sends }: Plan) => sends.some((send) => send.faults.flat().some((each) => each === fault));
    const { sends, captures, orders, skewsMs } = await shrink(plan, fails, 2000);
    expect(sends.map(({ seed, faults }) => [seed, faults.flat()])).toEqual([[needed?.seed, [fault]]]);
    expect({ captures, skewsMs: new Set(skewsMs) }).toEqual({ captures: [], skewsMs: new Set([0]) });
    expect(orders.map(({ lines }) => lines.length)).toEqual(orders.map(() => 1));
  });

  test('is given up on after a bounded number of tries', async () => {
    let tries = 0;
    const never = async () => {
      tries += 1;
      return false;
    };
    expect(await shrink(plan, never, 5)).toBe(plan);
    expect(tries).toBe(5);
  });
});

describe('two violations', () => {
  test.each([
    ['request 3 try 2 again was answered 503.', 'request 0 was answered 503.'],
    ['A version went from 9 to 9.', 'A version went from 1 to 1.'],
    [
      'STORE-1/ORD-1: nothing explains it. It ends as v2 1/0/0.',
      'STORE-2/ORD-1: nothing explains it. It ends as v3 1/0/0 1/1/1.',
    ],
    ['TypeError: It is broken., because of Error: 7', 'TypeError: It is broken., because of Error: 8'],
  ])('are alike that differ in whom and how much: %s', (one, other) => {
    expect(kindOf(one)).toBe(kindOf(other));
  });

  test.each([
    ['request 1 never gets a final response.', 'request 1 was answered with an internal error.'],
    ['A payment went from CAPTURED to VOIDED.', 'A payment went from CAPTURED to FAILED.'],
    ['Error: It is broken.', 'Error: It is broken., because of TypeError: x'],
  ])('differ that say something else: %s', (one, other) => {
    expect(kindOf(one)).not.toBe(kindOf(other));
  });
});
