import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { addTo, newStatistics, type Statistics } from './statistics.ts';
import type { Failure, Report, Task, WorkerOptions } from './worker.ts';

export interface RunOptions {
  readonly seed: number;
  readonly histories: number;
  readonly workers: number;
  /** Whether the refund chain runs too. */
  readonly chain: boolean;
  /** Called now and then with how many histories are done. */
  readonly onProgress: (done: number) => void;
}

export type Run = { readonly ok: true; readonly statistics: Statistics } | ({ readonly ok: false } & Failure);

/** How many histories a worker gets at once. */
const taskSize = 250;

// V8 would place what a history allocates among the old objects, where one dead history keeps the next: everything would
// survive until a full collection.
setFlagsFromString('--no-allocation-site-pretenuring');

/**
 * Runs the histories of consecutive seeds on several threads. They are handed out in order, and none that was handed out
 * is given up, so that it is always the first failing seed that is reported.
 */
export async function runHistories({ seed, histories, workers, chain, onProgress }: RunOptions): Promise<Run> {
  let next = seed;
  let done = 0;
  const failures: Failure[] = [];
  const nextTask = (): Task => {
    const count = Math.min(taskSize, seed + histories - next);
    if (count <= 0 || failures.length > 0) return undefined;
    next += count;
    return { from: next - count, count };
  };
  const statistics = newStatistics();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { chain } satisfies WorkerOptions,
        resourceLimits: { maxYoungGenerationSizeMb: 192 },
      });
      await new Promise<void>((resolve, reject) => {
        worker.once('error', reject);
        let task = nextTask();
        worker.postMessage(task);
        worker.on('message', (report: Report) => {
          if (report.kind === 'END') {
            addTo(statistics, report.statistics);
            resolve();
            return;
          }
          if (report.failure) failures.push(report.failure);
          onProgress((done += task?.count ?? 0));
          task = nextTask();
          worker.postMessage(task);
        });
      });
      await worker.terminate();
    }),
  );
  const [first] = failures.sort((one, other) => one.seed - other.seed);
  return first ? { ok: false, ...first } : { ok: true, statistics };
}
