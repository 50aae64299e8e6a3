import { readFileSync } from 'node:fs';
import { withBlocks } from '../marked-blocks.ts';
import { readMeasured } from './measured.ts';
import { monthlyCostsTable } from './monthly-costs.ts';
import { cellCosts, scaleTable } from './scale.ts';
import { storedCostsTable } from './stored-costs.ts';
import type { Templates } from './templates.ts';

const docs = new URL('../../../docs/', import.meta.url);
export const operationsPageFile = new URL('operations.md', docs);
export const scalePageFile = new URL('scale.md', docs);

/** docs/operations.md with what the templates cost. The rest of the page is written by hand. */
export function generatedOperationsPage(templates: Templates): string {
  const blocks = new Map([
    ['month', monthlyCostsTable(templates)],
    ['stored', storedCostsTable(templates)],
  ]);
  return withBlocks(readFileSync(operationsPageFile, 'utf8'), 'costs', blocks);
}

/** docs/scale.md with what rates take, by the benchmark's figures in docs/performance.md, and what a cell costs. */
export function generatedScalePage({ prod }: Templates): string {
  const measured = readMeasured(readFileSync(new URL('performance.md', docs), 'utf8'));
  const blocks = new Map([
    ['rates', scaleTable(measured)],
    ['cell', cellCosts(prod)],
  ]);
  return withBlocks(readFileSync(scalePageFile, 'utf8'), 'costs', blocks);
}
