import { availableParallelism } from 'node:os';
import { readArguments, runCommand, wholeNumberOption } from '../../../tools/command-line.ts';
import { type FoundAt, runCampaign } from './campaign.ts';

const help = `npm run fuzz -- [options]: sends what nobody should send, and checks every response, event, log line and metric.

  --seed S          the first seed (1): each case has a seed of its own, S, S + 1, ...
  --bodies N        requests with odd and broken bodies, to the handler in process (1000000)
  --signatures N    requests with wrong signatures, to the handler in process (1000000)
  --details N       requests for the detail of orders, to the handler in process (200000)
  --records N       records of the streams, in batches, to the publisher in process (100000)
  --reports N       reports of executors, in batches, to the result taker in process (100000)
  --events N        events of platforms, in batches, to the order taker in process (100000)
  --webhooks N      events and endpoints, to the webhook sender in process (100000)
  --http N          requests over HTTP, to what npm start serves (20000)
  --workers N       threads, 1 to 64 (one per core)
  --help

0 leaves a part out. Exit code 1 when there is a flaw: it is printed with the request and the command to see it again.`;

const inProcess = ['bodies', 'signatures', 'details', 'records', 'reports', 'events', 'webhooks'] as const;

/** Seeds have 32 bits. */
const seeds = 2 ** 32;
const maxCases = 1_000_000_000;
/** What the service prints of each is kept until the end. */
const maxHttpCases = 1_000_000;

// npm run fuzz
await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const workers = wholeNumberOption('workers', options.workers, 1, 64);
  const counts = {
    bodies: wholeNumberOption('bodies', options.bodies, 0, maxCases),
    signatures: wholeNumberOption('signatures', options.signatures, 0, maxCases),
    details: wholeNumberOption('details', options.details, 0, maxCases),
    records: wholeNumberOption('records', options.records, 0, maxCases),
    reports: wholeNumberOption('reports', options.reports, 0, maxCases),
    events: wholeNumberOption('events', options.events, 0, maxCases),
    webhooks: wholeNumberOption('webhooks', options.webhooks, 0, maxCases),
    http: wholeNumberOption('http', options.http, 0, maxHttpCases),
  };
  const seed = wholeNumberOption('seed', options.seed, 0, seeds - Math.max(1, ...Object.values(counts)));
  for (const campaign of inProcess) {
    const count = counts[campaign];
    await part(campaign, seed, count, (onProgress) => runCampaign({ campaign, seed, count, workers, onProgress }));
  }
  await part('http', seed, counts.http, async (onProgress) => {
    // Loaded when it is needed: the stack and the SDK take longer than a small run in process.
    const { fuzzHttp } = await import('./fuzz-http.ts');
    return await fuzzHttp({ seed, count: counts.http, onProgress });
  });
});

function readOptions() {
  return readArguments('npm run fuzz', {
    options: {
      seed: { type: 'string', default: '1' },
      bodies: { type: 'string', default: '1000000' },
      signatures: { type: 'string', default: '1000000' },
      details: { type: 'string', default: '200000' },
      records: { type: 'string', default: '100000' },
      reports: { type: 'string', default: '100000' },
      events: { type: 'string', default: '100000' },
      webhooks: { type: 'string', default: '100000' },
      http: { type: 'string', default: '20000' },
      workers: { type: 'string', default: String(Math.min(availableParallelism(), 64)) },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

/** Runs one part, and prints how it goes and what it found. */
async function part(
  name: string,
  seed: number,
  count: number,
  run: (onProgress: (done: number) => void) => Promise<FoundAt[]>,
): Promise<void> {
  if (count === 0) return;
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const found = await run((done) =>
    console.error(`${name}: ${done} of ${count}, ${(done / seconds()).toFixed(0)} a second`),
  );
  for (const { seed: at, description } of found) {
    const others = [...inProcess, 'http'].filter((other) => other !== name).map((other) => `--${other} 0`);
    console.log(`FLAW ${description}\nSee it again: npm run fuzz -- --seed ${at} --${name} 1 ${others.join(' ')}`);
  }
  if (found.length > 0) process.exitCode = 1;
  else console.log(`${name}: ${count} cases from seed ${seed} on in ${seconds().toFixed(0)} s, no flaw.`);
}
