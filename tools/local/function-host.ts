import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { DeployedFunction } from './template.ts';

export interface FunctionHost {
  /** The function's answer. @throws Error when it fails or does not answer within its timeout */
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

/** The function did not answer in time. */
export class FunctionTimeout extends Error {}

/**
 * Runs the bundle that would be deployed in a thread whose environment is exactly what the template sets and what the
 * Lambda runtime adds. So a variable that the template forgets is missing here too. As on Lambda, an environment that
 * died is replaced by a new one for the next invocation.
 * @throws Error when the bundle does not load
 */
export async function startFunction(
  deployed: DeployedFunction,
  runtimeEnvironment: Readonly<Record<string, string>>,
): Promise<FunctionHost> {
  const waiting = new Map<string, { resolve(result: unknown): void; reject(error: Error): void }>();
  let environment: Promise<Worker> | undefined;

  const start = async (): Promise<Worker> => {
    const worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      workerData: { codeFile: deployed.codeFile, export: deployed.export, name: deployed.name },
      env: { ...runtimeEnvironment, ...deployed.environment },
      stdout: true,
    });
    createInterface(worker.stdout).on('line', printLog);
    worker.on('exit', () => {
      environment = undefined;
      for (const { reject } of waiting.values()) reject(new Error('The function ended.'));
      waiting.clear();
    });
    // The first message says that the bundle is loaded; until then an error is the caller's.
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
  environment = start();
  await environment;

  return {
    async invoke(event) {
      environment ??= start();
      const worker = await environment;
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
    },
    async stop() {
      await (await environment)?.terminate();
    },
  };
}

/** One log line per request is what a terminal is for: what CloudWatch would count is left out. */
function printLog(line: string): void {
  if (!line.startsWith('{"_aws":')) console.log(line);
}
