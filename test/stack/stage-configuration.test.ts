import { describe, expect, test } from '@jest/globals';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { App, Stack } from 'aws-cdk-lib/core';
import { PaymentCancelStack } from '../../lib/payment-cancel-stack.ts';
import { reservedInstancesOf } from '../../lib/reserved-instances.ts';
import { subscribe } from '../../lib/subscribe.ts';
import { stageNames } from '../support/assemblies.ts';
import { cdkContext } from '../support/cdk-context.ts';
import { unfilledStage } from '../support/unfilled-stage.ts';
import { templateOf } from '../support/synthesize-template.ts';
import { resourcesOf, templatesByStage, textOf } from '../support/templates.ts';

const templates = templatesByStage();
const newApp = () => new App({ context: cdkContext() });

describe('the place of a stage', () => {
  test('is that of its stack, which cdk then deploys nowhere else', () => {
    const environment = { account: '012345678901', region: 'ap-northeast-2' };
    const { account, region } = new PaymentCancelStack(newApp(), { ...unfilledStage('prod'), environment });
    expect({ account, region }).toEqual(environment);
  });
});

describe('the subscribers of a stage', () => {
  test('are subscribed each to its topic', () => {
    const subscribers = {
      pages: ['https://events.example.com/wake', 'wake@example.com'],
      alarms: ['look@example.com'],
    };
    const template = templateOf({ ...unfilledStage('prod'), subscribers });
    const subscriptions = resourcesOf(template, 'AWS::SNS::Subscription').map(([, { Properties }]) => {
      const { Protocol, Endpoint, TopicArn } = Properties;
      return `${textOf(TopicArn)} ${String(Protocol)} ${String(Endpoint)}`;
    });
    expect(subscriptions.toSorted()).toEqual([
      '<OperationsPageTopic> email wake@example.com',
      '<OperationsPageTopic> https https://events.example.com/wake',
      '<OperationsTopic> email look@example.com',
    ]);
  });

  test.each([['http://events.example.com'], ['somebody'], ['+82 10 0000 0000'], ['https://'], ['a@b'], ['']])(
    'that are %j are refused in one line',
    (subscriber) => {
      expect(() => subscribe(new Topic(new Stack(newApp()), 'Topic'), [subscriber])).toThrow(
        `The subscriber ${JSON.stringify(subscriber)} is not understood: give an e-mail address, or a URL that begins ` +
          'with https://.',
      );
    },
  );

  test('do not learn that an alarm is over where the stage says so', () => {
    const template = templateOf({ ...unfilledStage('prod'), notifiesOfRecovery: false });
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
    expect(alarms).not.toEqual([]);
    expect(alarms.filter(([, { Properties }]) => Properties['OKActions'] !== undefined)).toEqual([]);
  });
});

describe('the instances that a stage reserves', () => {
  test.each(stageNames)('of %s are those of all its functions together', (stage) => {
    const reserved = resourcesOf(templates[stage], 'AWS::Lambda::Function').map(([, { Properties }]) =>
      Number(Properties['ReservedConcurrentExecutions'] ?? 0),
    );
    expect(reservedInstancesOf(unfilledStage(stage))).toBe(reserved.reduce((sum, instances) => sum + instances, 0));
  });
});
