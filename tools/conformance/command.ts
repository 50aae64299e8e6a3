import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readArguments, UsageError, wholeNumberOption } from '../command-line.ts';
import { playInThread } from './play-in-thread.ts';
import { type RuleName, rules } from './rules.ts';
import type { Orders } from './worker.ts';

const help = `npm run conformance -- --executor MODULE [options]: tests an executor of refunds against docs/executors.md.

  --executor MODULE  a file in JavaScript or TypeScript that exports createExecutor, as tools/conformance/executor.ts has
                     it, such as examples/executor/executor.ts
  --seed S           the first history's seed, 0 to 4294967295 (1)
  --histories N      how many, of the seeds from S on, 1 to 1000000 (3000); 1 prints everything that happens in it
  --help             prints this text

Each history is a life of some refunds with troubles of its own: requests that come doubled, at the same time and long after
the PSP has forgotten its idempotency keys, processes that die between any two calls, calls that are not answered, money
that comes back. Prints one line for each rule that is broken, with the seed of the first history that shows it.

Exit codes: 0 all rules are kept; 1 a rule is broken, or the executor cannot be tested.`;

const maxSeed = 2 ** 32 - 1;
const ruleCount = Object.keys(rules).length;
const progressEveryMs = 3000;

/** `npm run conformance` */
export async function conformance(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const { executor } = options;
  if (executor === undefined) throw new UsageError('--executor is missing: a file that exports createExecutor.');
  const file = resolve(executor);
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`--executor: there is no file ${executor}.`);
  const seed = wholeNumberOption('seed', options.seed, 0, maxSeed);
  const histories = wholeNumberOption('histories', options.histories, 1, 1_000_000);
  if (seed + histories - 1 > maxSeed) {
    throw new UsageError(`--seed and --histories must not go beyond the last seed, ${maxSeed}.`);
  }
  const orders: Orders = { module: pathToFileURL(file).href, seed, histories, isTraced: histories === 1 };
  const broken = new Map<RuleName, number>();
  const counts = { attempts: 0, movements: 0, reports: 0 };
  const reportProgress = progressReporter(orders);
  await playInThread(orders, {
    onBegin: reportProgress,
    onHappening: (what) => console.log(what),
    onBroken(seedOfIt, { rule, how }) {
      if (broken.has(rule)) return;
      broken.set(rule, seedOfIt);
      console.log(`${rule}, seed ${seedOfIt}: ${how}. ${rules[rule]}`);
    },
    onPlayed(played) {
      counts.attempts += played.attempts;
      counts.movements += played.movements;
      counts.reports += played.reports;
    },
    onUnusable(problem) {
      throw new UsageError(`${executor} ${problem}`);
    },
  });
  const [first] = broken;
  if (first !== undefined) {
    const [rule, seedOfIt] = first;
    console.error(
      `${broken.size} of ${ruleCount} rules are broken. All that happens in the history that shows ${rule}: ` +
        `npm run conformance -- --executor ${executor} --seed ${seedOfIt} --histories 1`,
    );
    process.exitCode = 1;
    return;
  }
  const { attempts, movements, reports } = counts;
  console.log(
    `${n(histories)} histories, ${n(attempts)} attempts, ${n(movements)} payments, ${n(reports)} reports: ` +
      `all ${ruleCount} rules are kept.`,
  );
}

function readOptions() {
  return readArguments('npm run conformance', {
    options: {
      executor: { type: 'string' },
      seed: { type: 'string', default: '1' },
      histories: { type: 'string', default: '3000' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function progressReporter({ seed, histories }: Orders): (present: number) => void {
  let printedAtMs = performance.now();
  return (present) => {
    const nowMs = performance.now();
    if (nowMs - printedAtMs < progressEveryMs) return;
    printedAtMs = nowMs;
    console.error(`${n(present - seed)} of ${n(histories)} histories`);
  };
}

function n(count: number): string {
  return count.toLocaleString('en-US');
}
