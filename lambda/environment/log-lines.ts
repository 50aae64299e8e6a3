import { metricNamespace } from './metric-names.ts';

/** Prints one line of JSON. Not by console.log: the runtime would wrap it in JSON of its own. */
export function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The definitions of CloudWatch's embedded metric format: a count for each name, and the durations. All are in the line. */
export function metricDefinitionsOf(counts: readonly string[], durations: readonly string[]): object {
  return {
    Namespace: metricNamespace,
    Dimensions: [['service']],
    Metrics: [
      ...counts.map((Name) => ({ Name, Unit: 'Count' })),
      ...durations.map((Name) => ({ Name, Unit: 'Milliseconds' })),
    ],
  };
}

/**
 * The name and the stack frames of an error and of its causes, at most four in all. Never the message: messages of
 * parsers and argument checks quote their input.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> | undefined {
  if (!(error instanceof Error) || depth > 3) return undefined;
  return { name: error.name, frames: framesOf(error).slice(0, 20), cause: describeError(error.cause, depth + 1) };
}

/** The frames at the end of a stack, below the message, which may itself quote lines that look like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const messageAt = stack.indexOf(message);
  // The stack keeps the first message: one that was changed later is not found in it.
  const lines = stack.slice(messageAt < 0 ? 0 : messageAt + message.length).split('\n');
  return lines.slice(lines.findLastIndex((line) => !/^\s+at /.test(line)) + 1);
}
