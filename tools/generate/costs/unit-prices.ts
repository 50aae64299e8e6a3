export interface UnitPrice {
  readonly usd: number;
  /** What it is the price of, in words. */
  readonly per: string;
}

/** List prices in us-east-1, without free tier or discounts. */
export const unitPrices = {
  asOf: 'November 2025',
  gateway: { usd: 3.5, per: 'million requests' },
  writes: { usd: 0.625, per: 'million units' },
  reads: { usd: 0.125, per: 'million units' },
  invocations: { usd: 0.2, per: 'million requests' },
  duration: { usd: 0.0000133334, per: 'GB-second' },
  firewall: { usd: 0.6, per: 'million requests' },
  logs: { usd: 0.5, per: 'GB' },
  traces: { usd: 5, per: 'million traces' },
  /** Of a custom bus, for each 64 KB or part of them. */
  events: { usd: 1, per: 'million events' },
  /** 0.10 to take it in, and 0.023 for a month. */
  archived: { usd: 0.123, per: 'GB' },
  messages: { usd: 0.4, per: 'million requests' },
  /** To the internet, after the first 100 GB of an account and month. */
  sent: { usd: 0.09, per: 'GB' },
} as const;

/** The same, of what is paid for each month, whatever it does. USD each. */
export const monthlyPrices = {
  webAcl: 5,
  webAclRule: 1,
  metric: 0.3,
  /** After the first three of an account. */
  dashboard: 3,
  /** Until it is rotated for the first time: docs/operations.md. */
  key: 1,
  metricOfAlarm: 0.1,
  /** Lambda waits at it with five requests of 20 seconds each, day and night: 648,000 in 30 days. */
  polledQueue: 0.26,
} as const;

/** The same, of what is stored. USD for each GB and month. */
export const storagePrices = {
  table: 0.25,
  pointInTimeRecovery: 0.2,
  copy: 0.1,
  coldCopy: 0.03,
} as const;
