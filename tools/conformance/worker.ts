import { parentPort, workerData } from 'node:worker_threads';
import { keepByProducts } from './by-products.ts';
import { drawHistory } from './draw-history.ts';
import type { ExecutorModule } from './executor.ts';
import { firstLineOf, UnusableExecutor } from './instance.ts';
import { judge } from './judge.ts';
import { playHistory } from './play-history.ts';
import type { Broken } from './rules.ts';

// Plays histories in a thread of its own, so that an executor that never stops can be stopped.

export interface Orders {
  /** URL of the executor's module. */
  readonly module: string;
  /** Of the first history. */
  readonly seed: number;
  readonly histories: number;
  /** Whether each thing that happens is sent. */
  readonly isTraced: boolean;
}

export interface Counts {
  readonly attempts: number;
  readonly movements: number;
  readonly reports: number;
}

export type News =
  | { readonly kind: 'UNUSABLE'; readonly problem: string }
  | { readonly kind: 'BEGINS'; readonly seed: number }
  | { readonly kind: 'HAPPENED'; readonly what: string }
  | { readonly kind: 'BROKEN'; readonly seed: number; readonly broken: Broken }
  | { readonly kind: 'PLAYED'; readonly counts: Counts }
  | { readonly kind: 'DONE' };

const orders = workerData as Orders;
const send = (news: News) => parentPort?.postMessage(news);
const takeByProducts = keepByProducts();

try {
  await play(await load(orders.module));
  send({ kind: 'DONE' });
} catch (error) {
  send({ kind: 'UNUSABLE', problem: (error as Error).message });
}

async function play(module: ExecutorModule): Promise<void> {
  for (let seed = orders.seed; seed < orders.seed + orders.histories; seed += 1) {
    send({ kind: 'BEGINS', seed });
    const note = orders.isTraced ? (what: string) => send({ kind: 'HAPPENED', what }) : () => undefined;
    const chronicle = await playHistory(module, drawHistory(seed), { note });
    const allBroken = judge(chronicle, takeByProducts());
    for (const broken of allBroken) send({ kind: 'BROKEN', seed, broken });
    // Each history would take as long as patience lasts.
    if (allBroken.some(({ rule }) => rule === 'CALLS_END')) return;
    const { service, movements, said } = chronicle;
    const counts = { attempts: service.attempts.size, movements: movements.length, reports: said.length };
    send({ kind: 'PLAYED', counts });
  }
}

/** @throws UnusableExecutor when the module cannot be loaded, or does not have what it needs */
async function load(url: string): Promise<ExecutorModule> {
  let module: Partial<ExecutorModule>;
  try {
    module = (await import(url)) as Partial<ExecutorModule>;
  } catch (error) {
    throw new UnusableExecutor(`cannot be loaded: ${firstLineOf(error)}`, { cause: error });
  }
  if (typeof module.createExecutor === 'function') return module as ExecutorModule;
  throw new UnusableExecutor(`exports no function createExecutor, but ${Object.keys(module).join(', ') || 'nothing'}.`);
}
