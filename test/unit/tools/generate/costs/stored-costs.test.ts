import { expect, test } from '@jest/globals';
import { exampleRecordBytes } from '../../../../../tools/generate/costs/example-record.ts';
import { storedCostsTable, usdOfAMillionRecords } from '../../../../../tools/generate/costs/stored-costs.ts';
import type { Template } from '../../../../../tools/generate/costs/templates.ts';

const table = (PointInTimeRecoveryEnabled: boolean) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled } },
});
const planOf = (ScheduleExpression: string) => ({
  Type: 'AWS::Backup::BackupPlan',
  Properties: {
    BackupPlan: {
      BackupPlanRule: [
        { RuleName: 'One', ScheduleExpression, Lifecycle: { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 73 } },
      ],
    },
  },
});
const plain: Template = { Resources: { Table: table(false) } };
const copied: Template = { Resources: { Table: table(true), Plan: planOf('cron(0 5 1 * ? *)') } };
const templates = { dev: plain, staging: plain, prod: copied };

test('a GB costs its table, its recovery and its copies, warm and cold', () => {
  const rows = storedCostsTable(templates).split('\n');
  const usd = (what: string) => rows.find((row) => row.startsWith(`| ${what}`))?.match(/\d+\.\d+|(?<= )0(?= )/g);
  expect(usd('the tables')).toEqual(['0.25', '0.25', '0.25']);
  expect(usd('point-in-time')).toEqual(['0', '0', '0.20']);
  // Twelve a year: a fifth of the year at 0.10, the rest at 0.03.
  expect(usd('one copies')?.at(-1)).toBe((12 * (0.2 * 0.1 + 0.8 * 0.03)).toFixed(2));
  expect(usd('**together')).toEqual(['0.25', '0.25', (0.45 + 12 * 0.044).toFixed(2)]);
});

test('a million records cost what their bytes cost', () => {
  const gigabytes = (exampleRecordBytes() * 1_000_000) / 2 ** 30;
  expect(usdOfAMillionRecords(templates, 'dev')).toBe((gigabytes * 0.25).toFixed(2));
});

test('the record of the example is of some hundred bytes, its own 100 included', () => {
  expect(exampleRecordBytes()).toBeGreaterThan(500);
  expect(exampleRecordBytes()).toBeLessThan(1024);
});

test('a schedule that is neither weekly nor monthly is an error', () => {
  const odd: Template = { Resources: { Table: table(true), Plan: planOf('rate(1 day)') } };
  expect(() => storedCostsTable({ dev: plain, staging: plain, prod: odd })).toThrow(
    'How often a copy is made is not known of rate(1 day).',
  );
});
