import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { runAfterDeath } from './after-death.ts';
import { freePort } from './ports.ts';

export interface EmbeddedDynamoDb {
  readonly endpoint: string;
  readonly pid: number;
  /** Calls the listener when it ends without a call of stop. */
  onUnexpectedEnd(listener: () => void): void;
  stop(): Promise<void>;
}

const startTimeoutMs = 10_000;

/**
 * Starts the embedded DynamoDB, an engine that comes with npm ci, on loopback. Port 0 takes any free one.
 * @throws Error in one line when the port is taken, the binary is missing, or the database file cannot be used
 */
export async function startEmbeddedDynamoDb({
  port,
  dbPath,
}: {
  port: number;
  dbPath?: string | undefined;
}): Promise<EmbeddedDynamoDb> {
  const binary = findBinary();
  const chosenPort = await freePort(port, '--dynamodb-port');
  const child = spawn(
    binary,
    ['--host', '127.0.0.1', '--port', String(chosenPort), ...(dbPath === undefined ? [] : ['--db-path', dbPath])],
    // Detached, because a terminal's Ctrl-C goes to a whole process group. This process must end last, by stop().
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.pid !== undefined) child.once('exit', runAfterDeath('kill -KILL "$1"', String(child.pid)));
  const output: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The embedded DynamoDB did not start in time.')), startTimeoutMs);
    const listen = (chunk: Buffer) => {
      output.push(chunk.toString());
      if (output.join('').includes('listening on')) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`The embedded DynamoDB cannot be run: ${error.message}`, { cause: error }));
    });
    // The close event comes after exit, when all output has been read.
    child.once('close', () => {
      clearTimeout(timer);
      reject(new Error(`The embedded DynamoDB did not start: ${output.join('').trim().split('\n').at(-1) ?? ''}`));
    });
  });
  try {
    await ready;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  child.stdout.removeAllListeners('data').resume();
  child.stderr.removeAllListeners('data').resume();

  let isStopping = false;
  return {
    endpoint: `http://127.0.0.1:${chosenPort}`,
    pid: child.pid ?? 0,
    onUnexpectedEnd(listener) {
      child.once('exit', () => {
        if (!isStopping) listener();
      });
    },
    async stop() {
      isStopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function findBinary(): string {
  const machine = `${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${machine}/dynoxide`);
  } catch (error) {
    throw new Error(
      `There is no embedded DynamoDB for ${machine}: npm install @dynoxide/${machine} if it exists, ` +
        'or start another engine and set DYNAMODB_ENDPOINT to its URL.',
      { cause: error },
    );
  }
}
