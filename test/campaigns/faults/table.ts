import type { PlayReport } from '../../support/engine/play-histories.ts';

interface Row {
  readonly name: string;
  readonly histories: number;
  readonly report: PlayReport;
}

/** What was played and what came of it, as a table in Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ name, histories, report: { requests, wireCalls, met, responses, violations } }) => {
    const byStatus = [200, 400, 409, 422, 500, 503].map((status) => responses.get(status) ?? 0);
    return [name, histories, requests, wireCalls, met.length, ...byStatus, violations.length];
  });
  const head = [
    '',
    'histories',
    'requests',
    'wire calls',
    'faults',
    '200',
    '400',
    '409',
    '422',
    '500',
    '503',
    'violations',
  ];
  const rule = head.map((title, column) => (column === 0 ? '---' : '---:'.padStart(title.length, '-')));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** How often each name occurs, the most frequent first: `HANG 12, CUT_ANSWER 9`. */
export function countsOf(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length] as const);
  return counts
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
