import { describe, expect, test } from '@jest/globals';
import { alarmsOf, describeMetric, type MetricOfAlarm } from '../support/alarms.ts';
import { templatesByStage } from '../support/templates.ts';

const templates = templatesByStage();
const lettersIn = (queue: string) =>
  `AWS/SQS ApproximateNumberOfMessagesVisible QueueName=<${queue}.QueueName> Maximum`;
const watched = ['staging', 'prod'] as const;

describe('the alarms', () => {
  test.each(watched)(
    'on refunds of %s are about their function, their dead letters, and the worst of five minutes',
    (stage) => {
      const of = (alarm: string) => {
        const properties = alarmsOf(templates[stage], stage).get(alarm) ?? {};
        const metric = describeMetric(properties as unknown as MetricOfAlarm);
        return `${metric} ${String(properties['Statistic'])}`;
      };
      expect(of('RefundsDelayed')).toBe('AWS/Lambda IteratorAge FunctionName=<RefundsOutPublisherFunction> Maximum');
      expect(of('RefundsNotPublished')).toBe(lettersIn('RefundsOutDeadLetters'));
      expect(of('ReportsRefused')).toBe(lettersIn('RefundsBackDeadLetters'));
      expect(of('WebhooksNotDelivered')).toBe(lettersIn('RefundsWebhooksDeadLetters'));
      // All the time: a burst that is sent within seconds is no delay.
      const queue = 'AWS/SQS ApproximateNumberOfMessages';
      expect(of('WebhooksDelayed')).toBe(`${queue}Visible QueueName=<RefundsWebhooksQueue.QueueName> Minimum`);
      expect(of('WebhooksWaiting')).toBe(`${queue}NotVisible QueueName=<RefundsWebhooksQueue.QueueName> Maximum`);
      for (const [alarm, name] of [
        ['EndpointPaused', 'WebhookPaused'],
        ['EndpointGone', 'EndpointGone'],
      ] as const) {
        expect(of(alarm)).toBe(`PaymentCancel ${name} service=payment-webhook-sender-${stage} Sum`);
      }
      for (const [alarm, name] of [
        ['PaidTwice', 'PaidTwice'],
        ['RefundsFailed', 'RefundFailed'],
        ['SuccessAfterFailure', 'SuccessAfterFailure'],
        ['ReportsWaiting', 'ReportRedelivered'],
      ] as const) {
        expect(of(alarm)).toBe(`PaymentCancel ${name} service=payment-result-taker-${stage} Sum`);
      }
      expect(of('PlatformEventsRefused')).toBe(lettersIn('RefundsInDeadLetters'));
      for (const [alarm, name] of [
        ['CaptureAfterVoid', 'CaptureAfterVoid'],
        ['PlatformEventsWaiting', 'EventRedelivered'],
      ] as const) {
        expect(of(alarm)).toBe(`PaymentCancel ${name} service=payment-order-taker-${stage} Sum`);
      }
    },
  );
});
