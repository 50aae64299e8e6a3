import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { localAwsEnvironment } from '../../../tools/local/client.ts';
import type { DeployedFunction } from '../../../tools/local/template.ts';
import { compileCache, projectRoot } from '../run-node.ts';

/** The function as it is deployed, in a process of its own, which can be killed. */
export interface FunctionProcess {
  /** @throws Error when the process ends first */
  invoke(event: unknown): Promise<unknown>;
  /** SIGKILL: at once, whatever it is doing. */
  kill(): Promise<void>;
}

/** What the process is to start, and with which environment. */
export type Start = { readonly deployed: DeployedFunction; readonly environment: Readonly<Record<string, string>> };

const timeoutMs = 20_000;

/** @throws Error when it does not start */
export async function startFunctionProcess(deployed: DeployedFunction, endpoint: string): Promise<FunctionProcess> {
  const child = fork(fileURLToPath(new URL('./function-process-main.ts', import.meta.url)), {
    cwd: projectRoot,
    env: compileCache,
    // The log of the function goes nowhere.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const ended = once(child, 'exit');
  const ask = async (message: object): Promise<unknown> => {
    const answered = once(child, 'message', { signal: AbortSignal.timeout(timeoutMs) });
    child.send(message);
    const [result] = (await Promise.race([answered, ended.then(() => ['ended'])])) as [unknown];
    if (result === 'ended') throw new Error('The process ended.');
    return result;
  };
  const start: Start = {
    deployed,
    environment: localAwsEnvironment(endpoint),
  };
  await ask(start);
  return {
    invoke: ask,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
