/** Keeps what is printed instead of printing it, also by console. @returns what was printed since it was called last */
export function captureOutput(): () => string[] {
  let printed: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = ((chunk: string | Uint8Array, ...others: unknown[]) => {
      printed.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const done = others.at(-1);
      if (typeof done === 'function') done();
      return true;
    }) as typeof stream.write;
  }
  return () => {
    const since = printed;
    printed = [];
    return since;
  };
}
