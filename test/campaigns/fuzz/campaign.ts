import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Share } from './campaign-worker.ts';

/** A case that shows a flaw, by the seed that makes it again. */
export interface FoundAt {
  readonly seed: number;
  readonly description: string;
}

export interface Campaign {
  readonly campaign: Share['campaign'];
  readonly seed: number;
  readonly count: number;
  readonly workers: number;
  readonly onProgress: (done: number) => void;
}

const progressEveryMs = 2000;

/** A case takes a millisecond, shrinking one a second. */
const stallMs = 60_000;

/** Runs the cases of the seeds from the first one on, in threads, up to the first flaw. */
export async function runCampaign({ campaign, seed, count, workers, onProgress }: Campaign): Promise<FoundAt[]> {
  const threads = Math.min(workers, count);
  const shares = Array.from(
    { length: threads },
    (_value, index): Share => ({
      campaign,
      firstSeed: seed + index,
      step: threads,
      count: Math.ceil((count - index) / threads),
      done: new Int32Array(new SharedArrayBuffer(4)),
    }),
  );
  const timer = setInterval(
    () => onProgress(shares.reduce((sum, { done }) => sum + Atomics.load(done, 0), 0)),
    progressEveryMs,
  );
  const ended = new AbortController();
  try {
    const found = await Promise.all(
      shares.map(async (share) => {
        const finding = await runShare(share, ended.signal);
        // One flaw is enough to look at, and it may be that of every case.
        if (finding) ended.abort();
        return finding;
      }),
    );
    return found.filter((finding) => finding !== undefined);
  } finally {
    clearInterval(timer);
  }
}

async function runShare(share: Share, signal: AbortSignal): Promise<FoundAt | undefined> {
  const worker = new Worker(new URL('./campaign-worker.ts', import.meta.url), {
    workerData: share,
  });
  let found: FoundAt | undefined;
  const here = (description: string) => {
    found ??= { seed: share.firstSeed + Atomics.load(share.done, 0) * share.step, description };
  };
  worker.on('message', (finding: FoundAt) => (found = finding));
  worker.on('error', (error: unknown) =>
    here(`The thread ended: ${error instanceof Error ? error.stack : String(error)}`),
  );
  signal.addEventListener('abort', () => void worker.terminate());
  const watch = watchStall(share, () => {
    here(`It did not end within ${stallMs / 1000} s.`);
    void worker.terminate();
  });
  await once(worker, 'exit');
  clearInterval(watch);
  return found;
}

function watchStall({ done }: Share, onStall: () => void): NodeJS.Timeout {
  let seen = -1;
  return setInterval(() => {
    const now = Atomics.load(done, 0);
    if (now === seen) onStall();
    seen = now;
  }, stallMs);
}
