import { readFileSync, writeFileSync } from 'node:fs';
import { withBlocks } from '../../../tools/generate/marked-blocks.ts';
import type { GrowthResult } from './growth.ts';
import { type Dimension, scales } from './growth-scales.ts';
import { lineCharts } from './line-chart.ts';
import type { Results } from './results.ts';
import { median } from './statistics.ts';

const page = new URL('../../../docs/performance.md', import.meta.url);
const chart = new URL('../../../docs/performance-growth.svg', import.meta.url);

/** Writes the tables and the charts into docs. */
export function writeDocuments(blocks: ReadonlyMap<string, string>, { growth }: Results): void {
  // Of a run of one part there is no chart, and the machine of all other tables stays what it was.
  const written = growth === undefined ? new Map([...blocks].filter(([name]) => name !== 'machine')) : blocks;
  writeFileSync(page, withBlocks(readFileSync(page, 'utf8'), 'bench', written));
  if (growth !== undefined) writeFileSync(chart, growthChart(growth));
}

/** Latency and CPU, and below them capacity units, along each scale. */
export function growthChart(growth: GrowthResult): string {
  const panels = (Object.keys(scales) as Dimension[]).map((dimension) => {
    const { points } = growth[dimension];
    return {
      title: scales[dimension].title,
      sizes: points.map(({ size }) => size),
      plots: [
        {
          unit: 'ms',
          series: [
            { name: 'latency, p50', values: points.map(({ p50Ms }) => p50Ms) },
            { name: 'CPU', values: points.map(({ runs }) => median(runs.map(({ cpuMs }) => cpuMs))) },
          ],
        },
        {
          unit: 'units',
          series: [
            { name: 'read', values: points.map(({ units }) => units.reads) },
            { name: 'write', values: points.map(({ units }) => units.writes) },
          ],
        },
      ],
    };
  });
  return lineCharts(panels);
}
