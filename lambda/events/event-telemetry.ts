import { describeError, metricDefinitionsOf, print } from '../environment/log-lines.ts';

/** What came of one message: a record of a stream, or a report. */
export interface Handled<MetricName extends string> {
  readonly outcome: string;
  /** Metrics that count it, each by one. */
  readonly counted: readonly MetricName[];
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  /** Whose it is, and why: fields of the log line, listed by name by whoever reports. Never a message's own text. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

export type ReportHandled<MetricName extends string> = (handled: Handled<MetricName>) => void;

/** Prints two lines of JSON per message: a log line, and a line of metrics that CloudWatch counts. */
export function createEventTelemetry<MetricName extends string>(
  message: string,
  metricNames: readonly MetricName[],
  { service, version }: { readonly service: string; readonly version: string },
  now: () => number,
): ReportHandled<MetricName> {
  const definitions = metricDefinitionsOf(metricNames, []);
  return ({ outcome, counted, level, fields, error }) => {
    const timestampMs = now();
    const timestamp = new Date(timestampMs).toISOString();
    print({ level, message, timestamp, service, version, outcome, ...fields, error: describeError(error) });
    const counts = Object.fromEntries(metricNames.map((name) => [name, Number(counted.includes(name))]));
    print({ _aws: { Timestamp: timestampMs, CloudWatchMetrics: [definitions] }, service, ...counts });
  };
}
