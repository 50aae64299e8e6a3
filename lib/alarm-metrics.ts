import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type CancelMetricName,
  type CommonMetricName,
  type durationMetric,
  metricNamespace,
  type OrderTakerMetricName,
  type PublisherMetricName,
  type ReadMetricName,
  type SenderMetricName,
  type TakerMetricName,
  type uncontendedDurationMetric,
} from '../lambda/environment/metric-names.ts';

/** An alarm, with what it watches. */
export interface AlarmRule {
  readonly id: string;
  readonly description: string;
  readonly metric: IMetric;
  /** The alarm is raised at this value and above. */
  readonly threshold: number;
  /** Whether it also rolls a release back. */
  readonly stopsRelease?: boolean;
  /** Whether somebody is to be woken up. */
  readonly pages?: boolean;
}

export const period = Duration.minutes(5);
export const sum = { statistic: Stats.SUM, period };

type FunctionMetricName =
  | CommonMetricName
  | CancelMetricName
  | ReadMetricName
  | OrderTakerMetricName
  | PublisherMetricName
  | TakerMetricName
  | SenderMetricName
  | typeof durationMetric
  | typeof uncontendedDurationMetric;

/** The metrics that a function counts itself, by name. */
export function metricsOf(serviceName: string) {
  return (metricName: FunctionMetricName, statistic: string = Stats.SUM) =>
    new Metric({ namespace: metricNamespace, metricName, dimensionsMap: { service: serviceName }, statistic, period });
}

/**
 * Failures as a percentage of all requests; 0 as long as there are fewer than three failures, because one failure at
 * night does not mean a bad release.
 * @param leftOut how many of the failures do not count, if any
 */
export function percentOf(failures: IMetric, all: IMetric, label: string, leftOut?: IMetric): MathExpression {
  const counted = leftOut === undefined ? 'failures' : '(failures - FILL(leftOut, 0))';
  const filled = leftOut === undefined ? 'FILL(failures, 0)' : 'FILL(failures, 0) - FILL(leftOut, 0)';
  return new MathExpression({
    label,
    // Never negative, also when a failure and its being left out are counted in different periods.
    expression: `IF(${filled} >= ${fewestFailures}, 100 * ${counted} / all, 0)`,
    usingMetrics: { failures, all, ...(leftOut && { leftOut }) },
    period,
  });
}

const fewestFailures = 3;

/** The sum of several metrics. A metric without data counts as zero. */
export function sumOf(metrics: readonly IMetric[], label: string): MathExpression {
  return new MathExpression({
    label,
    expression: filledSum(metrics.length),
    usingMetrics: numbered(metrics),
    period,
  });
}

/** An expression: the sum of so many metrics that are numbered. */
export function filledSum(count: number): string {
  return Array.from({ length: count }, (_value, index) => `FILL(m${index}, 0)`).join(' + ');
}

/** Metrics by the names that expressions have for them. */
export function numbered(metrics: readonly IMetric[]): Record<string, IMetric> {
  return Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
}
