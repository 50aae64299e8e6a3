import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { stageNamed } from '../../lib/stages.ts';
import { rowsOf, sectionOf } from '../support/markdown.ts';
import { projectRoot } from '../support/run-node.ts';
import { resourcesOf, templatesByStage } from '../support/templates.ts';

const page = readFileSync(join(projectRoot, 'docs/scale.md'), 'utf8');
const rows = rowsOf(sectionOf(page, 'What gives way first')).slice(2);
const rowOf = (rate: string) => rows.find(([first]) => first === rate)?.join(' | ') ?? '';
const written = (number: number) => number.toLocaleString('en-US');

const { throttle, rateLimits, reservedConcurrency = 0 } = stageNamed('prod');

describe('what gives way first, in docs/scale.md', () => {
  test('is said of four rates, each with a change and its price', () => {
    expect(rows.map(([rate]) => rate)).toEqual(['100', '1,000', '10,000', '100,000']);
    for (const row of rows) {
      expect(row).toHaveLength(5);
      for (const cell of row) expect(cell).not.toBe('');
    }
  });

  test('is as prod is configured', () => {
    expect(rowOf('100')).toMatch(`may send ${rateLimits.perAccessKey / 300} a second on average`);
    expect(rowOf('1,000')).toMatch(`${written(throttle.rate)} a second and ${written(throttle.burst)} at once`);
    expect(rowOf('1,000')).toMatch(
      `${reservedConcurrency} serve ${written(reservedConcurrency * 10)} a second at most`,
    );
  });

  test('names the instances that all functions of prod reserve', () => {
    const reserved = resourcesOf(templatesByStage().prod, 'AWS::Lambda::Function').map(([, { Properties }]) =>
      Number(Properties['ReservedConcurrentExecutions'] ?? 0),
    );
    expect(rowOf('100')).toMatch(`prod reserves ${reserved.reduce((sum, one) => sum + one, 0)}`);
  });
});
