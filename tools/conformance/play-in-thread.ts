import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Broken } from './rules.ts';
import type { Counts, News, Orders } from './worker.ts';

/** In real time: how long an executor may take to be loaded, and for one history. */
const patienceMs = 20_000;

export interface Listeners {
  onBegin(seed: number): void;
  onHappening(what: string): void;
  onBroken(seed: number, broken: Broken): void;
  onPlayed(counts: Counts): void;
  /** @param problem the rest of a sentence that begins with the module's name */
  onUnusable(problem: string): void;
}

/** Plays histories in a thread, and ends it when it is done, or gets on no more. */
export async function playInThread(orders: Orders, listeners: Listeners): Promise<void> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: orders });
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  let seed: number | undefined;
  const stop = (loading: string, how: string) => {
    if (seed === undefined) listeners.onUnusable(loading);
    else listeners.onBroken(seed, { rule: 'CALLS_END', how });
  };
  try {
    const messages = on(worker, 'message', { close: ['exit'], signal: patience.signal }) as AsyncIterable<[News]>;
    for await (const [news] of messages) {
      timer.refresh();
      if (news.kind === 'DONE') return;
      if (news.kind === 'BEGINS') seed = news.seed;
      hand(news, listeners);
    }
    stop('ends its process when it is loaded.', 'the executor ends its process');
  } catch (error) {
    if (!patience.signal.aborted) throw error;
    const tooLong = `within ${patienceMs / 1000} s`;
    stop(`is not loaded ${tooLong}.`, `the history does not end ${tooLong}`);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function hand(news: Exclude<News, { kind: 'DONE' }>, listeners: Listeners): void {
  switch (news.kind) {
    case 'BEGINS':
      return listeners.onBegin(news.seed);
    case 'HAPPENED':
      return listeners.onHappening(news.what);
    case 'BROKEN':
      return listeners.onBroken(news.seed, news.broken);
    case 'PLAYED':
      return listeners.onPlayed(news.counts);
    case 'UNUSABLE':
      return listeners.onUnusable(news.problem);
  }
}
