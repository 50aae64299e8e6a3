import { readArguments, runCommand, UsageError } from '../../../tools/command-line.ts';
import { type HotLoad, type HotOutcome, serveHotOrder } from './hot-order-world.ts';
import { replaceTimers } from './virtual-time.ts';

/** The goals are about the hot ones; the others show what a single request takes, and where it ends. */
const loads: ReadonlyArray<HotLoad & { readonly isHot: boolean }> = [
  { requests: 1, connections: 1, roundTripMs: 8, isHot: false },
  { requests: 3, connections: 3, roundTripMs: 8, isHot: false },
  { requests: 200, connections: 50, roundTripMs: 8, isHot: true },
  { requests: 200, connections: 200, roundTripMs: 8, isHot: true },
  { requests: 1000, connections: 50, roundTripMs: 8, isHot: true },
  { requests: 200, connections: 200, roundTripMs: 12, isHot: false },
  { requests: 1000, connections: 200, roundTripMs: 8, isHot: false },
];

const help = `npm run simulate:hot-order -- [options]: many cancellations of one order at once, in virtual time.

  --runs N    of each load, with seeds from 1: 10
  --help

Prints a line of JSON for each load: of each figure the worst run.`;

// npm run simulate:hot-order
await runCommand(async () => {
  const options = readArguments('npm run simulate:hot-order', {
    args: process.argv.slice(2),
    options: { runs: { type: 'string', default: '10' }, help: { type: 'boolean', default: false } },
  }).values;
  if (options.help) {
    console.log(help);
    return;
  }
  const runs = Number(options.runs);
  if (!(runs >= 1)) throw new UsageError(`--runs must be a number from 1 on, not ${options.runs}.`);
  replaceTimers();
  for (const load of loads) {
    const outcomes: HotOutcome[] = [];
    for (let seed = 1; seed <= runs; seed += 1) outcomes.push(await serveHotOrder(load, seed));
    console.log(JSON.stringify({ ...load, ...summaryOf(outcomes) }));
  }
});

/** Of each figure the worst run. */
function summaryOf(outcomes: readonly HotOutcome[]) {
  const worst = (valueOf: (outcome: HotOutcome) => number) => Math.max(...outcomes.map(valueOf));
  return {
    failed: worst((outcome) => outcome.responses.length - successesOf(outcome)),
    differs: worst((outcome) => Math.abs(outcome.unitsCanceled - successesOf(outcome))),
    writesPerSuccess: worst((outcome) => outcome.writes / successesOf(outcome)),
    callsPerSuccess: worst((outcome) => outcome.calls / successesOf(outcome)),
    /** How long instances were busy, added up. */
    busyMs: worst(({ responses }) => responses.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    longestMs: worst(({ responses }) => Math.max(...responses.map(({ durationMs }) => durationMs))),
    drainedMs: worst(({ drainedMs }) => drainedMs),
    drainedByIdeal: worst(({ drainedMs, idealMs }) => drainedMs / idealMs),
  };
}

function successesOf({ responses }: HotOutcome): number {
  return responses.filter(({ status }) => status === 200).length;
}
