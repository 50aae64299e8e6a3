import { parseArgs } from 'node:util';
import { audit } from '../lib/audit/audit.ts';
import {
  loadProgress,
  maxKeptViolations,
  newProgress,
  type Progress,
  removeProgress,
  saveProgress,
} from '../lib/audit/progress.ts';
import { optionError, runCommand, UsageError } from '../lib/command-line.ts';
import { explainDynamoDbError } from '../lib/explain-dynamodb-error.ts';
import { targetOf } from '../lib/target.ts';

const help = `npm run audit -- [options]: proves of every order that its records and its lines agree.

  --stage NAME      of a deployed stack, with your AWS credentials; without it, what npm start serves
                    (DYNAMODB_ENDPOINT, or http://127.0.0.1:8000)
  --segments N      parts of each table that are read at once, 1 to 100 (8)
  --progress FILE   where it stands (audit-progress.json): an audit that was interrupted goes on from there
  --help

Exit code 0 when all orders are sound, 1 when one is not or the audit was not finished.`;

const progressEveryMs = 2000;

// npm run audit
await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const target = targetOf(options.stage);
  const file = options.progress;
  const resumed = loadProgress(file, target.place);
  const progress = resumed ?? newProgress(target.place, segmentsOption(options.segments));
  if (resumed) {
    console.error(`Going on from ${file}, with ${progress.orders.length} segments.`);
    for (const violation of progress.violations) console.log(violation);
  }

  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  const report = reporter(progress);
  try {
    await audit({
      ...target,
      progress,
      onViolation(orderKey, violation) {
        const line = `VIOLATION ${orderKey}: ${violation}`;
        console.log(line);
        if (progress.violations.length < maxKeptViolations) progress.violations.push(line);
      },
      onPage() {
        saveProgress(file, progress);
        report();
      },
      signal: interrupted.signal,
    });
  } catch (error) {
    throw explainDynamoDbError(error, target.place);
  } finally {
    target.client.destroy();
  }
  if (interrupted.signal.aborted) throw new UsageError(`Interrupted: the same command goes on from ${file}.`);
  removeProgress(file);
  console.log(`${summaryOf(progress)}: ${progress.counts.violations === 0 ? 'all sound' : 'NOT SOUND'}.`);
  if (progress.counts.violations > 0) process.exitCode = 1;
});

function readOptions() {
  try {
    return parseArgs({
      options: {
        stage: { type: 'string' },
        segments: { type: 'string', default: '8' },
        progress: { type: 'string', default: 'audit-progress.json' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw optionError(error, 'npm run audit');
  }
}

function segmentsOption(value: string): number {
  const segments = Number(value);
  if (!/^\d{1,3}$/.test(value) || segments < 1 || segments > 100) {
    throw new UsageError(`--segments must be a whole number from 1 to 100, not ${value}.`);
  }
  return segments;
}

function summaryOf({ counts }: Progress): string {
  const { orders, canceledOrders, records, violations } = counts;
  return `${orders} orders, ${canceledOrders} with cancellations, ${records} records, ${violations} violations`;
}

/** Tells at most every two seconds how far it is. */
function reporter(progress: Progress): () => void {
  let toldAtMs = Date.now();
  return () => {
    if (Date.now() - toldAtMs < progressEveryMs) return;
    toldAtMs = Date.now();
    const done = [...progress.orders, ...progress.cancellations].filter(({ isDone }) => isDone).length;
    const all = progress.orders.length + progress.cancellations.length;
    console.error(`${summaryOf(progress)} so far; ${done} of ${all} segments done.`);
  };
}
