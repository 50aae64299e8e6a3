import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** As long as SQS keeps anything: time for somebody to look. */
const retentionPeriod = Duration.days(14);

const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod };

/** A queue for what could not be processed. Somebody looks at it, and sends it again from there. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, safe);
  const reason = 'It is the last queue: somebody looks at what is in it, and an alarm wakes them.';
  Validations.of(queue).acknowledge(
    { id: 'AwsSolutions::AwsSolutions-SQS3', reason },
    { id: 'Serverless::Serverless-SQSRedrivePolicy', reason },
  );
  return queue;
}

interface Reading {
  /** How long the function that reads it may take. */
  readonly functionSeconds: number;
  /** After so many receives a message is a dead letter. */
  readonly maxReceives: number;
}

/** A queue that a function reads. A message that it does not take comes again, and is a dead letter at last. */
export function messageQueue(
  scope: Construct,
  id: string,
  deadLetters: Queue,
  { functionSeconds, maxReceives }: Reading,
): Queue {
  return new Queue(scope, id, {
    ...safe,
    // AWS recommends six times the timeout of the function.
    visibilityTimeout: Duration.seconds(6 * functionSeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: maxReceives },
  });
}
