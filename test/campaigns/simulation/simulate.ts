import { availableParallelism } from 'node:os';
import { readArguments, runCommand, UsageError, wholeNumberOption } from '../../../tools/command-line.ts';
import { drawerOf } from './drawer.ts';
import type { Plan } from './plan.ts';
import { kindOf, shrink } from './shrink.ts';
import { json } from './json.ts';
import { interleavings, newStatistics, type Statistics } from './statistics.ts';
import { noEnd, replaceTimers } from './virtual-time.ts';
import { runHistories } from './workers.ts';
import { runHistory } from './world.ts';

const help = `npm run simulate -- [options]: the function in simulated worlds, each with its own troubles.

  --seed S        the first history's seed, 0 to 4294967295 (1)
  --histories N   how many, of the seeds from S on, 1 to 1000000000 (1000000); 1 prints everything that happens in it
  --chain         with the refund chain: streams, publisher, bus, executor, queue, result taker and operators
  --workers N     threads, 1 to 64 (as many as there are cores)
  --help

Exit code 0 when all histories keep what README.md promises; 1 when one does not, with its seed and the least of it
that still fails.`;

const maxSeed = 2 ** 32 - 1;
const progressEveryMs = 3000;

// npm run simulate
await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const seed = wholeNumberOption('seed', options.seed, 0, maxSeed);
  const histories = wholeNumberOption('histories', options.histories, 1, 1_000_000_000);
  const workers = wholeNumberOption('workers', options.workers, 1, 64);
  if (seed + histories - 1 > maxSeed) {
    throw new UsageError(`--seed and --histories must not go beyond the last seed, ${maxSeed}.`);
  }
  const draw = drawerOf(options.chain);
  if (histories === 1) {
    replaceTimers();
    await replay(draw(seed), seed);
    return;
  }
  const startedAtMs = performance.now();
  const run = await runHistories({
    seed,
    histories,
    workers: Math.min(workers, Math.ceil(histories / 250)),
    chain: options.chain,
    onProgress: progressReporter(histories),
  });
  if (run.ok) {
    console.log(summaryOf(run.statistics));
    const { user, system } = process.cpuUsage();
    const tookMs = performance.now() - startedAtMs;
    console.error(`${(tookMs / 1000).toFixed(1)} s, of CPU ${((user + system) / 1e6).toFixed(1)} s.`);
    return;
  }
  replaceTimers();
  await explain(draw(run.seed), run.violation, options.chain ? ' --chain' : '');
});

/** Runs one history, and prints all of it and how it ended. */
async function replay(plan: Plan, seed: number): Promise<void> {
  console.log(describePlan(plan));
  const violation = await runHistory(plan, newStatistics(), console.log);
  if (violation === undefined) {
    console.log(`Seed ${seed} keeps every promise.`);
    return;
  }
  console.log(`Seed ${seed} fails: ${violation}`);
  process.exitCode = 1;
}

/** Shrinks a history that fails, and prints what remains of it. */
async function explain(plan: Plan, violation: string, options: string): Promise<void> {
  const { seed } = plan;
  console.log(`Seed ${seed} fails: ${violation}`);
  console.log(
    `npm run simulate --${options} --seed ${seed} --histories 1 prints all of it. The least of it that still fails:\n`,
  );
  const failsLikewise = async (smaller: Plan) => {
    const other = await runHistory(smaller, newStatistics());
    return other !== undefined && kindOf(other) === kindOf(violation);
  };
  // One that goes on for ever takes long to play.
  const maxTries = violation.includes(noEnd) ? 30 : 2000;
  await replay(await shrink(plan, failsLikewise, maxTries), seed);
  process.exitCode = 1;
}

function describePlan({ orders, credentials, sends, captures, skewsMs, chain }: Plan): string {
  return [
    ...orders.map((order) => `order ${json(order)}`),
    ...credentials.map((credential) => `credential ${json(credential)}`),
    `skews ${json(skewsMs)}, captures ${json(captures)}`,
    ...sends.map((send, index) => `request ${index} ${json(send)}`),
    ...(chain === undefined ? [] : [`chain ${json(chain)}`]),
    '',
  ].join('\n');
}

function summaryOf(statistics: Statistics): string {
  const { histories, requests, wireCalls, events, commits, outcomes, faults, refusals, chain, fingerprint } =
    statistics;
  const table = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, count]) => `  ${name.padEnd(64)}${n(count).padStart(13)}`);
  return [
    `All ${n(histories)} histories keep every promise.`,
    `${n(requests)} requests, ${n(wireCalls)} wire calls, ${n(events)} events, ${n(commits)} cancellations, ` +
      `about ${n(interleavings(statistics))} interleavings.`,
    'Outcomes:',
    ...table(outcomes),
    'Faults:',
    ...table(faults),
    'Refusals of DynamoDB:',
    ...table(refusals),
    ...(Object.keys(chain).length === 0 ? [] : ['The refund chain:', ...table(chain)]),
    `Fingerprint: ${fingerprint.toString(16).padStart(8, '0')}`,
  ].join('\n');
}

function n(count: number): string {
  return count.toLocaleString('en-US');
}

function progressReporter(histories: number): (done: number) => void {
  const startedAtMs = performance.now();
  let printedAtMs = startedAtMs;
  return (done) => {
    const nowMs = performance.now();
    if (nowMs - printedAtMs < progressEveryMs) return;
    printedAtMs = nowMs;
    const perSecond = Math.round((1000 * done) / (nowMs - startedAtMs));
    console.error(`${n(done)} of ${n(histories)} histories, ${n(perSecond)} a second`);
  };
}

function readOptions() {
  return readArguments('npm run simulate', {
    options: {
      seed: { type: 'string', default: '1' },
      histories: { type: 'string', default: '1000000' },
      chain: { type: 'boolean', default: false },
      workers: { type: 'string', default: String(Math.min(64, availableParallelism())) },
      help: { type: 'boolean', default: false },
    },
  }).values;
}
