import { rmSync } from 'node:fs';
import { readArguments, runCommand, UsageError, wholeNumberOption } from '../../../tools/command-line.ts';
import { createLocalClient } from '../../../tools/local/client.ts';
import { synthesize } from '../../../tools/local/synthesize.ts';
import { createTables } from '../../../tools/local/tables.ts';
import type { DeployedStack } from '../../../tools/local/template.ts';
import { engineNamed } from '../../support/engine/engines.ts';
import { type PlayReport, type Play, playHistories } from '../../support/engine/play-histories.ts';
import { type OrderPlay, playOrderHistories } from '../../support/engine/play-order-histories.ts';
import { allFaults, briefFaults, networkFaults, seededFaults } from '../../support/engine/seeded-faults.ts';
import { sufferOutages } from './outages.ts';
import { playChain } from './chain/play-chain.ts';
import { summaryOf } from './chain/summary.ts';
import { playStorm } from './storm.ts';
import { countsOf, tableOf } from './table.ts';

const help = `npm run test:faults -- [options]: the real handlers and the real SDK on a DynamoDB whose wire fails, orders whose events
come doubled and in any sequence, and a refund chain of which every part fails.

  --engine NAME     embedded, or dynamodb-local, which needs a Java runtime (DYNAMODB_ENGINE, or else embedded)
  --seed S          of the first history, and of the chain; N histories are those of the seeds from S on (1)
  --histories N     0 to 100000 (2000); below 100 they are all that is tried of the wire
  --orders N        histories of events about orders, 0 to 100000 (1000; none with fewer than 100 histories)
  --storm N         orders that come in by events at once, 0 to 1000000 (10000; none with fewer than 100 histories)
  --cancellations N that go through the refund chain, 0 to 10000 (400; none with fewer than 100 histories)
  --percent P       of the wire calls that meet a fault, 0 to 50 (15)
  --at-once N       histories at once, 1 to 200 (20)
  --help

Plays N histories with every kind of fault, then some of them with none and with 5 % of what a network does by itself,
and then lets DynamoDB hang. Plays N histories of orders that come in by events, beside merchants and an executor, with
5 % of faults on the wire, and then a storm of them without faults. Lets N cancellations go through the refund chain with faults between all of its parts, and
some without. Exit code 1 when a cancellation is applied twice, lost or exceeded, when the calls at 5 % are 1.3 times
those without faults, when an event is lost, counts twice or counts although it contradicts, when an order stands otherwise than its events say, when a request is held past its deadline, when the first request after an outage is not answered
within a second, or when a refund does not leave, is not finished, or moves money twice.`;

/** Fewer are somebody looking into a seed. */
const fewHistories = 100;
/** Of which the wire calls are compared. */
const comparedHistories = 500;
const maxRatio = 1.3;
const usualCancellations = '400';
const usualOrders = '1000';
const usualStorm = '10000';
/** Of the wire calls about orders. */
const orderFaultPercent = 5;
/** Of which the way from the record to the executor is measured. */
const calmCancellations = 200;
const progressEveryMs = 5000;

