import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type AlarmRule, metricsOf, period, sum, sumOf } from './alarm-metrics.ts';
import type { EventChain } from './event-chain.ts';

/** The alarms about orders that come in, refunds and webhooks: money that does not move, or that may have moved twice. */
export function chainAlarmRules({ publisher, resultTaker, orderTaker, webhookSender }: EventChain): AlarmRule[] {
  const ofPublisher = metricsOf(publisher.serviceName);
  const ofTaker = metricsOf(resultTaker.serviceName);
  const ofOrderTaker = metricsOf(orderTaker.serviceName);
  const ofSender = metricsOf(webhookSender.serviceName);
  return [
    {
      id: 'RefundsDelayed',
      description:
        'Refunds that were recorded five minutes ago have not left: after 20 hours they are dead letters. Page.',
      metric: publisher.function.metric('IteratorAge', { statistic: Stats.MAXIMUM, period }),
      threshold: 5 * 60 * 1000,
      pages: true,
    },
    {
      id: 'RefundsNotPublished',
      description: 'Refunds were given up, and nobody is asked for them: they are dead letters. Page.',
      metric: lettersIn(publisher.deadLetters),
      threshold: 1,
      pages: true,
    },
    {
      id: 'ReportsRefused',
      description: 'Reports of an executor could not be taken: they are dead letters. Page.',
      metric: lettersIn(resultTaker.deadLetters),
      threshold: 1,
      pages: true,
    },
    {
      id: 'PaidTwice',
      description: 'A refund was reported as paid beside another attempt or a settlement by hand. Page.',
      metric: ofTaker('PaidTwice'),
      threshold: 1,
      pages: true,
    },
    {
      id: 'PlatformEventsRefused',
      description: 'Events about orders and payments could not be taken: they are dead letters. Page.',
      metric: lettersIn(orderTaker.deadLetters),
      threshold: 1,
      pages: true,
    },
    {
      id: 'CaptureAfterVoid',
      description: 'Money of orders that were canceled before was captured, and is being paid back. Page.',
      metric: ofOrderTaker('CaptureAfterVoid'),
      threshold: 1,
      pages: true,
    },
    {
      id: 'PlatformEventsWaiting',
      description: 'Many events about orders and payments come before what they are about: they are delivered again.',
      metric: ofOrderTaker('EventRedelivered'),
      threshold: 1000,
    },
    {
      id: 'ReportsWaiting',
      description:
        'Many reports of executors come before what they are about, or a table fails: they are delivered again.',
      metric: ofTaker('ReportRedelivered'),
      threshold: 1000,
    },
    {
      id: 'PublisherFailures',
      description: 'The bus or a table did not take events: they are sent again.',
      metric: sumOf([ofPublisher('PublishFailed'), publisher.function.metricErrors(sum)], 'Events sent again'),
      threshold: 10,
    },
    {
      id: 'RefundsFailed',
      description: 'An executor reported that refunds have failed: somebody has to look, and retry or resolve them.',
      metric: ofTaker('RefundFailed'),
      threshold: 1,
    },
    {
      id: 'SuccessAfterFailure',
      description: 'An executor reported a success after a failure of the same attempt: it breaks its contract.',
      metric: ofTaker('SuccessAfterFailure'),
      threshold: 1,
    },
    {
      id: 'WebhookSenderFailures',
      description: 'The table of endpoints or a queue did not answer the webhook sender: webhooks come again.',
      metric: sumOf(
        [ofSender('WebhookRedelivered'), webhookSender.function.metricErrors(sum)],
        'Webhooks that come again',
      ),
      threshold: 10,
    },
    {
      id: 'WebhooksNotDelivered',
      description: 'Webhooks were given up, of endpoints that did not answer or are paused: they are dead letters.',
      metric: lettersIn(webhookSender.deadLetters),
      threshold: 1,
    },
    {
      id: 'EndpointPaused',
      description: 'An endpoint has been failing for an hour: what is new for it goes to the dead letters.',
      metric: ofSender('WebhookPaused'),
      threshold: 1,
    },
    {
      id: 'EndpointGone',
      description: 'An endpoint has answered 410: nothing is sent to it until it is set anew.',
      metric: ofSender('EndpointGone'),
      threshold: 1,
    },
    {
      id: 'WebhooksDelayed',
      description:
        'For five minutes there were always webhooks that nobody had begun to send: also for good endpoints.',
      metric: webhookSender.queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MINIMUM, period }),
      threshold: 100,
    },
    {
      id: 'WebhooksWaiting',
      description:
        'So many webhooks wait for endpoints in trouble that the queue may take no more turns: 120,000 is the end.',
      metric: webhookSender.queue.metricApproximateNumberOfMessagesNotVisible({ statistic: Stats.MAXIMUM, period }),
      threshold: 60_000,
    },
  ];
}

function lettersIn(queue: Queue) {
  return queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period });
}
