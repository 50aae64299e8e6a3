import type { StageName } from '../../lib/stages.ts';
import { resourcesOf, type Template, textOf } from './templates.ts';

export interface MetricOfAlarm {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: ReadonlyArray<{ readonly Name: string; readonly Value: unknown }>;
}

export interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: MetricOfAlarm; readonly Stat: string; readonly Period: number };
}

/** The alarms of a stage's template by their names, without the stage's. */
export function alarmsOf(template: Template, stage: StageName): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  return new Map(
    resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => [
      String(Properties['AlarmName']).replace(`payment-cancel-${stage}-`, ''),
      Properties,
    ]),
  );
}

/** Each metric of an expression as text, by the name that the expression has for it. */
export function metricsById(metrics: readonly MetricQuery[]): Record<string, string> {
  return Object.fromEntries(
    metrics
      .filter(({ MetricStat }) => MetricStat !== undefined)
      .map(({ Id, MetricStat }) => [
        Id,
        `${describeMetric(MetricStat?.Metric)} ${MetricStat?.Stat} of ${MetricStat?.Period} s`,
      ]),
  );
}

export function expressionOf(metrics: readonly MetricQuery[]): string {
  return metrics.flatMap(({ Expression }) => Expression ?? []).join('; ');
}

/** A metric as text: namespace, name, and each of its dimensions. */
export function describeMetric(metric: MetricOfAlarm | undefined): string {
  if (metric === undefined) return '';
  const dimensions = (metric.Dimensions ?? []).map(({ Name, Value }) => `${Name}=${textOf(Value)}`);
  return [metric.Namespace, metric.MetricName, ...dimensions].join(' ');
}

export function metricsOfAlarm(properties: Readonly<Record<string, unknown>>): string[] {
  if (properties['MetricName'] !== undefined) return [describeMetric(properties as unknown as MetricOfAlarm)];
  const queries = properties['Metrics'] as readonly MetricQuery[];
  return queries.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [describeMetric(MetricStat.Metric)]));
}
