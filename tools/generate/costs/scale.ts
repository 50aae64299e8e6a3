import { type Stage, stageNamed } from '../../../lib/stages.ts';
import { markdownTable } from '../markdown-table.ts';
import type { Measured } from './measured.ts';
import { monthlyUsd } from './monthly-costs.ts';
import type { Template } from './templates.ts';

/** Cancellations a second. */
const rates = [100, 1000, 10_000, 100_000] as const;

/** Orders and Cancellations: a cancellation reads and writes one item of each. */
const tables = 2;
/** A second, by Lambda's quota. */
const requestsOfInstance = 10;
const secondsOfMonth = 30 * 24 * 60 * 60;

/** What each rate takes, from what one cancellation takes, as a table. */
export function scaleTable(measured: Measured): string {
  const row = (what: string, valueOf: (rate: number) => number) => [
    what,
    ...rates.map((rate) => rounded(valueOf(rate))),
  ];
  const { rateLimits }: Stage = stageNamed('prod');
  return markdownTable(
    ['cancellations a second', ...rates.map(rounded)],
    [
      row('instances of the function busy, on average', (rate) => (rate * measured.durationMs) / 1000),
      row('instances at ten requests a second each', (rate) => rate / requestsOfInstance),
      row('write units a second, of each of two tables', (rate) => (rate * measured.writeUnits) / tables),
      row('read units a second, of each of two tables', (rate) => (rate * measured.readUnits) / tables),
      row('MB of logs a second', (rate) => (rate * measured.loggedKb) / 1000),
      row('traces a second', (rate) => rate * measured.tracedShare),
      row('stores at least, by the limit of one access key', (rate) =>
        Math.ceil(rate / (rateLimits.perAccessKey / 300)),
      ),
      row('USD an hour', (rate) => (rate * 3600 * measured.usdPerMillion) / 1_000_000),
      row(
        'USD in 30 days at this rate, day and night',
        (rate) => (rate * secondsOfMonth * measured.usdPerMillion) / 1_000_000,
      ),
    ],
  );
}

/** What one more stack like prod costs besides its requests. */
export function cellCosts(prod: Template): string {
  const usd = monthlyUsd(prod);
  const ofTwenty = (20 * usd).toFixed(2);
  return `A cell costs ${usd.toFixed(2)} USD a month besides its requests and what it stores, twenty of them ${ofTwenty}.`;
}

/** Two digits that count, or whole numbers. */
function rounded(value: number): string {
  const digits = value < 10 ? Number(value.toPrecision(2)) : Math.round(value);
  return digits.toLocaleString('en-US');
}
