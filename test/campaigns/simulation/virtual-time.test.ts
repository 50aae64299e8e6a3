import { describe, expect, test } from '@jest/globals';
import { Random } from '../../support/random.ts';
import { VirtualTime } from './virtual-time.ts';

describe('virtual time', () => {
  test('lets events happen in their order, those of one instant as they were planned', async () => {
    const time = new VirtualTime(1000);
    const random = new Random(1);
    const happened: number[][] = [];
    for (let index = 0; index < 500; index += 1) {
      const delayMs = random.below(50);
      time.after(delayMs, () => happened.push([time.nowMs, index]));
    }
    await time.run(1000);
    expect(happened).toHaveLength(500);
    const sorted = happened.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
    expect(happened).toEqual(sorted);
    expect(time.step).toBe(500);
  });

  test('ends whatever an event sets free before the next event', async () => {
    const time = new VirtualTime(0);
    const happened: string[] = [];
    const chain = async () => {
      for (let link = 0; link < 5; link += 1) await Promise.resolve();
      happened.push('chain');
    };
    time.after(1, () => void chain());
    time.after(1, () => happened.push('next'));
    await time.run(10);
    expect(happened).toEqual(['chain', 'next']);
  });

  test('does not wait for an event that was canceled', async () => {
    const time = new VirtualTime(0);
    const event = time.after(9000, () => {
      throw new Error('It happened.');
    });
    time.after(1, () => (event.isCanceled = true));
    await time.run(10);
    expect(time.nowMs).toBe(1);
  });

  test('does not go round in circles', async () => {
    const time = new VirtualTime(0);
    const again = () => void time.after(1, again);
    again();
    await expect(time.run(100)).rejects.toThrow('There is no end to it after 100 events.');
  });

  test('fails as the event does that fails', async () => {
    const time = new VirtualTime(0);
    time.after(1, () => {
      throw new Error('The event failed.');
    });
    await expect(time.run(100)).rejects.toThrow('The event failed.');
  });
});
