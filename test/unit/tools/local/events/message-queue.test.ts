import { EventEmitter, once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { MessageQueue } from '../../../../../tools/local/events/message-queue.ts';

const queues: MessageQueue[] = [];
afterEach(() => {
  for (const queue of queues.splice(0)) queue.stop();
});

/** A queue whose reader fails messages as the script says: by body, how often. */
function queueOf(failures: Readonly<Record<string, number>>, maxReceiveCount?: number) {
  const deadLetters = new MessageQueue({
    name: 'dead',
    visibilityMs: 1,
    maxReceiveCount: undefined,
    deadLetters: undefined,
  });
  const queue = new MessageQueue({ name: 'queue', visibilityMs: 1, maxReceiveCount, deadLetters });
  queues.push(queue, deadLetters);
  const left = new Map(Object.entries(failures));
  const batches: string[][] = [];
  const events = new EventEmitter();
  queue.read({
    batchSize: 3,
    concurrency: 2,
    async take({ Records }: SQSEvent) {
      batches.push(Records.map(({ body }) => body));
      events.emit('batch');
      const failed = Records.filter(({ body }) => (left.get(body) ?? 0) > 0);
      for (const { body } of failed) left.set(body, (left.get(body) ?? 0) - 1);
      if (Records.some(({ body }) => body === 'throws') && failed.length > 0) throw new Error('the function ended');
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
  });
  const batch = async () => await once(events, 'batch', { signal: AbortSignal.timeout(10_000) });
  return { queue, deadLetters, batches, batch };
}

test('messages are read in batches of the size of the mapping', async () => {
  const { queue, batches, batch } = queueOf({});
  for (const body of ['1', '2', '3', '4']) queue.send(body);
  while (batches.flat().length < 4) await batch();
  expect(batches.flat().toSorted()).toEqual(['1', '2', '3', '4']);
  expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(3);
});

test('a message that fails comes again, alone', async () => {
  const { queue, batches, batch } = queueOf({ '2': 1 });
  queue.send('1');
  queue.send('2');
  while (batches.flat().filter((body) => body === '2').length < 2) await batch();
  expect(batches.flat().filter((body) => body === '1')).toHaveLength(1);
});

test('all of a batch come again when the function ends', async () => {
  const { queue, batches, batch } = queueOf({ throws: 1 });
  queue.send('throws');
  while (batches.length < 2) await batch();
  expect(batches).toEqual([['throws'], ['throws']]);
});

test('a message that fails too often is a dead letter', async () => {
  const { queue, deadLetters, batches, batch } = queueOf({ bad: 99 }, 2);
  queue.send('bad');
  while (batches.length < 2) await batch();
  const { promise, resolve } = Promise.withResolvers<string>();
  deadLetters.read({
    batchSize: 1,
    concurrency: 1,
    async take({ Records }) {
      resolve(Records[0]?.body ?? '');
      return { batchItemFailures: [] };
    },
  });
  expect(await promise).toBe('bad');
  expect(batches).toHaveLength(2);
});

test('as many batches are worked on at once as the mapping allows, and no more', async () => {
  const queue = new MessageQueue({
    name: 'queue',
    visibilityMs: 1,
    maxReceiveCount: undefined,
    deadLetters: undefined,
  });
  queues.push(queue);
  const held: Array<() => void> = [];
  const events = new EventEmitter();
  queue.read({
    batchSize: 1,
    concurrency: 2,
    async take() {
      events.emit('batch');
      await new Promise<void>((resolve) => held.push(resolve));
      return { batchItemFailures: [] };
    },
  });
  for (const body of ['1', '2', '3']) queue.send(body);
  expect(held).toHaveLength(2);
  const next = once(events, 'batch', { signal: AbortSignal.timeout(10_000) });
  held[0]?.();
  await next;
  expect(held).toHaveLength(3);
  for (const end of held) end();
});

test('a message that fails comes again when its visibility was changed to, and once only', async () => {
  const queue = new MessageQueue({
    name: 'queue',
    // So long that only the changed visibility lets it come again within the test.
    visibilityMs: 1_000_000,
    maxReceiveCount: undefined,
    deadLetters: undefined,
  });
  queues.push(queue);
  const events = new EventEmitter();
  queue.read({
    batchSize: 1,
    concurrency: 1,
    async take({ Records: [record] }) {
      const isFirst = record?.attributes.ApproximateReceiveCount === '1';
      if (isFirst) queue.changeVisibility(record.receiptHandle, 1);
      else events.emit('again');
      return { batchItemFailures: isFirst ? [{ itemIdentifier: record.messageId }] : [] };
    },
  });
  const again = once(events, 'again', { signal: AbortSignal.timeout(10_000) });
  queue.send('1');
  await again;
  expect(queue.messages).toEqual([]);
});
