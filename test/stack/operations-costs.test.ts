import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  generatedOperationsPage,
  generatedScalePage,
  operationsPageFile,
  scalePageFile,
} from '../../tools/generate/costs/generate.ts';
import { usdOfAMillionRecords } from '../../tools/generate/costs/stored-costs.ts';
import { projectRoot } from '../support/run-node.ts';
import { templatesByStage } from '../support/templates.ts';

describe('the costs', () => {
  test('in docs/operations.md are those of the templates: otherwise run npm run generate', () => {
    expect(readFileSync(operationsPageFile, 'utf8')).toBe(generatedOperationsPage(templatesByStage()));
  });

  test('in docs/scale.md are those of docs/performance.md and of prod: otherwise run npm run generate', () => {
    expect(readFileSync(scalePageFile, 'utf8')).toBe(generatedScalePage(templatesByStage()));
  });

  test('of records in docs/decisions.md are those of prod', () => {
    const decisions = readFileSync(join(projectRoot, 'docs/decisions.md'), 'utf8').replaceAll(/\s+/g, ' ');
    expect(decisions).toMatch(`A million records cost ${usdOfAMillionRecords(templatesByStage(), 'prod')} USD a month`);
  });
});
