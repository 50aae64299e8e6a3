import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { runAfterDeath } from '../../../tools/local/after-death.ts';

export interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far, on both outputs. */
  readonly output: () => string;
}

export interface Command {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

const running = new Set<ChildProcess>();

/**
 * Starts a program in a process group of its own, so that whatever it starts in turn can be ended with it. The group
 * ends with this process as well, however that ends.
 */
export function start(program: string, { args, env, cwd }: Command): Running {
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  const callOff = child.pid === undefined ? undefined : runAfterDeath('kill -s KILL -- "-$1"', String(child.pid));
  child.once('close', () => {
    running.delete(child);
    callOff?.();
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { child, output: () => output };
}

/**
 * Runs a program to its end.
 * @returns its exit code, or null where it was ended because its time was over, and what it printed
 * @throws the error of a program that cannot be started
 */
export async function run(
  program: string,
  command: Command,
  timeoutMs: number,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const { child, output } = start(program, command);
  const timeout = setTimeout(() => endGroup(child), timeoutMs);
  try {
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, output: output() };
  } finally {
    clearTimeout(timeout);
  }
}

/** The same for a program that has to succeed. @returns what it printed @throws Error with the end of what it printed */
export async function succeed(program: string, command: Command, timeoutMs: number): Promise<string> {
  const { exitCode, output } = await run(program, command, timeoutMs);
  if (exitCode === 0) return output;
  const end = exitCode === null ? `did not end within ${timeoutMs / 1000} s` : `ended with ${exitCode}`;
  throw new Error(`${program} ${command.args.join(' ')} ${end}:\n${output.slice(-3000)}`);
}

/** Ends a program with all that it has started. */
export function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended by itself.
  }
}

/** Ends whatever is still running. */
export function endAll(): void {
  for (const child of running) endGroup(child);
}
