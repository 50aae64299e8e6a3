import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { synthesize } from '../../tools/local/synthesize.ts';
import { projectRoot } from '../support/run-node.ts';

const endTimeoutMs = 3000;
const startTimeoutMs = 60_000;

describe('npm start', () => {
  let assembly = '';
  beforeAll(() => {
    assembly = synthesize('dev').folder;
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'ends with all that it started on %s to npm, to its process group, or to node',
    async (signal) => {
      const ended = { api: 'free', dynamodb: 'free', printed: '' };
      const ofNpm = { ...ended, exit: { SIGINT: 0, SIGTERM: 0, SIGHUP: 'SIGHUP', SIGKILL: 'SIGKILL' }[signal] };
      const ofNode = { ...ended, exit: signal === 'SIGKILL' ? 'SIGKILL' : 0 };
      const ends = await Promise.all([
        endOf(assembly, signal, ({ npm }) => npm),
        endOf(assembly, signal, ({ npm }) => -npm),
        endOf(assembly, signal, ({ node }) => node),
      ]);
      expect(ends).toEqual([ofNpm, ofNpm, ofNode]);
    },
  );
});

describe('npm start, while it synthesizes', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'payment-cancel-lifetime-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const assemblies = () => readdirSync(folder).filter((name) => name.startsWith('payment-cancel-'));

  test.each([
    ['SIGINT', 0],
    ['SIGKILL', 'SIGKILL'],
  ] as const)('ends without an error on %s, and its assembly is removed', async (signal, exit) => {
    const started = startByNpm([], { TMPDIR: folder });
    await within(startTimeoutMs, () => started.output().includes('Bundling'));
    expect(assemblies()).toHaveLength(1);
    process.kill(-started.npm, signal);
    // A signal is handled once the synthesis has ended.
    await within(startTimeoutMs, () => started.exit() !== undefined);
    expect(started.exit()).toBe(exit);
    expect(started.output()).not.toContain('Error');
    expect(await within(endTimeoutMs, () => assemblies().length === 0)).toBe(true);
  });
});

interface Processes {
  readonly npm: number;
  readonly node: number;
}

/** What has become of a started service three seconds after a signal to one of its processes, or to a group (-pid). */
async function endOf(assembly: string, signal: NodeJS.Signals, target: (processes: Processes) => number) {
  const { npm, output, exit } = startByNpm(['--assembly', assembly]);
  await within(startTimeoutMs, () => output().includes('Ctrl-C stops it'));
  const [node = 0] = childrenOf(npm);
  const others = childrenOf(node);
  const printedBefore = output().length;
  const portOf = (pattern: RegExp) => Number(pattern.exec(output())?.[1]);
  const api = portOf(/^API +http:\/\/127\.0\.0\.1:(\d+)/m);
  const dynamodb = portOf(/^DynamoDB +http:\/\/127\.0\.0\.1:(\d+)/m);
  try {
    expect([await isListening(api), await isListening(dynamodb)]).toEqual([true, true]);
    process.kill(target({ npm, node }), signal);
    const isFree = async (port: number) =>
      (await within(endTimeoutMs, async () => !(await isListening(port)))) ? 'free' : 'taken';
    const [ofApi, ofDynamodb] = await Promise.all([isFree(api), isFree(dynamodb)]);
    await within(endTimeoutMs, () => exit() !== undefined);
    return { api: ofApi, dynamodb: ofDynamodb, printed: output().slice(printedBefore), exit: exit() };
  } finally {
    // Whatever it finds, the test itself ends all processes.
    for (const pid of [npm, node, ...others]) kill(pid);
  }
}

function startByNpm(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn('npm', ['start', '--', '--port', '0', '--dynamodb-port', '0', '--events-port', '0', ...args], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'] ?? '', npm_config_update_notifier: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a terminal gives it one.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let exit: NodeJS.Signals | number | undefined;
  // Closed, and not only ended: by then all that it printed has been read.
  child.once('close', (code, signal) => (exit = signal ?? code ?? undefined));
  return { npm: child.pid ?? 0, output: () => output, exit: () => exit };
}

/** Whether the condition came true in time. */
async function within(timeoutMs: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  const giveUpAtMs = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAtMs) return false;
    await sleep(10);
  }
  return true;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it should.
  }
}
