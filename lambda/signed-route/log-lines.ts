import { durationMetric, metricNamespace } from '../environment/metric-names.ts';
import { RequestRefused } from './outcome.ts';

/** One line of JSON. Not by the console: the runtime would put its own JSON around it. */
export function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The metrics of a line in CloudWatch's embedded metric format: counts by name, and the duration. */
export function metricDefinitionsOf(names: readonly string[]): object {
  return {
    Namespace: metricNamespace,
    Dimensions: [['service']],
    Metrics: [...names.map((Name) => ({ Name, Unit: 'Count' })), { Name: durationMetric, Unit: 'Milliseconds' }],
  };
}

/** An error in a log line: of a refusal what the response does not say, else its name and its frames. */
export function describeFailure(error: unknown): Record<string, unknown> {
  return error instanceof RequestRefused ? { detail: error.detail } : { error: describeError(error) };
}

/**
 * The name and the frames of an error and of its causes. Not its message: those of a parser or of a failed argument
 * check quote what they were given.
 */
function describeError(error: unknown, depth = 0): Record<string, unknown> | undefined {
  if (!(error instanceof Error) || depth > 3) return undefined;
  return { name: error.name, frames: framesOf(error).slice(0, 20), cause: describeError(error.cause, depth + 1) };
}

/** The lines at the end of a stack, below the message: that may quote lines that look like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const messageAt = stack.indexOf(message);
  // A message that was changed meanwhile is not in the stack, where it stands as it was.
  const lines = stack.slice(messageAt < 0 ? 0 : messageAt + message.length).split('\n');
  return lines.slice(lines.findLastIndex((line) => !/^\s+at /.test(line)) + 1);
}