// npm run test:faults
await runCommand(async () => {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const histories = wholeNumberOption('histories', options.histories, 0, 100_000);
  const wanted = options.cancellations ?? (histories < fewHistories ? '0' : usualCancellations);
  const cancellations = wholeNumberOption('cancellations', wanted, 0, 10_000);
  const orders = wholeNumberOption(
    'orders',
    options.orders ?? (histories < fewHistories ? '0' : usualOrders),
    0,
    100_000,
  );
  const storm = wholeNumberOption(
    'storm',
    options.storm ?? (histories < fewHistories ? '0' : usualStorm),
    0,
    1_000_000,
  );
  if (histories + cancellations + orders + storm === 0) {
    throw new UsageError('Nothing to do: name --histories N, --orders N, --storm N or --cancellations N.');
  }
  const percent = wholeNumberOption('percent', options.percent, 0, 50);
  const firstSeed = wholeNumberOption('seed', options.seed, 0, 2 ** 31 - 1);
  const atOnce = wholeNumberOption('at-once', options['at-once'], 1, 200);
  if (!['embedded', 'dynamodb-local'].includes(options.engine)) {
    throw new UsageError(`--engine must be embedded or dynamodb-local, not ${options.engine}.`);
  }

  const startedAt = performance.now();
  const engine = await engineNamed(options.engine);
  // The embedded engine is no child that a terminal's Ctrl-C would end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void engine.stop().then(() => process.exit(1)));
  }
  const failures: string[] = [];
  try {
    console.log(`Engine ${options.engine}, seeds from ${firstSeed} on.`);
    const deployed = await prepare(engine.endpoint);
    if (histories > 0) {
      const play = { engine: engine.endpoint, firstSeed, atOnce, histories };
      failures.push(...(await disturbWire(play, percent)));
    }
    if (orders > 0)
      failures.push(...(await disturbOrders({ engine: engine.endpoint, firstSeed, atOnce, histories: orders })));
    if (storm > 0) failures.push(...(await letOrdersStorm(engine.endpoint, firstSeed, storm)));
    if (cancellations > 0) {
      failures.push(...(await disturbChain(engine.endpoint, deployed, firstSeed, cancellations)));
    }
  } finally {
    await engine.stop();
  }
  for (const failure of failures) console.log(`VIOLATION ${failure}`);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${failures.length} violations, in ${seconds} s.`);
  if (failures.length > 0) process.exitCode = 1;
});

/** Plays histories with faults, and unless they are few, lets the wire calls be compared and DynamoDB hang. */
async function disturbWire(play: Play, percent: number): Promise<string[]> {
  const { histories, engine } = play;
  const failures: string[] = [];
  const disturbed = await playWithProgress({ ...play, faultOf: seededFaults(percent, allFaults) });
  failures.push(...disturbed.violations);
  const rows = [{ name: `every fault, ${percent} %`, histories, report: disturbed }];
  if (histories >= fewHistories) {
    const compared = { ...play, histories: Math.min(comparedHistories, histories) };
    const none = await playWithProgress(compared);
    const network = await playWithProgress({ ...compared, faultOf: seededFaults(5, networkFaults) });
    failures.push(...none.violations, ...network.violations);
    rows.push({ name: 'no faults', histories: compared.histories, report: none });
    rows.push({ name: 'network faults, 5 %', histories: compared.histories, report: network });
    const ratio = network.wireCalls / none.wireCalls;
    if (ratio >= maxRatio) failures.push(`at 5 % of faults there are ${ratio.toFixed(2)} times the wire calls`);
    const outages = await sufferOutages(engine);
    failures.push(...outages.failures);
    console.log(tableOf(rows));
    console.log(`\nWire calls at 5 % of ${networkFaults.join(', ')}: ${ratio.toFixed(3)} times those without faults.`);
    console.log(
      `${outages.failedCalls} calls not answered: ${outages.requests} requests were answered at least ` +
        `${outages.leastRemainingMs} ms before their deadline, the first ones after within ${outages.slowestFirstMs} ms.`,
    );
  } else console.log(tableOf(rows));
  console.log(`Faults at ${percent} %: ${countsOf(disturbed.met.map(({ fault }) => fault))}.`);
  return failures;
}

/** Plays histories of orders that come in by events, and prints what came of them. */
async function disturbOrders(play: Omit<OrderPlay, 'faultOf' | 'onPlayed'>): Promise<string[]> {
  const startedAt = performance.now();
  const report = await playOrderHistories({
    ...play,
    faultOf: seededFaults(orderFaultPercent, briefFaults),
    onPlayed: progressOf(play.histories),
  });
  const ends = [...report.ends].toSorted(([, one], [, other]) => other - one);
  console.log(
    `${play.histories} histories of orders in ${Math.round((performance.now() - startedAt) / 1000)} s: ` +
      `${report.deliveries} deliveries, ${report.requests} requests, ${report.faults} faults, ` +
      `${report.deadLetters} dead letters, ${report.lateDeposits} late deposits paid back; ` +
      `${ends.map(([status, count]) => `${status} ${count}`).join(', ')}.`,
  );
  return report.violations.map((violation) => `orders: ${violation}`);
}

/** Lets orders come in by events as fast as they can be taken, and prints how fast that was. */
async function letOrdersStorm(endpoint: string, seed: number, orders: number): Promise<string[]> {
  const progress = progressOf(orders, 'orders');
  const report = await playStorm({ endpoint, seed, orders, onProgress: progress });
  const { deliveries, seconds, auditSeconds, violations } = report;
  console.log(
    `${orders} orders by ${deliveries} events in ${seconds.toFixed(0)} s: ${(orders / seconds).toFixed(0)} orders and ` +
      `${(deliveries / seconds).toFixed(0)} events a second. The audit took ${auditSeconds.toFixed(0)} s.`,
  );
  return violations.map((violation) => `storm: ${violation}`);
}

/** Lets some cancellations go through the refund chain without faults, and all of them with faults. */
async function disturbChain(
  endpoint: string,
  deployed: DeployedStack,
  seed: number,
  cancellations: number,
): Promise<string[]> {
  const chain = { endpoint, deployed, seed };
  const few = Math.min(cancellations, calmCancellations);
  const calm = await playChain({ ...chain, cancellations: few, hasFaults: false });
  const disturbed = await playChain({ ...chain, cancellations, hasFaults: true });
  console.log(summaryOf(disturbed, calm));
  return [
    ...calm.violations.map((violation) => `chain without faults: ${violation}`),
    ...disturbed.violations.map((violation) => `chain with faults: ${violation}`),
  ];
}

async function prepare(endpoint: string): Promise<DeployedStack> {
  const { deployed, folder } = synthesize('dev');
  rmSync(folder, { recursive: true });
  const client = createLocalClient(endpoint);
  await createTables(client, deployed.tables);
  client.destroy();
  return deployed;
}

/** Prints every few seconds how far it is. */
async function playWithProgress(play: Play): Promise<PlayReport> {
  return await playHistories({ ...play, onPlayed: progressOf(play.histories) });
}

/** @returns what is called with how many are played; one more than before unless it says */
function progressOf(count: number, what = 'histories'): (done?: number) => void {
  let played = 0;
  let printedAtMs = Date.now();
  return (done = played + 1) => {
    played = done;
    if (Date.now() - printedAtMs < progressEveryMs) return;
    printedAtMs = Date.now();
    console.error(`${played} of ${count} ${what}.`);
  };
}

function readOptions() {
  return readArguments('npm run test:faults', {
    options: {
      engine: { type: 'string', default: process.env['DYNAMODB_ENGINE'] ?? 'embedded' },
      seed: { type: 'string', default: '1' },
      histories: { type: 'string', default: '2000' },
      cancellations: { type: 'string' },
      orders: { type: 'string' },
      storm: { type: 'string' },
      percent: { type: 'string', default: '15' },
      'at-once': { type: 'string', default: '20' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}
