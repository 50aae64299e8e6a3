import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { DeployedFunction } from './template.ts';

export interface FunctionHost {
  /** Returns what the function returns. @throws FunctionTimeout after its timeout, Error when it fails */
  invoke(event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly deadlineMs: number;
}

export type InvocationEnd =
  | { readonly id: string; readonly result: unknown }
  | { readonly id: string; readonly error: string };

/**
 * As many invocations run at once as a new AWS account has instances; the others wait. Here they share one processor: if
 * all ran, each would only take longer, and requests for one order would mostly be in each other's way.
 */
const maxInstances = 10;

/** The function did not return within its timeout. */
export class FunctionTimeout extends Error {}

/**
 * Runs the bundle that would be deployed. Its thread has exactly the environment variables that the template sets and
 * those that the Lambda runtime adds, so that a variable which the template forgets is missing here too. As on Lambda,
 * the next invocation gets a new thread when the last one has ended.
 * @throws Error when the bundle does not load
 */
export async function startFunction(
  deployed: DeployedFunction,
  runtimeEnvironment: Readonly<Record<string, string>>,
): Promise<FunctionHost> {
  const waiting = new Map<string, { resolve(result: unknown): void; reject(error: Error): void }>();
  let thread: Promise<Worker> | undefined;
  let isStopped = false;
  let freeInstances = maxInstances;
  const queue: Array<() => void> = [];

  const start = async (): Promise<Worker> => {
    const worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      workerData: { codeFile: deployed.codeFile, export: deployed.export, name: deployed.name },
      env: { ...runtimeEnvironment, ...deployed.environment },
      stdout: true,
    });
    createInterface(worker.stdout).on('line', printLog);
    worker.on('exit', () => {
      thread = undefined;
      for (const { reject } of waiting.values()) reject(new Error('The function ended.'));
      waiting.clear();
    });
    // The first message says that the bundle is loaded. An error before it is thrown to the caller.
    await once(worker, 'message');
    worker.on('error', (error) => console.error(`The function ended: ${(error as Error).name}`));
    worker.on('message', (end: InvocationEnd) => {
      const caller = waiting.get(end.id);
      waiting.delete(end.id);
      if ('error' in end) caller?.reject(new Error(end.error));
      else caller?.resolve(end.result);
    });
    return worker;
  };
  thread = start();
  await thread;

  const takeInstance = async (): Promise<void> => {
    if (freeInstances > 0) freeInstances -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
  };
  const giveInstance = (): void => {
    const next = queue.shift();
    if (next) next();
    else freeInstances += 1;
  };

  const run = async (event: unknown): Promise<unknown> => {
    thread ??= start();
    const worker = await thread;
    const id = randomUUID();
    const result = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    const timer = setTimeout(() => {
      waiting.get(id)?.reject(new FunctionTimeout('The function timed out.'));
      waiting.delete(id);
    }, deployed.timeoutMs);
    worker.postMessage({ id, event, deadlineMs: Date.now() + deployed.timeoutMs } satisfies Invocation);
    try {
      return await result;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    async invoke(event) {
      await takeInstance();
      try {
        if (isStopped) throw new Error('The function ended.');
        return await run(event);
      } finally {
        giveInstance();
      }
    },
    async stop() {
      isStopped = true;
      await (await thread)?.terminate();
    },
  };
}

/** Prints a log line, but omits the metrics, which are for CloudWatch only. */
function printLog(line: string): void {
  if (!line.startsWith('{"_aws":')) console.log(line);
}
