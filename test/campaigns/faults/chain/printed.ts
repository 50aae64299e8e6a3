/** Keeps what is printed by functions, while something runs. */
export async function keepingPrinted<Value>(lines: string[], run: () => Promise<Value>): Promise<Value> {
  const { write } = process.stdout;
  process.stdout.write = (chunk: string | Uint8Array) => {
    lines.push(String(chunk));
    return true;
  };
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
}
