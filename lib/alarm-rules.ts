import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { cancelPath } from '../lambda/contract/paths.ts';
import {
  type CancelMetricName,
  type CommonMetricName,
  type ReadMetricName,
  type durationMetric,
  metricNamespace,
  uncontendedDurationMetric,
} from '../lambda/environment/metric-names.ts';
import type { Firewall } from './firewall.ts';
import type { ReadFunction } from './read-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

/** What alarms and the dashboard are about. */
export interface Watched {
  readonly stage: Stage;
  readonly api: RestApi;
  readonly accessLog: LogGroup;
  readonly firewall: Firewall;
  readonly alias: Alias;
  readonly serviceName: string;
  readonly readFunctions: readonly ReadFunction[];
  readonly tables: Tables;
}

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
  | typeof durationMetric
  | typeof uncontendedDurationMetric;

/** The metrics that a function counts itself, by name. */
export function metricsOf(serviceName: string) {
  return (metricName: FunctionMetricName, statistic: string = Stats.SUM) =>
    new Metric({ namespace: metricNamespace, metricName, dimensionsMap: { service: serviceName }, statistic, period });
}

/** Every alarm, with what it watches. docs/operations.md has a runbook for each. */
export function alarmRules(scope: Construct, props: Watched): AlarmRule[] {
  const { stage, api, accessLog, firewall, alias, serviceName, readFunctions, tables } = props;
  const own = metricsOf(serviceName);
  const ofReads = (name: CommonMetricName) => readFunctions.map((read) => metricsOf(read.serviceName)(name));
  // Metrics of the cancel route only: a failure of the documentation wakes nobody up and rolls nothing back. The stage
  // is given by name, because a reference would make alarms, alias and deployment depend on each other in a circle.
  const dimensionsMap = { ApiName: api.restApiName, Stage: stage.name, Method: 'POST', Resource: cancelPath };
  const ofRoute = { ...sum, dimensionsMap };
  const throttledRequests = new MetricFilter(scope, 'ThrottledRequests', {
    logGroup: accessLog,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.status', '=', '429'),
      FilterPattern.stringValue('$.method', '=', 'POST'),
    ),
    metricNamespace: `${metricNamespace}/Gateway`,
    metricName: `Throttled-${serviceName}`,
  });
  const throttledTables = [tables.orders, tables.cancellations, tables.storeKeys].flatMap((table) =>
    ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => table.metric(name, sum)),
  );
  const unavailable = [own('Unavailable'), ...ofReads('Unavailable')];
  return [
    {
      id: 'InvariantViolated',
      description: 'An order or a record cannot be as it is stored, or the tables disagree. Page.',
      metric: sumOf([own('InvariantViolated'), ...ofReads('InvariantViolated')], 'Orders that cannot be'),
      threshold: 1,
      stopsRelease: true,
      pages: true,
    },
    {
      id: 'ServerErrors',
      description: 'One answer in a hundred of the gateway is a 5XX, those about an order that was too busy left out.',
      // An order that many cancel at once is no bad release, and nobody can do anything about it at night.
      metric: percentOf(api.metricServerError(ofRoute), api.metricCount(ofRoute), '% of requests', own('Contended')),
      threshold: 1,
      stopsRelease: true,
      pages: true,
    },
    {
      id: 'FunctionErrors',
      description: 'One invocation in a hundred of the function ended in an error or a timeout.',
      metric: percentOf(alias.metricErrors(sum), alias.metricInvocations(sum), '% of invocations'),
      threshold: 1,
    },
    {
      id: 'VersionErrors',
      description: 'One invocation in a hundred of the newest version ended in an error or a timeout.',
      metric: percentOf(
        metricOfVersion(alias, 'Errors'),
        metricOfVersion(alias, 'Invocations'),
        "% of the newest version's invocations",
      ),
      threshold: 1,
      stopsRelease: true,
    },
    {
      id: 'LatencyP99',
      description: 'One request in a hundred takes three seconds or longer, of those that no other was in the way of.',
      metric: new MathExpression({
        label: 'p99 in ms, of a hundred requests or more',
        // With fewer requests, the p99 is the slowest one: a slow call at night does not mean a bad release.
        expression: 'IF(FILL(requests, 0) >= 100, p99, 0)',
        usingMetrics: {
          requests: own(uncontendedDurationMetric, Stats.SAMPLE_COUNT),
          p99: own(uncontendedDurationMetric, Stats.percentile(99)),
        },
        period,
      }),
      threshold: 3000,
      stopsRelease: true,
    },
    {
      id: 'InternalErrors',
      description: 'Requests were answered with EBP-Z-0010: a bug, or a right that is missing.',
      metric: own('InternalError'),
      threshold: 1,
      stopsRelease: true,
      pages: true,
    },
    {
      id: 'OutcomeUnknown',
      description: 'DynamoDB left it open whether a cancellation was applied; the merchant was asked to retry.',
      metric: own('OutcomeUnknown'),
      threshold: 1,
    },
    {
      id: 'RetriesExhausted',
      description: 'Requests were answered with 503 and no other request was in their way: DynamoDB did not answer.',
      metric: new MathExpression({
        label: 'Requests answered with 503, those about an order that was too busy left out',
        // Whatever is contended is unavailable too, in the same line of metrics.
        expression: `${filledSum(unavailable.length)} - FILL(contended, 0)`,
        usingMetrics: { ...numbered(unavailable), contended: own('Contended') },
        period,
      }),
      threshold: 5,
    },
    {
      id: 'Contended',
      description:
        'Requests were answered with 503 because others kept their order busy. Nothing was canceled by them.',
      metric: own('Contended'),
      threshold: 5,
    },
    {
      id: 'TransactionConflicts',
      description: 'Writes met other transactions on the same order.',
      metric: own('TransactionConflicts'),
      threshold: 100,
    },
    {
      id: 'AuthenticationFailures',
      description: 'Requests with an unknown, expired or revoked key, or a wrong signature.',
      metric: sumOf([own('AuthenticationFailed'), ...ofReads('AuthenticationFailed')], 'Failed authentications'),
      threshold: 50,
    },
    {
      id: 'Replays',
      description: 'Merchants send the same cancellation again and again.',
      metric: own('Replayed'),
      threshold: 200,
    },
    {
      id: 'KeysExpiring',
      description: 'A store signs with an access key that expires within thirty days.',
      // Once a day: the store has a month to act, and an alarm every five minutes would soon be ignored.
      metric: own('KeyExpiresSoon').with({ period: Duration.days(1) }),
      threshold: 1,
    },
    {
      id: 'GatewayThrottles',
      description: 'The gateway or the firewall answered with 429.',
      metric: throttledRequests.metric(sum),
      threshold: 20,
    },
    {
      id: 'FirewallBlocks',
      description: 'The firewall turned requests away: an attack, or a rule that is wrong about a merchant.',
      metric: sumOf(firewall.blockedByRule(sum), 'Blocked requests'),
      threshold: 50,
    },
    {
      id: 'FunctionThrottles',
      description: 'The function had no instance left for a request.',
      metric: alias.metricThrottles(sum),
      threshold: 1,
    },
    {
      id: 'TableThrottles',
      description: 'DynamoDB throttled reads or writes of a table.',
      metric: sumOf(throttledTables, 'Throttled reads and writes'),
      threshold: 1,
    },
    {
      id: 'DetailErrors',
      description:
        'Requests for the detail of an order failed, or met an order that cannot be. No money moves by them.',
      metric: sumOf(
        [...readFunctions.map((read) => read.function.metricErrors(sum)), ...ofReads('InternalError')],
        'Failed requests for details',
      ),
      threshold: 1,
    },
  ];
}

/**
 * Failures as a percentage of all requests; 0 as long as there are fewer than three failures, because one failure at
 * night does not mean a bad release.
 * @param leftOut how many of the failures do not count, if any
 */
function percentOf(failures: IMetric, all: IMetric, label: string, leftOut?: IMetric): MathExpression {
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
function sumOf(metrics: readonly IMetric[], label: string): MathExpression {
  return new MathExpression({
    label,
    expression: filledSum(metrics.length),
    usingMetrics: numbered(metrics),
    period,
  });
}

function filledSum(count: number): string {
  return Array.from({ length: count }, (_value, index) => `FILL(m${index}, 0)`).join(' + ');
}

function numbered(metrics: readonly IMetric[]): Record<string, IMetric> {
  return Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
}

/** A metric of Lambda about the version that the alias leads to, also while it gets a tenth of the traffic. */
function metricOfVersion(alias: Alias, metricName: 'Errors' | 'Invocations'): Metric {
  const { functionName } = alias.lambda;
  const dimensionsMap = {
    FunctionName: functionName,
    Resource: `${functionName}:${alias.aliasName}`,
    ExecutedVersion: alias.version.version,
  };
  return new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap, ...sum });
}
