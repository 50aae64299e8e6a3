import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { cancelPath } from '../lambda/contract/paths.ts';
import {
  type CommonMetricName,
  metricNamespace,
  uncontendedDurationMetric,
} from '../lambda/environment/metric-names.ts';
import { type AlarmRule, filledSum, metricsOf, numbered, percentOf, period, sum, sumOf } from './alarm-metrics.ts';
import type { Firewall } from './firewall.ts';
import type { ReadFunction } from './read-function.ts';
import { chainAlarmRules } from './chain-alarm-rules.ts';
import type { EventChain } from './event-chain.ts';
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
  readonly chain: EventChain;
}

/** Every alarm, with what it watches. docs/operations.md has a runbook for each. */
export function alarmRules(scope: Construct, props: Watched): AlarmRule[] {
  const { stage, api, accessLog, firewall, alias, serviceName, readFunctions, tables, chain } = props;
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
  // Ten metrics are the most for one alarm. What a throttled table of endpoints delays, WebhookSenderFailures counts.
  const throttledTables = [
    tables.orders,
    tables.cancellations,
    tables.storeKeys,
    tables.refundAccounts,
    tables.executions,
  ].flatMap((table) => ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => table.metric(name, sum)));
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
    ...chainAlarmRules(chain),
  ];
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
