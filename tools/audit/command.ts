import { systemRuntime } from '../../lambda/environment/runtime.ts';
import { ageText } from './age-text.ts';
import { audit } from './audit.ts';
import { identifyTables } from './identify-tables.ts';
import type { Listing } from './listing.ts';
import {
  type AuditedTables,
  loadProgress,
  newProgress,
  type Progress,
  removeProgress,
  saveProgress,
  segmentsOf,
} from './progress.ts';
import { readArguments, UsageError, wholeNumberOption } from '../command-line.ts';
import { explainDynamoDbError } from '../operator/explain-dynamodb-error.ts';
import { type Target, targetOf } from '../operator/target.ts';

const help = `npm run audit -- [options]: checks for every order that its records and its lines agree, for every record
that its refund was requested, and for every row that the service can have written it. Lists refunds that failed, that
are not finished after a day, or whose account ends soon.

  --stage NAME      reads a deployed stage, with your AWS credentials; without it, the DynamoDB of npm start
                    (DYNAMODB_ENDPOINT, or else http://127.0.0.1:8000)
  --segments N      parts of each table that are read at the same time, 1 to 100 (default 8)
  --progress FILE   file that keeps the progress, from which an audit that was interrupted or failed continues
                    (default audit-progress.json)
  --restart         starts anew and ignores the progress file
  --help            prints this text

Exit codes: 0 all rows are sound; 1 a row is not sound, or the audit was not finished.`;

const progressIntervalMs = 2000;

/** `npm run audit` */
export async function auditCommand(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const segments = options.segments === undefined ? undefined : wholeNumberOption('segments', options.segments, 1, 100);
  const target = targetOf(options.stage);
  console.error(target.heading);
  try {
    await auditWithProgress(target, options.progress, segments, options.restart);
  } catch (error) {
    throw explainDynamoDbError(error, target);
  } finally {
    target.client.destroy();
  }
}

async function auditWithProgress(
  target: Target,
  file: string,
  segments: number | undefined,
  isRestart: boolean,
): Promise<void> {
  const audited = { place: target.place, identity: await identifyTables(target.client, target.tables) };
  const progress = (isRestart ? undefined : resumed(file, audited, segments)) ?? newProgress(audited, segments ?? 8);
  // Before hours of work, so that a file that cannot be written is reported at once.
  saveProgress(file, progress, Date.now());

  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  const report = reporter(progress);
  await audit({
    ...target,
    progress,
    onViolation: (line) => console.log(line),
    onPage() {
      saveProgress(file, progress, Date.now());
      report();
    },
    signal: interrupted.signal,
    runtime: systemRuntime,
    refunds: {
      nowMs: Date.now(),
      refundAccountDays: target.stage.refundAccountDays,
      stageOption: target.isStage ? ` --stage ${target.stage.name}` : '',
    },
  });
  if (interrupted.signal.aborted) throw new UsageError(`Interrupted: the same command continues from ${file}.`);
  removeProgress(file);
  for (const line of refundLines(progress)) console.log(line);
  console.log(`${summaryOf(progress)}: ${progress.counts.violations === 0 ? 'all sound' : 'NOT SOUND'}.`);
  if (progress.counts.violations > 0) process.exitCode = 1;
}

function readOptions() {
  return readArguments('npm run audit', {
    options: {
      stage: { type: 'string' },
      segments: { type: 'string' },
      progress: { type: 'string', default: 'audit-progress.json' },
      restart: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

/** Loads the progress of an interrupted audit, and prints its violations again; undefined if there is none. */
function resumed(file: string, audited: AuditedTables, segments: number | undefined): Progress | undefined {
  const progress = loadProgress(file, audited);
  if (progress === undefined) return undefined;
  const { length } = progress.orders;
  if (segments !== undefined && segments !== length) {
    throw new UsageError(`${file} has ${length} segments: leave --segments out, or start anew with --restart.`);
  }
  console.error(
    `Continuing from ${file}, saved ${ageText(Date.now() - progress.savedAtMs)} ago, with ${length} segments.`,
  );
  for (const violation of progress.violations) console.log(violation);
  return progress;
}

function summaryOf({ counts }: Progress): string {
  const { orders, canceledOrders, records, executions, refundAccounts, storeKeys, violations } = counts;
  return (
    `${orders} orders, ${canceledOrders} with cancellations, ${records} records, ${executions} executions, ` +
    `${refundAccounts} refund accounts, ${storeKeys} store keys, ${violations} violations`
  );
}

/** What is no violation, and somebody should know. */
function refundLines({ counts, refunds }: Progress): string[] {
  const { failed, waiting, ending } = refunds;
  return [
    ...listed('refunds FAILED, and nobody retried or resolved them', failed),
    ...listed('refunds were requested more than a day ago, and are neither paid nor FAILED', waiting),
    ...listed('refunds are not finished, and their account ends soon or has ended', ending),
    ...(counts.oldRecords === 0
      ? []
      : [`${counts.oldRecords} records are of a time when nobody was asked for refunds.`]),
  ];
}

function listed(what: string, { count, first }: Listing): string[] {
  if (count === 0) return [];
  const few = count > first.length ? `; the first ${first.length}` : '';
  return [`${count} ${what}${few}:`, ...first.map((sentence) => `  ${sentence}`)];
}

/** Prints the progress, at most every two seconds. */
function reporter(progress: Progress): () => void {
  let printedAtMs = Date.now();
  return () => {
    if (Date.now() - printedAtMs < progressIntervalMs) return;
    printedAtMs = Date.now();
    const segments = segmentsOf(progress);
    const done = segments.filter(({ isDone }) => isDone).length;
    console.error(`${summaryOf(progress)} so far; ${done} of ${segments.length} segments done.`);
  };
}
