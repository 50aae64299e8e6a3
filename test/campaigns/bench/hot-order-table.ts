import type { HotFigures, HotRun, Strategy } from './hot-order.ts';
import { markdownTable } from '../../../tools/generate/markdown-table.ts';
import { median } from './statistics.ts';

const strategies: Readonly<Record<Strategy, string>> = { ours: 'as it is', fiveAttempts: 'five attempts' };

/** Of the rounds the most that failed, and otherwise the median. */
export function hotOrderTable(figures: readonly HotFigures[]): string {
  const rows = figures.map(({ title, database, strategy, requests, runs, idealS }) => {
    const of = (key: keyof HotRun) => median(runs.map((run) => run[key]));
    return [
      title,
      database,
      strategies[strategy],
      String(requests - Math.max(...runs.map(({ unavailable }) => unavailable))),
      String(Math.max(...runs.map(({ unavailable }) => unavailable))),
      of('p50Ms').toFixed(0),
      of('p99Ms').toFixed(0),
      of('callsPerSuccess').toFixed(1),
      of('writesPerSuccess').toFixed(1),
      of('drainedS').toFixed(1),
      median(idealS).toFixed(1),
      of('busyS').toFixed(0),
    ];
  });
  return markdownTable(
    [
      'requests',
      'DynamoDB',
      'lost races',
      '200',
      '503',
      'p50, ms',
      'p99, ms',
      'calls each',
      'writes each',
      'drained, s',
      'ideal, s',
      'busy, s',
    ],
    rows,
  );
}
