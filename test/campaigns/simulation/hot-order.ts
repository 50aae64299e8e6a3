import { readArguments, runCommand } from '../../../tools/command-line.ts';
import { type HotLoad, type HotOutcome, serveHotOrder } from './hot-order-world.ts';
import { replaceTimers } from './virtual-time.ts';

const loads: readonly HotLoad[] = [
  { requests: 1, connections: 1, roundTripMs: 8 },
  { requests: 3, connections: 3, roundTripMs: 8 },
  { requests: 200, connections: 50, roundTripMs: 8 },
  { requests: 200, connections: 200, roundTripMs: 8 },
  { requests: 1000, connections: 50, roundTripMs: 8 },
  { requests: 200, connections: 200, roundTripMs: 12 },
];

// npm run simulate:hot-order -- [--runs N]: one line of JSON for each load.
await runCommand(async () => {
  const { runs } = readArguments('npm run simulate:hot-order', {
    args: process.argv.slice(2),
    options: { runs: { type: 'string', default: '10' } },
  }).values;
  replaceTimers();
  for (const load of loads) {
    const outcomes: HotOutcome[] = [];
    for (let seed = 1; seed <= Number(runs); seed += 1) outcomes.push(await serveHotOrder(load, seed));
    const idealMs = load.requests * load.roundTripMs;
    console.log(JSON.stringify({ ...load, ...summaryOf(outcomes), idealMs }));
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
    longestMs: worst(({ responses }) => Math.max(...responses.map(({ durationMs }) => durationMs))),
    drainedMs: worst(({ drainedMs }) => drainedMs),
  };
}

function successesOf({ responses }: HotOutcome): number {
  return responses.filter(({ status }) => status === 200).length;
}
