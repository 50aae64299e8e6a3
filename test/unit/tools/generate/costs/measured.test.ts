import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readMeasured } from '../../../../../tools/generate/costs/measured.ts';
import { projectRoot } from '../../../../support/run-node.ts';

const page = readFileSync(join(projectRoot, 'docs/performance.md'), 'utf8');

test('what a cancellation takes is read from docs/performance.md', () => {
  const measured = readMeasured(page);
  expect(measured).toMatchObject({ readUnits: 2, writeUnits: 4, tracedShare: 0.05 });
  expect(measured.durationMs).toBeGreaterThan(9);
  expect(measured.usdPerMillion).toBeGreaterThan(3.5 + 4 * 0.625);
});

test('a price that is not on the page is an error', () => {
  expect(() => readMeasured(page.replace('| X-Ray', '| Rays'))).toThrow('docs/performance.md has no price of X-Ray.');
});
