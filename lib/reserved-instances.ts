import type { Stage } from './stages.ts';

/** Requests per second (rate) and at once (burst) that the gateway lets through. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** Of a route that reads, of all stores together. */
export const readThrottle: Throttle = { rate: 50, burst: 50 };

/**
 * Of each route of the documentation. A page with its files stays well below this. The gateway responds to more with
 * 429, which costs little.
 */
export const docsThrottle: Throttle = { rate: 10, burst: 20 };

/**
 * Function instances: enough for what a throttle lets through if each request takes a second. So the gateway responds
 * with 429 before Lambda runs out of instances, which would be a 5XX.
 */
export function instancesFor({ rate, burst }: Throttle): number {
  return rate + burst;
}

/** All instances that a stage reserves, which the account's quota of Lambda has to have besides a hundred for others. */
export function reservedInstancesOf({ reservedConcurrency }: Stage): number {
  return reservedConcurrency === undefined
    ? 0
    : reservedConcurrency + instancesFor(readThrottle) + instancesFor(docsThrottle);
}
