import { expect, test } from '@jest/globals';
import type { SQSBatchResponse } from 'aws-lambda';
import { Random } from '../../../support/random.ts';
import { newStatistics } from '../statistics.ts';
import { VirtualTime } from '../virtual-time.ts';
import { eachMinute, type Message, Queue } from './queue.ts';
import type { ChainSurroundings } from './surroundings.ts';

/** How often each body was received before all came to rest, and which were given up. */
async function received(bodies: readonly string[], respond: (ids: string[]) => SQSBatchResponse | undefined) {
  const time = new VirtualTime(0);
  const counts = new Map<string, number>();
  const givenUp: Message[] = [];
  const surroundings = { time, random: new Random(7), statistics: newStatistics() } as unknown as ChainSurroundings;
  const queue = new Queue(surroundings, eachMinute, {
    invoke({ Records }, end) {
      for (const { body } of Records) counts.set(body, (counts.get(body) ?? 0) + 1);
      end(respond(Records.map(({ messageId }) => messageId)));
    },
    givenUp: (message) => givenUp.push(message),
  });
  for (const body of bodies) queue.send(body);
  await time.run(10_000);
  return { counts, givenUp: givenUp.map(({ body }) => body), left: queue.size };
}

test('a message that was finished comes no more', async () => {
  const { counts, left } = await received(['a', 'b'], () => ({ batchItemFailures: [] }));
  expect([...counts.keys()].toSorted()).toEqual(['a', 'b']);
  expect(left).toBe(0);
});

test('a message that fails comes again until it is given up, and no other does', async () => {
  const { counts, givenUp, left } = await received(['a', 'b'], (ids) => ({
    batchItemFailures: ids.filter((id) => id === 'message 1').map((itemIdentifier) => ({ itemIdentifier })),
  }));
  expect(counts.get('a')).toBe(12);
  expect({ givenUp, left }).toEqual({ givenUp: ['a'], left: 0 });
});

test.each([
  ['the function died', () => undefined],
  ['what failed is none of it', () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] })],
])('all of a batch comes again when %s', async (_why, respond) => {
  const { counts, givenUp } = await received(['a', 'b'], respond);
  expect([...counts.values()]).toEqual([12, 12]);
  expect(givenUp.toSorted()).toEqual(['a', 'b']);
});

test('a message comes again when the function has said, and not when its time in the queue is over', async () => {
  const time = new VirtualTime(0);
  const receivedMs: number[] = [];
  const surroundings = { time, random: new Random(3), statistics: newStatistics() } as unknown as ChainSurroundings;
  const queue = new Queue(surroundings, eachMinute, {
    invoke({ Records: [record] }, end) {
      receivedMs.push(time.nowMs);
      if (receivedMs.length === 1) queue.delay(record?.receiptHandle ?? '', 5);
      const isDone = receivedMs.length > 1;
      end({ batchItemFailures: isDone ? [] : [{ itemIdentifier: record?.messageId ?? '' }] });
    },
    givenUp: () => undefined,
  });
  queue.send('a');
  await time.run(1000);
  const [first = 0, second = 0] = receivedMs;
  expect(second - first).toBeGreaterThanOrEqual(5000);
  expect(second - first).toBeLessThan(6000);
});
