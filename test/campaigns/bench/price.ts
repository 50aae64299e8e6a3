import { type UnitPrice, unitPrices } from '../../../tools/generate/costs/unit-prices.ts';
import type { MeteredName, UnitsPerOutcome } from './units.ts';

/** What only AWS knows, assumed for all contenders alike. */
export const assumptions = {
  memoryMb: 1024,
  /** With so much memory Lambda gives a function one vCPU, and with less of it a share. */
  wholeVcpuMb: 1769,
  /** A round trip of a read, or of a write of one item: DynamoDB answers those in single-digit milliseconds. */
  readMs: 4,
  /** A transaction takes two phases over all its items, so about twice as long. */
  transactionMs: 9,
  accessLogBytes: 500,
  tracedShare: 0.05,
} as const;

export interface Price {
  readonly component: string;
  readonly unitPrice: UnitPrice;
  /** What one cancellation takes, in words. */
  readonly units: string;
  /** USD per million cancellations. */
  readonly usd: number;
}

export interface PriceResult {
  readonly prices: Readonly<Record<'ours' | 'a', readonly Price[]>>;
}

/** Milliseconds that a cancellation is billed for. @param cpuMs of a whole core, as it was measured */
export function durationMsOf({ requests, transactions }: UnitsPerOutcome['cancellation'], cpuMs: number): number {
  const { memoryMb, wholeVcpuMb, readMs, transactionMs } = assumptions;
  return (requests - transactions) * readMs + transactions * transactionMs + cpuMs * (wholeVcpuMb / memoryMb);
}

/** @param cpuMs per cancellation */
export function pricesOf({ cancellation, logBytes }: UnitsPerOutcome, cpuMs: number): Price[] {
  const { reads, writes } = cancellation;
  const { memoryMb, accessLogBytes, tracedShare } = assumptions;
  const { gateway, invocations, duration, firewall, logs, traces } = unitPrices;
  const durationMs = durationMsOf(cancellation, cpuMs);
  const gigabyteSeconds = (memoryMb / 1024) * (durationMs / 1000);
  const loggedBytes = logBytes + accessLogBytes;
  return [
    { component: 'API Gateway, REST', unitPrice: gateway, units: '1 request', usd: gateway.usd },
    {
      component: 'DynamoDB writes',
      unitPrice: unitPrices.writes,
      units: unitsText(writes),
      usd: writes * unitPrices.writes.usd,
    },
    {
      component: 'DynamoDB reads',
      unitPrice: unitPrices.reads,
      units: unitsText(reads),
      usd: reads * unitPrices.reads.usd,
    },
    { component: 'Lambda requests', unitPrice: invocations, units: '1 request', usd: invocations.usd },
    {
      component: `Lambda duration, ${memoryMb} MB, arm64`,
      unitPrice: duration,
      units: `${durationMs.toFixed(1)} ms`,
      usd: gigabyteSeconds * 1_000_000 * duration.usd,
    },
    { component: 'WAF', unitPrice: firewall, units: '1 request', usd: firewall.usd },
    {
      component: 'CloudWatch Logs',
      unitPrice: logs,
      units: `${(loggedBytes / 1000).toFixed(1)} kB`,
      usd: (loggedBytes / 1_000_000_000) * 1_000_000 * logs.usd,
    },
    { component: 'X-Ray', unitPrice: traces, units: `${tracedShare * 100} % traced`, usd: tracedShare * traces.usd },
  ];
}

function unitsText(units: number): string {
  return units === 1 ? '1 unit' : `${units} units`;
}

export function totalOf(prices: readonly Price[]): number {
  return prices.reduce((sum, { usd }) => sum + usd, 0);
}

/** What the prices are of, what is assumed and what is left out: sentences, a line each. */
export function priceNotes(): string {
  const { memoryMb, wholeVcpuMb, readMs, transactionMs, accessLogBytes, tracedShare } = assumptions;
  return [
    `List prices in us-east-1 as of ${unitPrices.asOf}, without free tier or discounts.`,
    'Units, CPU time and the bytes that the function logs are measured.',
    `Assumed, for both alike: ${transactionMs} ms per transaction and ${readMs} ms per other round trip to DynamoDB;`,
    `a vCPU as fast as a core of the machine above, of which ${memoryMb} MB get ${memoryMb}/${wholeVcpuMb};`,
    `${accessLogBytes} bytes of access log, ${tracedShare * 100} % of the requests traced.`,
    "Left out: WAF's fixed fees, KMS, storage, backups, custom metrics, the initialization of cold starts, data transfer.",
  ].join('\n');
}

export function measurePrices(
  units: Readonly<Record<MeteredName, UnitsPerOutcome>>,
  cpuMs: Readonly<Record<'ours' | 'a', number>>,
): PriceResult {
  return { prices: { ours: pricesOf(units.ours, cpuMs.ours), a: pricesOf(units.a, cpuMs.a) } };
}
