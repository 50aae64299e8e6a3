import { describe, expect, test } from '@jest/globals';
import {
  durationMetric,
  cancelMetricNames,
  commonMetricNames,
  metricNamespace,
  orderTakerMetricNames,
  publisherMetricNames,
  readMetricNames,
  senderMetricNames,
  takerMetricNames,
  uncontendedDurationMetric,
} from '../../lambda/environment/metric-names.ts';
import type { StageName } from '../../lib/stages.ts';
import {
  alarmsOf,
  describeMetric,
  expressionOf,
  type MetricQuery,
  metricsById,
  metricsOfAlarm,
} from '../support/alarms.ts';
import { readFunctions } from '../support/read-functions.ts';
import { stageNames } from '../support/assemblies.ts';
import { nameOf, propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';

const templates = templatesByStage();
const watched = ['staging', 'prod'] as const;
const signedRoutes = ['cancel', ...readFunctions.map(({ name }) => name)];
const bothTopics = watched.flatMap((stage) =>
  ['OperationsTopicPolicy', 'OperationsPageTopicPolicy'].map((policy) => ({ stage, policy })),
);

/** What an operator hears of, and from how many on. A math expression has no metric of its own. */
const alarms = [
  { alarm: 'InvariantViolated', metric: undefined, threshold: 1 },
  { alarm: 'ServerErrors', metric: undefined, threshold: 1 },
  { alarm: 'FunctionErrors', metric: undefined, threshold: 1 },
  { alarm: 'VersionErrors', metric: undefined, threshold: 1 },
  { alarm: 'LatencyP99', metric: undefined, threshold: 3000 },
  { alarm: 'InternalErrors', metric: 'PaymentCancel InternalError', threshold: 1 },
  { alarm: 'OutcomeUnknown', metric: 'PaymentCancel OutcomeUnknown', threshold: 1 },
  { alarm: 'RetriesExhausted', metric: undefined, threshold: 5 },
  { alarm: 'Contended', metric: 'PaymentCancel Contended', threshold: 5 },
  { alarm: 'TransactionConflicts', metric: 'PaymentCancel TransactionConflicts', threshold: 100 },
  { alarm: 'AuthenticationFailures', metric: undefined, threshold: 50 },
  { alarm: 'Replays', metric: 'PaymentCancel Replayed', threshold: 200 },
  { alarm: 'KeysExpiring', metric: 'PaymentCancel KeyExpiresSoon', threshold: 1 },
  { alarm: 'GatewayThrottles', metric: 'PaymentCancel/Gateway Throttled', threshold: 20 },
  { alarm: 'FirewallBlocks', metric: undefined, threshold: 50 },
  { alarm: 'FunctionThrottles', metric: 'AWS/Lambda Throttles', threshold: 1 },
  { alarm: 'TableThrottles', metric: undefined, threshold: 1 },
  { alarm: 'DetailErrors', metric: undefined, threshold: 1 },
  { alarm: 'RefundsDelayed', metric: 'AWS/Lambda IteratorAge', threshold: 300_000 },
  { alarm: 'RefundsNotPublished', metric: 'AWS/SQS ApproximateNumberOfMessagesVisible', threshold: 1 },
  { alarm: 'ReportsRefused', metric: 'AWS/SQS ApproximateNumberOfMessagesVisible', threshold: 1 },
  { alarm: 'PaidTwice', metric: 'PaymentCancel PaidTwice', threshold: 1 },
  { alarm: 'PlatformEventsRefused', metric: 'AWS/SQS ApproximateNumberOfMessagesVisible', threshold: 1 },
  { alarm: 'CaptureAfterVoid', metric: 'PaymentCancel CaptureAfterVoid', threshold: 1 },
  { alarm: 'PlatformEventsWaiting', metric: 'PaymentCancel EventRedelivered', threshold: 1000 },
  { alarm: 'ReportsWaiting', metric: 'PaymentCancel ReportRedelivered', threshold: 1000 },
  { alarm: 'PublisherFailures', metric: undefined, threshold: 10 },
  { alarm: 'RefundsFailed', metric: 'PaymentCancel RefundFailed', threshold: 1 },
  { alarm: 'SuccessAfterFailure', metric: 'PaymentCancel SuccessAfterFailure', threshold: 1 },
  { alarm: 'WebhookSenderFailures', metric: undefined, threshold: 10 },
  { alarm: 'WebhooksNotDelivered', metric: 'AWS/SQS ApproximateNumberOfMessagesVisible', threshold: 1 },
  { alarm: 'EndpointPaused', metric: 'PaymentCancel WebhookPaused', threshold: 1 },
  { alarm: 'EndpointGone', metric: 'PaymentCancel EndpointGone', threshold: 1 },
  { alarm: 'WebhooksDelayed', metric: 'AWS/SQS ApproximateNumberOfMessagesVisible', threshold: 100 },
  { alarm: 'WebhooksWaiting', metric: 'AWS/SQS ApproximateNumberOfMessagesNotVisible', threshold: 60_000 },
];

const pagingAlarms = new Set([
  'InvariantViolated',
  'ServerErrors',
  'InternalErrors',
  'RefundsDelayed',
  'RefundsNotPublished',
  'ReportsRefused',
  'PaidTwice',
  'PlatformEventsRefused',
  'CaptureAfterVoid',
]);

describe('the alarms', () => {
  test.each(watched)('of %s are these', (stage) => {
    expect([...alarmsOf(templates[stage], stage).keys()].toSorted()).toEqual(
      alarms.map(({ alarm }) => alarm).toSorted(),
    );
  });

  test('are none in dev, and no topic is there', () => {
    for (const type of ['AWS::CloudWatch::Alarm', 'AWS::SNS::Topic'])
      expect(resourcesOf(templates.dev, type)).toEqual([]);
    expect(templates.dev.Outputs).not.toHaveProperty('AlarmTopic');
    expect(templates.dev.Outputs).not.toHaveProperty('PageTopic');
  });

  test.each(watched.flatMap((stage) => alarms.map((expected) => ({ stage, ...expected }))))(
    '$alarm of $stage is raised from $threshold on',
    ({ stage, alarm, metric, threshold }) => {
      const properties = alarmsOf(templates[stage], stage).get(alarm) ?? {};
      const { Namespace, MetricName } = properties;
      const named = `${String(Namespace)} ${String(MetricName).replace(`-payment-cancel-${stage}`, '')}`;
      expect(MetricName === undefined ? undefined : named).toBe(metric);
      expect(properties).toMatchObject({
        AlarmName: `payment-cancel-${stage}-${alarm}`,
        AlarmDescription: expect.stringMatching(/^[A-Z].{20,}\.$/),
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: threshold,
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      });
    },
  );

  test.each(watched)('of %s notify a topic: nine the one that wakes somebody', (stage) => {
    for (const [name, alarm] of alarmsOf(templates[stage], stage)) {
      const pages = pagingAlarms.has(name);
      const topic = pages ? '<OperationsPageTopic>' : '<OperationsTopic>';
      expect((alarm['AlarmActions'] as unknown[]).map(textOf)).toEqual([topic]);
      // And once more when it is over.
      expect((alarm['OKActions'] as unknown[]).map(textOf)).toEqual([topic]);
      expect(alarm['ActionsEnabled'] ?? true).toBe(true);
    }
    expect(textOf(templates[stage].Outputs?.['AlarmTopic']?.Value)).toBe('<OperationsTopic>');
    expect(textOf(templates[stage].Outputs?.['PageTopic']?.Value)).toBe('<OperationsPageTopic>');
  });

  test.each(watched)('of %s on latency are about a hundred requests or more that met no other', (stage) => {
    const { Metrics } = alarmsOf(templates[stage], stage).get('LatencyP99') as {
      readonly Metrics: readonly MetricQuery[];
    };
    const ofFunction = `PaymentCancel UncontendedDuration service=payment-cancel-${stage}`;
    expect(metricsById(Metrics)).toEqual({
      requests: `${ofFunction} SampleCount of 300 s`,
      p99: `${ofFunction} p99 of 300 s`,
    });
    expect(expressionOf(Metrics)).toBe('IF(FILL(requests, 0) >= 100, p99, 0)');
  });

  test.each(watched)('of %s count over five minutes, and keys that expire over a day', (stage) => {
    for (const [name, { Period, Metrics }] of alarmsOf(templates[stage], stage)) {
      const queries = (Metrics ?? []) as readonly MetricQuery[];
      const periods = [Period, ...queries.map(({ MetricStat }) => MetricStat?.Period)].filter(Boolean);
      expect(new Set(periods)).toEqual(new Set([name === 'KeysExpiring' ? 86_400 : 300]));
    }
  });

  const ofFunction = 'FunctionName=<FunctionCancelFunction> Resource=<FunctionCancelFunction>:live';
  const ofVersion = `ExecutedVersion=<FunctionCancelFunctionCurrentVersion.Version> ${ofFunction}`;

  test.each(
    watched.flatMap((stage) => [
      {
        stage,
        alarm: 'FunctionErrors',
        failures: `AWS/Lambda Errors ${ofFunction}`,
        all: `AWS/Lambda Invocations ${ofFunction}`,
      },
      {
        stage,
        alarm: 'VersionErrors',
        failures: `AWS/Lambda Errors ${ofVersion}`,
        all: `AWS/Lambda Invocations ${ofVersion}`,
      },
    ]),
  )('$alarm of $stage are percent, from the third failure on', ({ stage, alarm, failures, all }) => {
    const { Metrics } = alarmsOf(templates[stage], stage).get(alarm) as { readonly Metrics: readonly MetricQuery[] };
    expect(metricsById(Metrics)).toEqual({ failures: `${failures} Sum of 300 s`, all: `${all} Sum of 300 s` });
    expect(expressionOf(Metrics)).toBe('IF(FILL(failures, 0) >= 3, 100 * failures / all, 0)');
  });

  test.each(watched)('ServerErrors of %s are percent too, and leave out an order that was too busy', (stage) => {
    const { Metrics } = alarmsOf(templates[stage], stage).get('ServerErrors') as {
      readonly Metrics: readonly MetricQuery[];
    };
    expect(metricsById(Metrics)).toEqual({
      failures: `AWS/ApiGateway 5XXError ${ofCancelMethod(stage)} Sum of 300 s`,
      all: `AWS/ApiGateway Count ${ofCancelMethod(stage)} Sum of 300 s`,
      leftOut: `PaymentCancel Contended service=payment-cancel-${stage} Sum of 300 s`,
    });
    const expression = expressionOf(Metrics);
    expect(expression).toBe(
      'IF(FILL(failures, 0) - FILL(leftOut, 0) >= 3, 100 * (failures - FILL(leftOut, 0)) / all, 0)',
    );
  });

  test.each(watched)('RetriesExhausted of %s leaves out what Contended counts', (stage) => {
    const { Metrics } = alarmsOf(templates[stage], stage).get('RetriesExhausted') as {
      readonly Metrics: readonly MetricQuery[];
    };
    const ofRoutes = signedRoutes.map((route) => `PaymentCancel Unavailable service=payment-${route}-${stage}`);
    expect(metricsById(Metrics)).toEqual({
      ...Object.fromEntries(ofRoutes.map((metric, index) => [`m${index}`, `${metric} Sum of 300 s`])),
      contended: `PaymentCancel Contended service=payment-cancel-${stage} Sum of 300 s`,
    });
    const sum = ofRoutes.map((_metric, index) => `FILL(m${index}, 0)`).join(' + ');
    expect(expressionOf(Metrics)).toBe(`${sum} - FILL(contended, 0)`);
  });

  const ofTables = ['Cancellations', 'Executions', 'Orders', 'RefundAccounts', 'StoreKeys'].flatMap((table) =>
    ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => `AWS/DynamoDB ${name} TableName=<Tables${table}>`),
  );

  test.each(
    watched.flatMap((stage) => [
      { stage, alarm: 'TableThrottles', of: 'reads and writes of all tables', metrics: ofTables },
      { stage, alarm: 'FirewallBlocks', of: 'every rule of the firewall', metrics: blockedByRules(stage) },
      {
        stage,
        alarm: 'AuthenticationFailures',
        of: 'every signed route',
        metrics: signedRoutes.map((route) => `PaymentCancel AuthenticationFailed service=payment-${route}-${stage}`),
      },
      {
        stage,
        alarm: 'InvariantViolated',
        of: 'every signed route',
        metrics: signedRoutes.map((route) => `PaymentCancel InvariantViolated service=payment-${route}-${stage}`),
      },
      {
        stage,
        alarm: 'WebhookSenderFailures',
        of: 'webhooks that come again because AWS did not answer, and crashes of what sends them',
        metrics: [
          `PaymentCancel WebhookRedelivered service=payment-webhook-sender-${stage}`,
          'AWS/Lambda Errors FunctionName=<RefundsWebhooksSenderFunction>',
        ],
      },
      {
        stage,
        alarm: 'PublisherFailures',
        of: 'events that are sent again, and crashes of what sends them',
        metrics: [
          `PaymentCancel PublishFailed service=payment-publisher-${stage}`,
          'AWS/Lambda Errors FunctionName=<RefundsOutPublisherFunction>',
        ],
      },
      {
        stage,
        alarm: 'DetailErrors',
        of: 'internal errors of the functions that only read, and their crashes',
        metrics: readFunctions.flatMap(({ id, name }) => [
          `AWS/Lambda Errors FunctionName=<${id}Function>`,
          `PaymentCancel InternalError service=payment-${name}-${stage}`,
        ]),
      },
    ]),
  )('$alarm of $stage are the sum over $of', ({ stage, alarm, metrics }) => {
    const { Metrics } = alarmsOf(templates[stage], stage).get(alarm) as { readonly Metrics: readonly MetricQuery[] };
    const summands = Metrics.filter(({ MetricStat }) => MetricStat !== undefined);
    expect(new Set(summands.map(({ MetricStat }) => describeMetric(MetricStat?.Metric)))).toEqual(new Set(metrics));
    expect(expressionOf(Metrics).split(' + ')).toEqual(summands.map(({ Id }) => `FILL(${Id}, 0)`));
  });
});

