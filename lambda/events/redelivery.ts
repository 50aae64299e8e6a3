import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RemainingMs } from '../environment/deadline.ts';

/** When a message comes again that was not taken; without it, when the queue's own time is over. */
export interface Redelivery {
  /** @throws the error of AWS: then the message comes when the queue's own time is over */
  delay(receiptHandle: string, seconds: number, remainingMs: RemainingMs): Promise<void>;
}

export function createRedelivery(client: SQSClient, queueUrl: string): Redelivery {
  return {
    async delay(receiptHandle, seconds, remainingMs) {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
      await client.send(command, { abortSignal: AbortSignal.timeout(Math.max(1, remainingMs())) });
    },
  };
}
