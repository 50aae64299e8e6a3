import { parentPort, workerData } from 'node:worker_threads';
import { drawerOf } from './drawer.ts';
import { newStatistics, type Statistics } from './statistics.ts';
import { replaceTimers } from './virtual-time.ts';
import { runHistory } from './world.ts';

/** The seeds from `from` on, `count` of them; undefined for the end of the run. */
export type Task = { readonly from: number; readonly count: number } | undefined;

export interface WorkerOptions {
  readonly chain: boolean;
}

export type Report =
  | { readonly kind: 'DONE'; readonly failure: Failure | undefined }
  | { readonly kind: 'END'; readonly statistics: Statistics };

export interface Failure {
  readonly seed: number;
  readonly violation: string;
}

// A thread of the simulator: runs the histories that it is given, and at the end says what they were made of.
Error.stackTraceLimit = 0;
replaceTimers();
const statistics = newStatistics();
const draw = drawerOf((workerData as WorkerOptions).chain);

parentPort?.on('message', (task: Task) => {
  if (task === undefined) report({ kind: 'END', statistics });
  else void runAll(task).then((failure) => report({ kind: 'DONE', failure }));
});

async function runAll({ from, count }: NonNullable<Task>): Promise<Failure | undefined> {
  for (let seed = from; seed < from + count; seed += 1) {
    const violation = await runHistory(draw(seed), statistics);
    if (violation !== undefined) return { seed, violation };
  }
  return undefined;
}

function report(message: Report): void {
  parentPort?.postMessage(message);
}
