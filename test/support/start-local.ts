import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runAfterDeath } from '../../tools/local/after-death.ts';
import { compileCache, projectRoot } from './run-node.ts';

export interface RunningLocal {
  readonly url: string;
  readonly dynamodbEndpoint: string;
  readonly eventsEndpoint: string;
  /** All that it has printed so far. */
  output(): string;
  /** Waits until it has printed this: what it prints comes through a pipe, some time after it happened. */
  printed(text: string): Promise<void>;
  /** Interrupts it as Ctrl-C does, and returns the exit code. */
  interrupt(): Promise<number | null>;
  /** Ends it at once, as kill -9 does. */
  kill(): Promise<void>;
}

const startTimeoutMs = 100_000;

/** Starts what `npm start` runs, on free ports, and waits for the line that says it is ready. */
export async function startLocal(
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<RunningLocal> {
  const child = spawn(
    process.execPath,
    ['bin/start.ts', '--port', '0', '--dynamodb-port', '0', '--events-port', '0', ...args],
    {
      cwd: projectRoot,
      env: { PATH: process.env['PATH'] ?? '', ...compileCache, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, as a terminal gives it one.
      detached: true,
    },
  );
  // Nobody is left to end it when the tests themselves are killed.
  child.once('exit', runAfterDeath('kill -s KILL -- "-$1"', String(child.pid)));
  let output = '';
  const ended = once(child, 'exit') as Promise<[number | null]>;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`It did not start: ${output}`));
    }, startTimeoutMs);
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes('Ctrl-C stops it')) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`It ended: ${output}`));
    });
  });
  const found = (pattern: RegExp) => pattern.exec(output)?.[1] ?? '';
  return {
    url: found(/^API +(http:\/\/[\d.:]+)/m),
    dynamodbEndpoint: found(/^DynamoDB +(http:\/\/[\d.:]+)/m),
    eventsEndpoint: found(/^Events +(http:\/\/[\d.:]+)/m),
    output: () => output,
    async printed(text) {
      while (!output.includes(text)) await once(child.stdout, 'data', { signal: AbortSignal.timeout(10_000) });
    },
    async kill() {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await ended;
    },
    async interrupt() {
      process.kill(-(child.pid ?? 0), 'SIGINT');
      const [exitCode] = await ended;
      return exitCode;
    },
  };
}
