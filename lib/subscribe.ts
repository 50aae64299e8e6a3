import type { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Subscriber } from './stages.ts';

/** Subscribes e-mail addresses and URLs to a topic. @throws Error naming one that is neither */
export function subscribe(topic: Topic, subscribers: readonly Subscriber[]): void {
  for (const subscriber of subscribers) {
    if (/^https:\/\/[^\s/]+\S*$/.test(subscriber)) topic.addSubscription(new UrlSubscription(subscriber));
    else if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(subscriber))
      topic.addSubscription(new EmailSubscription(subscriber));
    else {
      throw new Error(
        `The subscriber ${JSON.stringify(subscriber)} is not understood: give an e-mail address, or a URL that begins ` +
          'with https://.',
      );
    }
  }
}
