import { Random } from '../../support/random.ts';

/** The middle value; the mean of the two middle ones where their number is even. NaN of nothing. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param share from 0 (the least value) to 1 (the greatest), interpolated between the two nearest ranks */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (sorted.length - 1) * share;
  const [below = NaN, above = below] = sorted.slice(Math.floor(rank), Math.floor(rank) + 2);
  return below + (above - below) * (rank - Math.floor(rank));
}

/** A median and the 95 % interval that it lies in. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 2000;

/** The median with its 95 % interval by the percentile bootstrap; the same values always come to the same interval. */
export function estimate(values: readonly number[]): Estimate {
  const random = new Random(1);
  const medians = Array.from({ length: resamples }, () =>
    median(values.map(() => values[random.below(values.length)] ?? NaN)),
  );
  return { median: median(values), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

/**
 * Of two contenders measured in the same rounds: the ratio of each round, estimated. What slows the machine down for a
 * round slows both, so the ratios differ less than the values.
 * @throws Error when they were not measured in the same number of rounds
 */
export function pairedRatio(values: readonly number[], reference: readonly number[]): Estimate {
  if (values.length !== reference.length) throw new Error('Only values of the same rounds can be compared.');
  return estimate(values.map((value, round) => value / (reference[round] ?? NaN)));
}
