import {
  cancelMetricNames,
  commonMetricNames,
  durationMetric,
  orderTakerMetricNames,
  publisherMetricNames,
  readMetricNames,
  senderMetricNames,
  takerMetricNames,
  uncontendedDurationMetric,
} from '../../../lambda/environment/metric-names.ts';
import { markdownTable } from '../markdown-table.ts';
import { propertiesOf, stageNames, type Template, type Templates } from './templates.ts';
import { monthlyPrices } from './unit-prices.ts';

/** Something that is paid for each month. */
export interface MonthlyCost {
  readonly what: string;
  readonly usdEach: number;
  readonly countOf: (template: Template) => number;
  /** Whether it costs nothing in a month without requests. */
  readonly needsRequests?: boolean;
}

const count = (type: string) => (template: Template) => propertiesOf(template, type).length;

export const monthlyCosts: readonly MonthlyCost[] = [
  { what: 'web ACL', usdEach: monthlyPrices.webAcl, countOf: count('AWS::WAFv2::WebACL') },
  { what: 'its rules', usdEach: monthlyPrices.webAclRule, countOf: firewallRules },
  { what: 'custom metrics', usdEach: monthlyPrices.metric, countOf: customMetrics, needsRequests: true },
  {
    what: 'detailed metrics of API Gateway',
    usdEach: monthlyPrices.metric,
    countOf: gatewayMetrics,
    needsRequests: true,
  },
  { what: 'dashboard', usdEach: monthlyPrices.dashboard, countOf: count('AWS::CloudWatch::Dashboard') },
  { what: 'keys', usdEach: monthlyPrices.key, countOf: count('AWS::KMS::Key') },
  { what: 'queues that Lambda waits at', usdEach: monthlyPrices.polledQueue, countOf: polledQueues },
  { what: 'metrics that alarms watch', usdEach: monthlyPrices.metricOfAlarm, countOf: metricsOfAlarms },
];

/** What a stage costs each month before it is used, as a table: `number: USD`. */
export function monthlyCostsTable(templates: Templates): string {
  const rows = monthlyCosts.map(({ what, usdEach, countOf }) => [
    what,
    usdEach.toFixed(2),
    ...stageNames.map((stage) => amount(countOf(templates[stage]), usdEach)),
  ]);
  const totals = (costs: readonly MonthlyCost[]) =>
    stageNames.map((stage) => monthlyUsd(templates[stage], costs).toFixed(2));
  return markdownTable(
    ['', 'each', ...stageNames],
    [
      ...rows,
      ['**together**', '', ...totals(monthlyCosts)],
      ['in a month without requests', '', ...totals(monthlyCosts.filter(({ needsRequests }) => !needsRequests))],
    ],
  );
}

/** USD a month. */
export function monthlyUsd(template: Template, costs = monthlyCosts): number {
  return costs.reduce((sum, { usdEach, countOf }) => sum + usdEach * countOf(template), 0);
}

function amount(number: number, usdEach: number): string {
  return number === 0 ? '0' : `${number}: ${(number * usdEach).toFixed(2)}`;
}

function firewallRules(template: Template): number {
  return propertiesOf(template, 'AWS::WAFv2::WebACL').reduce((sum, { Rules }) => sum + (Rules as unknown[]).length, 0);
}

/** Those that functions count, by the beginning of their names: each is in every line of metrics. */
const metricsOfService: Readonly<Record<string, readonly string[]>> = {
  'payment-cancel-': [...commonMetricNames, durationMetric, uncontendedDurationMetric, ...cancelMetricNames],
  'payment-detail-': [...commonMetricNames, durationMetric, uncontendedDurationMetric, ...readMetricNames],
  'payment-order-taker-': orderTakerMetricNames,
  'payment-publisher-': publisherMetricNames,
  'payment-result-taker-': takerMetricNames,
  'payment-webhook-sender-': senderMetricNames,
};

/** What the functions count, and what is counted in logs. */
function customMetrics(template: Template): number {
  const services = propertiesOf(template, 'AWS::Lambda::Function').flatMap(({ Environment }) => {
    const { Variables } = (Environment ?? {}) as { Variables?: Readonly<Record<string, string>> };
    return Variables?.['SERVICE_NAME'] ?? [];
  });
  const ofFunctions = services.map((service) => {
    const [, names] = Object.entries(metricsOfService).find(([prefix]) => service.startsWith(prefix)) ?? [];
    if (names === undefined) throw new Error(`What ${service} counts is not known.`);
    return names.length;
  });
  return ofFunctions.reduce((sum, one) => sum + one, 0) + count('AWS::Logs::MetricFilter')(template);
}

/** Streams are polled for nothing. */
function polledQueues(template: Template): number {
  return propertiesOf(template, 'AWS::Lambda::EventSourceMapping').filter(
    ({ EventSourceArn }) => (EventSourceArn as { 'Fn::GetAtt': readonly string[] })['Fn::GetAtt'][1] === 'Arn',
  ).length;
}

interface MethodSetting {
  readonly HttpMethod: string;
  readonly ResourcePath: string;
  readonly MetricsEnabled: boolean;
}

/** Count, 4XXError, 5XXError, Latency and IntegrationLatency. */
const metricsOfMethod = 5;

/** Those of each route that has not switched them off. */
function gatewayMetrics(template: Template): number {
  const methods = count('AWS::ApiGateway::Method')(template);
  const settings = propertiesOf(template, 'AWS::ApiGateway::Stage').flatMap(
    ({ MethodSettings }) => MethodSettings as MethodSetting[],
  );
  const isOn = settings.some(({ HttpMethod, MetricsEnabled }) => HttpMethod === '*' && MetricsEnabled);
  const exceptions = settings.filter(({ HttpMethod, MetricsEnabled }) => HttpMethod !== '*' && MetricsEnabled !== isOn);
  return metricsOfMethod * (isOn ? methods - exceptions.length : exceptions.length);
}

/** An alarm watches one metric, or those of its expression. */
function metricsOfAlarms(template: Template): number {
  const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm') as ReadonlyArray<{
    readonly Metrics?: ReadonlyArray<{ readonly MetricStat?: object }>;
  }>;
  return alarms.reduce(
    (sum, { Metrics }) => sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1),
    0,
  );
}
