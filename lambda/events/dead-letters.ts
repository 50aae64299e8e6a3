import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { RemainingMs } from '../environment/deadline.ts';

/** Where goes what can never be processed, with the reason: somebody looks at it, and it stops nothing else. */
export interface DeadLetters {
  /**
   * @param reason in words, without values of the message
   * @throws the error of AWS: then the message has to come again
   */
  send(body: string, reason: string, remainingMs: RemainingMs): Promise<void>;
}

export function createDeadLetters(client: SQSClient, queueUrl: string): DeadLetters {
  return {
    async send(body, reason, remainingMs) {
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: { reason: { DataType: 'String', StringValue: reason } },
      });
      await client.send(command, { abortSignal: AbortSignal.timeout(Math.max(1, remainingMs())) });
    },
  };
}
