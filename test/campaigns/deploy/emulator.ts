import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../support/run-node.ts';
import { endGroup, type Running, start } from './processes.ts';
import { account, region, type Workshop } from './workshop.ts';

const startMs = 60_000;

/**
 * Starts the emulator on loopback and waits until it answers. Functions are processes that it starts, so they end with
 * its group.
 */
export async function startEmulator(workshop: Workshop): Promise<Running> {
  const { port, certFile, keyFile } = workshop;
  const emulator = start('python', {
    args: ['-m', 'ministack'],
    cwd: projectRoot,
    env: {
      ...workshop.commonEnv,
      // Beside its port it takes 443 of the same address, if that is free.
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // In the URLs of queues: the certificate is of this address.
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
      // Policies are enforced, and a function has the credentials of its own role.
      AUTH: 'true',
      USE_SSL: '1',
      MINISTACK_SSL_CERT: certFile,
      MINISTACK_SSL_KEY: keyFile,
      // Services with ports of their own, which nothing here uses.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    },
  });
  const deadline = Date.now() + startMs;
  while (!(await isHealthy(workshop))) {
    if (emulator.child.exitCode !== null || emulator.child.signalCode !== null || Date.now() > deadline) {
      throw new Error(`The emulator does not start:\n${emulator.output().slice(-3000)}`);
    }
    await sleep(200);
  }
  return emulator;
}

async function isHealthy({ endpoint }: Workshop): Promise<boolean> {
  try {
    const { ok } = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2000) });
    return ok;
  } catch {
    return false;
  }
}

/** Ends the emulator and its functions. @throws Error if anything of it is still there */
export async function stopEmulator({ child }: Running, workshop: Workshop): Promise<void> {
  endGroup(child);
  for (let tries = 0; isGroupAlive(child.pid ?? 0); tries += 1) {
    if (tries === 50) throw new Error('Processes of the emulator are still running.');
    await sleep(100);
  }
  if (await isHealthy(workshop)) throw new Error('The emulator still answers.');
}

function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
