import type { MeteredName, UnitsPerOutcome } from './units.ts';

/** USD in us-east-1, list prices as published in November 2025, without free tier or discounts. */
export const unitPrices = {
  asOf: 'November 2025',
  gatewayPerMillion: 3.5,
  firewallPerMillion: 0.6,
  writeUnitsPerMillion: 0.625,
  readUnitsPerMillion: 0.125,
  invocationsPerMillion: 0.2,
  /** arm64. */
  gigabyteSecond: 0.0000133334,
  logGigabyte: 0.5,
  tracesPerMillion: 5,
};

/** What only AWS can tell, assumed for all alike. */
export const assumptions = {
  /** Memory of the function, in GB. */
  memoryGb: 1,
  roundTripMs: 9,
  accessLogBytes: 500,
  tracedShare: 0.05,
};

export interface Price {
  readonly component: string;
  /** What one cancellation takes, in words. */
  readonly units: string;
  /** USD per million cancellations. */
  readonly usd: number;
}

export interface PriceResult {
  readonly prices: Readonly<Record<'ours' | 'a', readonly Price[]>>;
}

/** @param cpuMs per cancellation */
export function pricesOf({ cancellation, logBytes }: UnitsPerOutcome, cpuMs: number): Price[] {
  const { requests, reads, writes } = cancellation;
  const { memoryGb, roundTripMs, accessLogBytes, tracedShare } = assumptions;
  const durationMs = requests * roundTripMs + cpuMs;
  const loggedBytes = logBytes + accessLogBytes;
  return [
    { component: 'API Gateway, REST', units: '1 request', usd: unitPrices.gatewayPerMillion },
    { component: 'DynamoDB writes', units: `${writes} units`, usd: writes * unitPrices.writeUnitsPerMillion },
    { component: 'DynamoDB reads', units: `${reads} units`, usd: reads * unitPrices.readUnitsPerMillion },
    {
      component: 'Lambda, 1 GB, arm64',
      units: `${durationMs.toFixed(1)} ms`,
      usd: unitPrices.invocationsPerMillion + (durationMs / 1000) * memoryGb * unitPrices.gigabyteSecond * 1_000_000,
    },
    { component: 'WAF', units: '1 request', usd: unitPrices.firewallPerMillion },
    {
      component: 'CloudWatch Logs',
      units: `${(loggedBytes / 1000).toFixed(1)} kB`,
      usd: (loggedBytes / 1000) * unitPrices.logGigabyte,
    },
    { component: 'X-Ray', units: `${tracedShare * 100} % traced`, usd: tracedShare * unitPrices.tracesPerMillion },
  ];
}

export function totalOf(prices: readonly Price[]): number {
  return prices.reduce((sum, { usd }) => sum + usd, 0);
}

export function measurePrices(
  units: Readonly<Record<MeteredName, UnitsPerOutcome>>,
  cpuMs: Readonly<Record<'ours' | 'a', number>>,
): PriceResult {
  return { prices: { ours: pricesOf(units.ours, cpuMs.ours), a: pricesOf(units.a, cpuMs.a) } };
}
