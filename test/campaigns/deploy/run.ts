import { rmSync } from 'node:fs';
import { readArguments, runCommand } from '../../../tools/command-line.ts';
import { bundleProbe } from './bundle-probe.ts';
import { startEmulator, stopEmulator } from './emulator.ts';
import { operatorOf } from './operator.ts';
import { mendAccount } from './preflight.ts';
import { makeClone } from './clone.ts';
import { endAll, type Running } from './processes.ts';
import { pythonPrograms } from './python.ts';
import { playRelease } from './release.ts';
import { playInNewAccount } from './runbook/account.ts';
import { playStaging } from './runbook/play-staging.ts';
import { openRunbook } from './runbook/runbook.ts';
import { allOf, secondsSince, step } from './steps.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const help = `npm run test:deploy: deploys the dev stage on an emulator of AWS, uses it, releases a second version over it, and
destroys it. Needs Python 3.10 or later, and for the first run a package index. Everything is on loopback.

  --help   prints this text

Exit codes: 0 all of it is right; 1 something is wrong, or it took too long.`;

const limitMs = 15 * 60_000;

// npm run test:deploy
await runCommand(async () => {
  const { help: isHelp } = readArguments('npm run test:deploy', {
    options: { help: { type: 'boolean', default: false } },
  }).values;
  if (isHelp) {
    console.log(help);
    return;
  }
  const startedAt = performance.now();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => giveUp(`Ended by ${signal}.`));
  const limit = setTimeout(() => giveUp(`It did not end within ${limitMs / 60_000} minutes.`), limitMs);
  try {
    await play(await step('the emulator is installed', pythonPrograms));
  } finally {
    clearTimeout(limit);
  }
  console.log(`All of it is right, in ${secondsSince(startedAt)} s.`);
});

async function play(programs: string): Promise<void> {
  const workshop = await openWorkshop(programs);
  try {
    const emulator = await step('the emulator is started', async () => await startEmulator(workshop));
    await playOn(emulator, workshop);
    await step('the emulator is stopped, with its functions', async () => await stopEmulator(emulator, workshop));
  } finally {
    endAll();
    // What was just ended may still be writing.
    rmSync(workshop.folder, { recursive: true, maxRetries: 10 });
  }
}

async function playOn(emulator: Running, workshop: Workshop): Promise<void> {
  const runbook = openRunbook();
  const operatorIn = async (clone: string) => operatorOf(workshop, await makeClone(workshop, clone));
  const [ofDev, ofStaging] = [await operatorIn('dev'), await operatorIn('staging')];
  try {
    await step('npm run preflight, and the commands that it prints', async () => await mendAccount(ofDev));
    const probeCode = await bundleProbe(workshop);
    // The stages have nothing in common, and two of them at once take little longer than one.
    await allOf([
      playRelease(workshop, ofDev, runbook, probeCode),
      playStaging(workshop, ofStaging, runbook, probeCode),
    ]);
    await step('runbook: another account', async () => await playInNewAccount(runbook, workshop, ofDev));
    runbook.checkAllPlayed();
  } catch (error) {
    console.error(`The last lines of the emulator:\n${emulator.output().slice(-2000)}`);
    throw error;
  }
}

function giveUp(why: string): never {
  endAll();
  console.error(`Error: ${why}`);
  process.exit(1);
}
