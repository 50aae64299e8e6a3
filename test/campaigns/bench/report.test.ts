import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { withBlocks } from '../../../tools/generate/marked-blocks.ts';
import { isFailed, isMet, type Verdict } from './goals.ts';
import { lineCharts } from './line-chart.ts';

test('docs/performance.md has a place for every block of a full run', () => {
  const page = readFileSync(new URL('../../../docs/performance.md', import.meta.url), 'utf8');
  const names = ['machine', 'goals', 'cold', 'warm', 'units', 'growth', 'price', 'hot-order', 'chain'];
  const written = withBlocks(page, 'bench', new Map(names.map((name) => [name, `block ${name}`])));
  expect(names.filter((name) => !written.includes(`block ${name}`))).toEqual([]);
});

describe('a goal', () => {
  test.each([
    [2, true, true, false],
    [2.19, true, false, false],
    [2.21, true, false, true],
    [2, false, true, false],
    [2.01, false, false, true],
    [NaN, true, false, true],
    [NaN, false, false, true],
  ])('measured as %d (timed: %s) is met: %s, and fails the run: %s', (median, isTimed, met, failed) => {
    expect(isMet(verdict(median, isTimed))).toBe(met);
    expect(isFailed(verdict(median, isTimed))).toBe(failed);
  });
});

describe('a chart', () => {
  const chart = lineCharts([
    {
      title: 'lines < 500',
      sizes: [1, 10, 100],
      plots: [
        { unit: 'ms', series: [{ name: 'latency', values: [1, 2, 4] }] },
        {
          unit: 'units',
          series: [
            { name: 'read', values: [2, 2, 6] },
            { name: 'write', values: [4, 4, 8] },
          ],
        },
      ],
    },
  ]);
  const [latency = [], read = [], write = []] = pointsOf(chart);

  test('draws a point per size, equal factors equally far apart, more of it higher up', () => {
    const [first, second, third] = latency;
    expect(latency).toHaveLength(3);
    expect((second?.[0] ?? 0) - (first?.[0] ?? 0)).toBeCloseTo((third?.[0] ?? 0) - (second?.[0] ?? 0), 1);
    expect(third?.[1]).toBeLessThan(second?.[1] ?? 0);
    expect(second?.[1]).toBeLessThan(first?.[1] ?? 0);
  });

  test('draws a second plot below the first, at the same places and on an axis of its own', () => {
    expect(write.map(([x]) => x)).toEqual(latency.map(([x]) => x));
    expect(Math.min(...write.map(([, y]) => y))).toBeGreaterThan(Math.max(...latency.map(([, y]) => y)));
    expect((read[2]?.[1] ?? 0) - (write[2]?.[1] ?? 0)).toBeCloseTo((latency[0]?.[1] ?? 0) - (latency[1]?.[1] ?? 0), 1);
  });

  test('gives each line of a panel a colour of its own, in light and in dark', () => {
    const classes = [...chart.matchAll(/polyline class="series (s\d)"/g)].map(([, name]) => name);
    expect(classes).toEqual(['s0', 's1', 's2']);
    expect(
      classes.filter((name) => (chart.match(new RegExp(`\\.${name} \\{ stroke`, 'g')) ?? []).length !== 2),
    ).toEqual([]);
  });

  test('is well-formed, and shown in light and dark', () => {
    expect(chart).toContain('lines &lt; 500');
    expect(chart).toContain('prefers-color-scheme: dark');
    expect(chart.match(/<g /g)).toHaveLength(1);
  });

  test('puts a size of 0 at the beginning of its axis', () => {
    const plots = [{ unit: 'ms', series: [{ name: 's', values: [1, 1] }] }];
    expect(lineCharts([{ title: 't', sizes: [0, 100], plots }])).toContain('points="48,');
  });
});

function verdict(median: number, isTimed: boolean): Verdict {
  return { goal: 'g', atMost: 2, measured: { median, low: median, high: median }, isTimed };
}

/** The points of each line of a chart, x and y. */
function pointsOf(chart: string): Array<Array<[number, number]>> {
  return [...chart.matchAll(/points="([^"]+)"/g)].map(([, points = '']) =>
    points.split(' ').map((point) => point.split(',').map(Number) as [number, number]),
  );
}
