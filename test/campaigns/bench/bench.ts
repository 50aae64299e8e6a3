import { writeFileSync } from 'node:fs';
import { runCommand } from '../../../tools/command-line.ts';
import { measureCold } from './cold.ts';
import { bundleAll, type Field } from './contenders.ts';
import { writeDocuments } from './documents.ts';
import { isFailed, isMet } from './goals.ts';
import { measureGrowth } from './growth.ts';
import { measureHotOrder } from './hot-order.ts';
import { installPeers } from './install-peers.ts';
import { type BenchOptions, parts, readOptions } from './options.ts';
import { measurePrices } from './price.ts';
import { reportOf, verdictsOf } from './report.ts';
import { describeMachine, type Machine, type Results } from './results.ts';
import { median } from './statistics.ts';
import { measureChain } from './chain.ts';
import { measureUnits } from './units.ts';
import { measureVariants } from './variants.ts';
import { measureCpu, measureWarm } from './warm.ts';

const help = `npm run bench -- [options]: measures the service beside what a team would pick instead (docs/performance.md).

  --quick         fewer rounds, and a table of at most 100,000 orders
  --only PART     ${parts.join(', ')}
  --json FILE     the goals with their ratios, and the figures of every round, as JSON
  --write-docs    puts tables and charts into docs/, of a full run or of --only hot-order or chain
  --help

Exit code 1 beyond a goal; beyond it and 10 % for noise where it is a matter of time or memory.`;

// npm run bench
await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(help);
    return;
  }
  // Before the bundling, which is a load of its own.
  const machine = describeMachine();
  // So that what was started is ended, and what was written removed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  await installPeers();
  const field = bundleAll();
  process.once('exit', () => field.remove());

  const results = await measure(field, machine, options);
  const blocks = reportOf(results);
  console.log([...blocks.values()].join('\n\n'));
  const verdicts = verdictsOf(results);
  if (options.json !== undefined) {
    const goals = verdicts.map((verdict) => ({ ...verdict, isMet: isMet(verdict) }));
    writeFileSync(options.json, `${JSON.stringify({ goals, ...results }, null, 2)}\n`);
  }
  if (options.writesDocs) writeDocuments(blocks, results);
  if (verdicts.some(isFailed)) process.exitCode = 1;
});

async function measure(field: Field, machine: Machine, { quick, parts: asked }: BenchOptions): Promise<Results> {
  const rounds = quick ? 7 : 25;
  const does = (part: (typeof parts)[number]) => asked.includes(part);
  const cold = does('cold') ? await announced('cold starts', () => measureCold(field, rounds)) : undefined;
  const variants = does('variants') ? await announced('variants', () => measureVariants(field, rounds)) : undefined;
  const warm = does('warm') ? await announced('warm invocations', () => measureWarm(field, rounds)) : undefined;
  const units =
    does('warm') || does('price') ? await announced('capacity units', () => measureUnits(field)) : undefined;
  const growth = does('growth') ? await announced('growth', () => measureGrowth(field, rounds, quick)) : undefined;
  const cpuMs = does('price') ? (warm?.cpuMs ?? (await announced('CPU', () => measureCpu(field, rounds)))) : undefined;
  const hotOrder = does('hot-order')
    ? // Rounds are of minutes each, and what differs between two is small beside what is compared.
      await announced('a hot order', () => measureHotOrder(field, quick ? 1 : 3, quick))
    : undefined;
  const chain = does('chain') ? await announced('chain', () => measureChain(field, quick ? 3 : 9)) : undefined;
  return {
    machine,
    rounds,
    labels: Object.fromEntries(Object.values(field.contenders).map(({ name, label }) => [name, label])),
    ...(cold && { cold }),
    ...(variants && { variants }),
    ...(warm && { warm }),
    ...(units && { units }),
    ...(growth && { growth }),
    ...(hotOrder && { hotOrder }),
    ...(chain && { chain }),
    ...(units && cpuMs && { price: measurePrices(units, { ours: median(cpuMs.ours), a: median(cpuMs.a) }) }),
  };
}

async function announced<Value>(part: string, work: () => Promise<Value>): Promise<Value> {
  console.error(`Measuring ${part}.`);
  return await work();
}
