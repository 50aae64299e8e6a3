import { expect, test } from '@jest/globals';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import { Random } from '../../../support/random.ts';
import { newStatistics } from '../statistics.ts';
import { VirtualTime } from '../virtual-time.ts';
import { Stream } from './stream.ts';

type Answer = DynamoDBBatchResponse | undefined;

/** The batches that a function gets whose first invocations answer like this; later ones do all that they get. */
async function batchesOf(count: number, answers: ReadonlyArray<(numbers: string[]) => Answer>, rewindBy = 0) {
  const time = new VirtualTime(0);
  const batches: string[][] = [];
  const surroundings = { time, random: new Random(1), statistics: newStatistics(), trace: undefined };
  const stream = new Stream('Table', 'INSERT', surroundings, ({ Records }, end) => {
    const numbers = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    batches.push(numbers.map((number) => String(Number(number))));
    const answer = answers[batches.length - 1];
    time.after(5, () => end(answer === undefined ? { batchItemFailures: [] } : answer(numbers)));
  });
  for (let index = 0; index < count; index += 1) {
    stream.add({ table: 'Table', shownAt: 0, before: undefined, after: { orderKey: 'A', v: BigInt(index) } });
  }
  if (rewindBy > 0) time.after(10_000, () => stream.rewind(rewindBy));
  await time.run(1000);
  return batches.map((batch) => batch.join());
}

const failing =
  (...places: readonly number[]) =>
  (numbers: string[]) => ({
    batchItemFailures: places.map((place) => ({ itemIdentifier: numbers[place] ?? '' })),
  });

test('a stream is read in batches', async () => {
  expect(await batchesOf(12, [])).toEqual(['1,2,3,4,5,6,7,8,9,10', '11,12']);
});

test('a batch comes again from the lowest number that failed', async () => {
  expect(await batchesOf(4, [failing(3, 1)])).toEqual(['1,2,3,4', '2,3,4']);
});

test('a batch comes again as a whole when what failed is none of it', async () => {
  expect(await batchesOf(2, [() => ({ batchItemFailures: [{ itemIdentifier: 'x' }] })])).toEqual(['1,2', '1,2']);
});

test('a batch comes again in halves after the function died', async () => {
  expect(await batchesOf(4, [() => undefined, () => undefined])).toEqual(['1,2,3,4', '1,2', '1', '2,3,4']);
});

test('what was read before is read again once the checkpoint was moved back', async () => {
  expect(await batchesOf(3, [], 2)).toEqual(['1,2,3', '2,3']);
});
