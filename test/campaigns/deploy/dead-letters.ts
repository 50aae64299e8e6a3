import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { until } from './steps.ts';

/** The reasons of dead letters, in the sequence of the alphabet, when there are so many. The letters stay where they are. */
export async function lettersIn(sqs: SQSClient, QueueUrl: string, count: number): Promise<string[]> {
  let reasons: string[] = [];
  await until('the dead letters are there', async () => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageAttributeNames: ['reason'],
    });
    const { Messages = [] } = await sqs.send(command);
    reasons = Messages.map(({ MessageAttributes }) => MessageAttributes?.['reason']?.StringValue ?? '');
    return reasons.length >= count;
  });
  return reasons.toSorted();
}

/** Moves dead letters into a queue, as start-message-move-task does, which the emulator does not have (known-gaps.ts). */
export async function moveLetters(sqs: SQSClient, from: string, to: string, count: number): Promise<void> {
  let moved = 0;
  await until('the dead letters are moved', async () => {
    const command = new ReceiveMessageCommand({ QueueUrl: from, MaxNumberOfMessages: 10 });
    for (const { Body, ReceiptHandle } of (await sqs.send(command)).Messages ?? []) {
      await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
      moved += 1;
    }
    return moved >= count;
  });
}
