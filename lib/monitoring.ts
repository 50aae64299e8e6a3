import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Dashboard, GraphWidget, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { durationMetric } from '../lambda/environment/metric-names.ts';
import { type AlarmRule, metricsOf, period, sum } from './alarm-metrics.ts';
import { alarmRules, type Watched } from './alarm-rules.ts';
import { subscribe } from './subscribe.ts';

/** What an operator sees: a dashboard, and alarms in two topics. docs/operations.md has a runbook for each alarm. */
export class Monitoring extends Construct {
  /** The alarms that roll a release back. */
  readonly releaseAlarms: Alarm[] = [];
  /** The topics of alarms: one for those that wake somebody up. Undefined if the stage has no alarms. */
  readonly topics: { readonly alarms: Topic; readonly pages: Topic } | undefined;

  constructor(scope: Construct, id: string, props: Watched) {
    super(scope, id);
    const rules = alarmRules(this, props);
    addDashboard(this, props, rules);
    if (!props.stage.hasAlarms) return;

    const key = new Key(this, 'TopicKey', {
      description: `Alarms of payment-cancel-${props.stage.name}`,
      enableKeyRotation: true,
    });
    // CloudWatch publishes alarms of this account only, and must encrypt what it publishes.
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    key.grantEncryptDecrypt(cloudWatch);
    const addTopic = (topicId: string) => {
      const topic = new Topic(this, topicId, { masterKey: key, enforceSSL: true });
      // enforceSSL gives the topic a policy, which replaces the rights that a topic has by default.
      topic.grantPublish(cloudWatch);
      return topic;
    };
    this.topics = { alarms: addTopic('Topic'), pages: addTopic('PageTopic') };
    subscribe(this.topics.alarms, props.stage.subscribers.alarms);
    subscribe(this.topics.pages, props.stage.subscribers.pages);
    for (const { id: alarmId, description, metric, threshold, stopsRelease = false, pages = false } of rules) {
      const alarm = new Alarm(this, alarmId, {
        alarmName: `payment-cancel-${props.stage.name}-${alarmId}`,
        alarmDescription: description,
        metric,
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      const notify = new SnsAction(pages ? this.topics.pages : this.topics.alarms);
      alarm.addAlarmAction(notify);
      if (props.stage.notifiesOfRecovery) alarm.addOkAction(notify);
      if (stopsRelease) this.releaseAlarms.push(alarm);
    }
  }
}

function addDashboard(
  scope: Construct,
  { stage, api, firewall, serviceName, chain: { publisher, resultTaker, webhookSender } }: Watched,
  rules: readonly AlarmRule[],
): void {
  const own = metricsOf(serviceName);
  const ofPublisher = metricsOf(publisher.serviceName);
  const ofTaker = metricsOf(resultTaker.serviceName);
  const ofSender = metricsOf(webhookSender.serviceName);
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: `payment-cancel-${stage.name}` });
  const width = 8;
  dashboard.addWidgets(
    new GraphWidget({ title: 'Requests', width, left: [api.metricCount(sum), api.metricClientError(sum)] }),
    new GraphWidget({ title: 'Outcomes', width, left: [own('Canceled'), own('Replayed'), own('Refused')] }),
    new GraphWidget({
      title: 'Latency',
      width,
      left: [50, 99].map((percentile) => own(durationMetric, Stats.percentile(percentile))),
      right: [api.metricLatency({ statistic: Stats.percentile(99), period })],
    }),
  );
  dashboard.addWidgets(
    new GraphWidget({
      title: 'Refunds',
      width,
      left: [ofPublisher('Published'), ofTaker('ReportTaken'), ofTaker('RefundFailed'), ofTaker('PaidTwice')],
    }),
    new GraphWidget({
      title: 'Webhooks',
      width,
      left: [ofSender('WebhookDelivered'), ofSender('WebhookFailed'), ofSender('WebhookPaused')],
    }),
    new GraphWidget({ title: 'Blocked by rule', width, left: firewall.blockedByRule(sum), stacked: true }),
    ...rules.map(
      ({ id, metric, threshold }) =>
        new GraphWidget({ title: id, width, left: [metric], leftAnnotations: [{ value: threshold, label: 'alarm' }] }),
    ),
  );
}
