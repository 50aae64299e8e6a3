import { expect, test } from '@jest/globals';
import type { Measured } from '../../../../../tools/generate/costs/measured.ts';
import { cellCosts, scaleTable } from '../../../../../tools/generate/costs/scale.ts';

const measured: Measured = {
  usdPerMillion: 10,
  durationMs: 20,
  readUnits: 2,
  writeUnits: 4,
  loggedKb: 1.5,
  tracedShare: 0.05,
};

test('what a rate takes is what one cancellation takes, so many times', () => {
  const rows = scaleTable(measured)
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  const of = (what: string) => rows.find(([, name]) => name?.startsWith(what))?.slice(2, 6);
  expect(of('instances of the function busy')).toEqual(['2', '20', '200', '2,000']);
  expect(of('instances at ten')).toEqual(['10', '100', '1,000', '10,000']);
  expect(of('write units')).toEqual(['200', '2,000', '20,000', '200,000']);
  expect(of('read units')).toEqual(['100', '1,000', '10,000', '100,000']);
  expect(of('MB of logs')).toEqual(['0.15', '1.5', '15', '150']);
  expect(of('traces')).toEqual(['5', '50', '500', '5,000']);
  expect(of('stores')).toEqual(['1', '5', '50', '500']);
  expect(of('USD an hour')).toEqual(['3.6', '36', '360', '3,600']);
  expect(of('USD in 30 days')).toEqual(['2,592', '25,920', '259,200', '2,592,000']);
});

test('a cell costs what a stack costs', () => {
  const key = { Type: 'AWS::KMS::Key', Properties: {} };
  expect(cellCosts({ Resources: { One: key, Other: key } })).toBe(
    'A cell costs 2.00 USD a month besides its requests and what it stores, twenty of them 40.00.',
  );
});
