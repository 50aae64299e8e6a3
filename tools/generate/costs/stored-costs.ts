import type { StageName } from '../../../lib/stages.ts';
import { markdownTable } from '../markdown-table.ts';
import { exampleRecordBytes } from './example-record.ts';
import { propertiesOf, stageNames, type Template, type Templates } from './templates.ts';
import { storagePrices } from './unit-prices.ts';

const daysOfYear = 365;

/** What a GB of the tables costs each month, as a table, and what a million records cost. */
export function storedCostsTable(templates: Templates): string {
  const row = (what: string, usdOf: (template: Template) => number) => [
    what,
    ...stageNames.map((stage) => usdText(usdOf(templates[stage]))),
  ];
  const names = rulesOf(templates.prod).map(({ RuleName }) => RuleName);
  return markdownTable(
    ['', ...stageNames],
    [
      row('the tables', () => storagePrices.table),
      row('point-in-time recovery', recoveryUsd),
      ...names.map((name) => row(copiesText(name, templates.prod), (template) => copiesUsd(template, name))),
      ['**together**', ...stageNames.map((stage) => usdPerGb(templates[stage]).toFixed(2))],
      [
        `a million records of ${(exampleRecordBytes() / 1024).toFixed(1)} KB`,
        ...stageNames.map((stage) => usdOfAMillionRecords(templates, stage)),
      ],
    ],
  );
}

/** USD a month, of the record of the specification's order. */
export function usdOfAMillionRecords(templates: Templates, stage: StageName): string {
  return (((exampleRecordBytes() * 1_000_000) / 2 ** 30) * usdPerGb(templates[stage])).toFixed(2);
}

function usdPerGb(template: Template): number {
  const ofCopies = rulesOf(template).map(({ RuleName }) => copiesUsd(template, RuleName));
  return storagePrices.table + recoveryUsd(template) + ofCopies.reduce((sum, usd) => sum + usd, 0);
}

function recoveryUsd(template: Template): number {
  const tables = propertiesOf(template, 'AWS::DynamoDB::Table').map(
    ({ PointInTimeRecoverySpecification }) =>
      (PointInTimeRecoverySpecification as { PointInTimeRecoveryEnabled: boolean }).PointInTimeRecoveryEnabled,
  );
  return tables.every(Boolean) ? storagePrices.pointInTimeRecovery : 0;
}

interface BackupRule {
  readonly RuleName: string;
  readonly ScheduleExpression: string;
  readonly Lifecycle: { readonly DeleteAfterDays: number; readonly MoveToColdStorageAfterDays?: number };
}

function rulesOf(template: Template): BackupRule[] {
  return propertiesOf(template, 'AWS::Backup::BackupPlan').flatMap(
    ({ BackupPlan }) => (BackupPlan as { BackupPlanRule: BackupRule[] }).BackupPlanRule,
  );
}

/** USD a month for all copies of a rule that are kept at a time, as if a table never grew. */
function copiesUsd(template: Template, name: string): number {
  const rule = rulesOf(template).find(({ RuleName }) => RuleName === name);
  if (rule === undefined) return 0;
  const { DeleteAfterDays, MoveToColdStorageAfterDays = DeleteAfterDays } = rule.Lifecycle;
  const warm = MoveToColdStorageAfterDays * storagePrices.copy;
  const cold = (DeleteAfterDays - MoveToColdStorageAfterDays) * storagePrices.coldCopy;
  return (copiesOfYear(rule.ScheduleExpression) * (warm + cold)) / daysOfYear;
}

/** @throws Error for a schedule that is neither of a day of the week nor of a day of the month */
function copiesOfYear(schedule: string): number {
  if (/^cron\(\d+ \d+ \? \* [A-Z]{3} \*\)$/.test(schedule)) return daysOfYear / 7;
  if (/^cron\(\d+ \d+ \d+ \* \? \*\)$/.test(schedule)) return 12;
  throw new Error(`How often a copy is made is not known of ${schedule}.`);
}

function copiesText(name: string, template: Template): string {
  const { Lifecycle } = rulesOf(template).find(({ RuleName }) => RuleName === name) ?? {};
  const cold = Lifecycle?.MoveToColdStorageAfterDays;
  const where = cold === undefined ? '' : `, in cold storage after ${cold}`;
  return `${name.toLowerCase()} copies, kept for ${Lifecycle?.DeleteAfterDays} days${where}`;
}

function usdText(usd: number): string {
  return usd === 0 ? '0' : usd.toFixed(2);
}
