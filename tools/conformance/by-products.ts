/** What an executor leaves behind besides what it is asked for. */
export interface ByProducts {
  readonly printed: readonly string[];
  /** Errors that no call has thrown. */
  readonly stray: readonly unknown[];
}

/**
 * Keeps what this thread prints, also by console, instead of printing it, and the errors that nobody waits for.
 * @returns takes what has come since it was called last
 */
export function keepByProducts(): () => ByProducts {
  let printed: string[] = [];
  let stray: unknown[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...others: unknown[]) => {
      printed.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const done = others.at(-1);
      if (typeof done === 'function') done();
      return true;
    };
  }
  for (const event of ['unhandledRejection', 'uncaughtException']) {
    process.on(event, (error: unknown) => stray.push(error));
  }
  return () => {
    const since = { printed, stray };
    [printed, stray] = [[], []];
    return since;
  };
}
