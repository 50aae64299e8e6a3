import { Validations } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Subscriber } from './stages.ts';

/** Subscribes e-mail addresses and URLs to a topic. @throws Error naming one that is neither */
export function subscribe(topic: Topic, subscribers: readonly Subscriber[]): void {
  for (const subscriber of subscribers) {
    const subscription = topic.addSubscription(subscriptionOf(subscriber));
    Validations.of(subscription).acknowledge({
      id: 'Serverless::Serverless-SNSRedrivePolicy',
      reason:
        'SNS tries a mail or a URL again for hours. What it could not deliver then is no news any more, and the history ' +
        'of the alarm has it: nobody would work off a dead letter queue.',
    });
  }
}

function subscriptionOf(subscriber: Subscriber): EmailSubscription | UrlSubscription {
  if (/^https:\/\/[^\s/]+\S*$/.test(subscriber)) return new UrlSubscription(subscriber);
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(subscriber)) return new EmailSubscription(subscriber);
  throw new Error(
    `The subscriber ${JSON.stringify(subscriber)} is not understood: give an e-mail address, or a URL that begins ` +
      'with https://.',
  );
}