describe('the topics', () => {
  test.each(watched)('of %s are encrypted with a key that rotates and that CloudWatch may use', (stage) => {
    const topics = resourcesOf(templates[stage], 'AWS::SNS::Topic');
    expect(topics.map(([, { Properties }]) => textOf(Properties['KmsMasterKeyId']))).toEqual([
      '<OperationsTopicKey.Arn>',
      '<OperationsTopicKey.Arn>',
    ]);
    const key = propertiesOf(templates[stage], 'AWS::KMS::Key', 'OperationsTopicKey');
    expect(key['EnableKeyRotation']).toBe(true);
    const ofCloudWatch = statementsOf(key['KeyPolicy']).filter(isOfCloudWatch);
    expect(ofCloudWatch.flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']),
    );
    expect(ofCloudWatch.map(({ Effect }) => Effect)).toEqual(ofCloudWatch.map(() => 'Allow'));
  });

  test.each(bothTopics)('of $stage take nothing that is not encrypted on its way: $policy', ({ stage, policy }) => {
    expect(topicStatementsOf(stage, policy)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 'sns:Publish',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  // A topic with a policy of its own has lost the one that lets the account's alarms publish.
  test.each(bothTopics)('of $stage let CloudWatch publish: $policy', ({ stage, policy }) => {
    expect(topicStatementsOf(stage, policy).filter(isOfCloudWatch)).toEqual([
      expect.objectContaining({ Effect: 'Allow', Action: 'sns:Publish' }),
    ]);
  });
});

describe('the metrics', () => {
  test.each(watched)('that alarms of %s name are ones that are counted', (stage) => {
    const named = [...alarmsOf(templates[stage], stage).values()].flatMap(metricsOfAlarm);
    expect(named.length).toBeGreaterThanOrEqual(alarms.length);
    for (const metric of named) expect(isCounted(stage, metric) ? '' : metric).toBe('');
  });

  test.each(stageNames)('that the dashboard of %s names are ones that are counted', (stage) => {
    const named = widgetsOf(stage).flatMap(metricsOfWidget);
    expect(named.length).toBeGreaterThanOrEqual(alarms.length);
    for (const metric of named) expect(isCounted(stage, metric) ? '' : metric).toBe('');
  });

  test('are distinguished by the name under which a function counts', () => {
    expect(isCounted('prod', 'PaymentCancel Canceled service=payment-cancel-prod')).toBe(true);
    expect(isCounted('prod', 'PaymentCancel Canceled service=payment-cancel-dev')).toBe(false);
    expect(isCounted('prod', 'PaymentCancel NoSuchMetric service=payment-cancel-prod')).toBe(false);
    expect(isCounted('prod', 'PaymentCancel Canceled')).toBe(false);
  });

  test.each(stageNames)('of %s that count lines of the access log read fields that a line has', (stage) => {
    const { Format } = propertiesOf(templates[stage], 'AWS::ApiGateway::Stage')['AccessLogSetting'] as {
      readonly Format: string;
    };
    const { FilterPattern, LogGroupName } = propertiesOf(templates[stage], 'AWS::Logs::MetricFilter');
    const line = JSON.parse(Format) as Record<string, string>;
    const [, status = '', method = ''] =
      /^\{ \(\$\.(\w+) = "429"\) && \(\$\.(\w+) = "POST"\) \}$/.exec(String(FilterPattern)) ?? [];
    expect([line[status], line[method]]).toEqual(['$context.status', '$context.httpMethod']);
    expect(textOf(LogGroupName)).toBe('<GatewayAccessLog>');
  });
});

describe('the dashboard', () => {
  test.each(stageNames)(
    'of %s shows requests, outcomes, latency, refunds and everything that an alarm watches',
    (stage) => {
      expect(propertiesOf(templates[stage], 'AWS::CloudWatch::Dashboard')['DashboardName']).toBe(
        `payment-cancel-${stage}`,
      );
      expect(widgetsOf(stage).map(({ properties }) => properties.title)).toEqual([
        'Requests',
        'Outcomes',
        'Latency',
        'Refunds',
        'Webhooks',
        'Blocked by rule',
        ...alarms.map(({ alarm }) => alarm),
      ]);
    },
  );
});

describe('the logs', () => {
  test.each([
    { stage: 'dev', days: 7, policy: 'Delete' },
    { stage: 'staging', days: 30, policy: 'RetainExceptOnCreate' },
    { stage: 'prod', days: 365, policy: 'RetainExceptOnCreate' },
  ] as const)('of $stage are kept for $days days', ({ stage, days, policy }) => {
    const groups = resourcesOf(templates[stage], 'AWS::Logs::LogGroup');
    const expected = [
      'DocumentationDocsLogs',
      'FirewallLog',
      'FunctionCancelLogs',
      'GatewayAccessLog',
      'RefundsBackTakerLogs',
      'RefundsInTakerLogs',
      'RefundsOutPublisherLogs',
      'RefundsWebhooksSenderLogs',
      'ReleasePreTrafficLogs',
      ...(stage === 'dev' ? [] : ['ReleasePostTrafficLogs']),
      ...readFunctions.map(({ id }) => `${id}Logs`),
    ];
    expect(groups.map(([id]) => nameOf(id)).toSorted()).toEqual(expected.toSorted());
    for (const [, group] of groups) {
      expect(group).toMatchObject({ DeletionPolicy: policy, Properties: { RetentionInDays: days } });
    }
  });
});

interface Widget {
  readonly properties: { readonly title: string; readonly metrics: ReadonlyArray<readonly unknown[]> };
}

interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Principal?: unknown;
}

/** The dimensions of the one route that alarms are about. */
function ofCancelMethod(stage: StageName): string {
  return `ApiName=payment-cancel-${stage} Method=POST Resource=/api/v2/payment/cancel Stage=${stage}`;
}

function widgetsOf(stage: StageName): readonly Widget[] {
  const body = textOf(propertiesOf(templates[stage], 'AWS::CloudWatch::Dashboard')['DashboardBody']);
  return (JSON.parse(body) as { readonly widgets: readonly Widget[] }).widgets;
}

function rulesOf(stage: StageName): string[] {
  const rules = propertiesOf(templates[stage], 'AWS::WAFv2::WebACL')['Rules'];
  return (rules as ReadonlyArray<{ readonly Name: string }>).map(({ Name }) => Name);
}

function blockedByRules(stage: StageName): string[] {
  const acl = `payment-cancel-${stage}`;
  return rulesOf(stage).map((rule) => `AWS/WAFV2 BlockedRequests Region=<AWS::Region> Rule=${rule} WebACL=${acl}`);
}

/** A row of a widget is the namespace, the name, names and values of dimensions, and options; or an expression. */
function metricsOfWidget({ properties }: Widget): string[] {
  return properties.metrics.flatMap((row) => {
    const [namespace, name, ...others] = row.filter((part): part is string => typeof part === 'string');
    if (namespace === undefined || name === undefined) return [];
    const dimensions = others.flatMap((part, index) => (index % 2 === 0 ? [`${part}=${others[index + 1]}`] : []));
    return [[namespace, name, ...dimensions].join(' ')];
  });
}

/** What AWS counts of the resources of the stack. */
const countedByAws = [
  /^AWS\/ApiGateway (Count|4XXError|5XXError|Latency) ApiName=payment-cancel-(dev|staging|prod)( Method=POST Resource=\/api\/v2\/payment\/cancel Stage=(dev|staging|prod))?$/,
  /^AWS\/Lambda (Errors|Invocations|Throttles) (ExecutedVersion=<FunctionCancelFunctionCurrentVersion.Version> )?FunctionName=<FunctionCancelFunction> Resource=<FunctionCancelFunction>:live$/,
  new RegExp(`^AWS/Lambda Errors FunctionName=<(${readFunctions.map(({ id }) => id).join('|')})Function>$`),
  /^AWS\/WAFV2 BlockedRequests Region=<AWS::Region> Rule=\w+ WebACL=payment-cancel-(dev|staging|prod)$/,
  /^AWS\/Lambda (Errors|IteratorAge) FunctionName=<RefundsOutPublisherFunction>$/,
  /^AWS\/Lambda Errors FunctionName=<RefundsWebhooksSenderFunction>$/,
  /^AWS\/SQS ApproximateNumberOfMessagesVisible QueueName=<Refunds(Out|Back|In|Webhooks)DeadLetters.QueueName>$/,
  /^AWS\/SQS ApproximateNumberOfMessages(Not)?Visible QueueName=<RefundsWebhooksQueue.QueueName>$/,
  /^AWS\/DynamoDB (Read|Write)ThrottleEvents TableName=<Tables(Orders|Cancellations|StoreKeys|RefundAccounts|Executions|Endpoints)>$/,
];

/** Whether a function, a metric filter of the stack or AWS counts it. */
function isCounted(stage: StageName, metric: string): boolean {
  const durations = [durationMetric, uncontendedDurationMetric];
  const countedBy = (name: string, names: readonly string[]) => {
    const { Environment } = propertiesOf(templates[stage], 'AWS::Lambda::Function', name) as {
      readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
    };
    const service = String(Environment.Variables['SERVICE_NAME']);
    return names.map((metricName) => `${metricNamespace} ${metricName} service=${service}`);
  };
  const byFunctions = [
    ...countedBy('FunctionCancelFunction', [...commonMetricNames, ...cancelMetricNames, ...durations]),
    ...readFunctions.flatMap(({ id }) =>
      countedBy(`${id}Function`, [...commonMetricNames, ...readMetricNames, ...durations]),
    ),
    ...countedBy('RefundsOutPublisherFunction', publisherMetricNames),
    ...countedBy('RefundsBackTakerFunction', takerMetricNames),
    ...countedBy('RefundsWebhooksSenderFunction', senderMetricNames),
    ...countedBy('RefundsInTakerFunction', orderTakerMetricNames),
  ];
  const byFilters = resourcesOf(templates[stage], 'AWS::Logs::MetricFilter').flatMap(([, { Properties }]) =>
    (Properties['MetricTransformations'] as ReadonlyArray<Record<string, string>>).map(
      ({ MetricNamespace, MetricName }) => `${MetricNamespace} ${MetricName}`,
    ),
  );
  return [...byFunctions, ...byFilters].includes(metric) || countedByAws.some((pattern) => pattern.test(metric));
}

function statementsOf(policy: unknown): readonly Statement[] {
  return (policy as { readonly Statement: readonly Statement[] }).Statement;
}

function topicStatementsOf(stage: StageName, policy: string): readonly Statement[] {
  return statementsOf(propertiesOf(templates[stage], 'AWS::SNS::TopicPolicy', policy)['PolicyDocument']);
}

function isOfCloudWatch({ Principal }: Statement): boolean {
  return (Principal as { readonly Service?: unknown } | undefined)?.Service === 'cloudwatch.amazonaws.com';
}
