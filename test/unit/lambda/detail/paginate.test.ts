import { describe, expect, test } from '@jest/globals';
import { paginate } from '../../../../lambda/detail/paginate.ts';
import type { PastCancellation } from '../../../../lambda/dynamodb/history-repository.ts';
import { startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { cancellationsTo, cancellationTo } from '../../../support/past-cancellations.ts';

const versionsOf = (cancellations: readonly PastCancellation[] = []) =>
  cancellations.map(({ orderVersion }) => orderVersion);

/** The versions on each page of a walk, where the next list is what the repository has by then. */
function walk(lists: readonly PastCancellation[][], limit: number): number[][] {
  const pages: number[][] = [];
  let token: string | undefined;
  for (let index = 0; ; index += 1) {
    const page = paginate(lists[Math.min(index, lists.length - 1)] ?? [], limit, token);
    if (page === undefined) throw new Error('A token was refused.');
    pages.push(versionsOf(page.cancellations));
    token = page.nextToken;
    if (token === undefined) return pages;
  }
}

describe('a page', () => {
  test('has the cancellations in the sequence of the versions that they made, whatever their times and ids', () => {
    const late = cancellationTo(3, { createdAtMs: startOfTest - 2000, returnRequestId: 'RETREQ0' });
    expect(versionsOf(paginate([cancellationTo(10), late, cancellationTo(2)], 10, undefined)?.cancellations)).toEqual([
      2, 3, 10,
    ]);
  });

  test('of none is empty, and the end', () => {
    expect(paginate([], 20, undefined)).toEqual({ cancellations: [] });
  });

  test('that is full and the last one has no token', () => {
    expect(walk([cancellationsTo(5)], 2)).toEqual([
      [2, 3],
      [4, 5],
    ]);
    expect(walk([cancellationsTo(5)], 4)).toEqual([[2, 3, 4, 5]]);
  });

  test('has the id of its last cancellation as its token', () => {
    expect(paginate(cancellationsTo(5), 2, undefined)?.nextToken).toBe(cancellationTo(3).returnRequestId);
  });

  test('leaves the list as it is', () => {
    const list = cancellationsTo(4).toReversed();
    paginate(list, 2, undefined);
    expect(versionsOf(list)).toEqual([4, 3, 2]);
  });
});

describe('a walk', () => {
  // Applied by an instance whose clock is two seconds behind: it comes later all the same.
  test('misses none that is added on the way, even one with an earlier time', () => {
    const added = cancellationTo(5, { createdAtMs: startOfTest - 2000, returnRequestId: 'RETREQ0' });
    expect(walk([cancellationsTo(4), [...cancellationsTo(4), added]], 1)).toEqual([[2], [3], [4], [5]]);
  });

  test('goes on with what is added after its last page', () => {
    const { returnRequestId } = cancellationTo(4);
    expect(paginate(cancellationsTo(4), 2, returnRequestId)).toEqual({ cancellations: [] });
    expect(versionsOf(paginate(cancellationsTo(6), 2, returnRequestId)?.cancellations)).toEqual([5, 6]);
  });

  test('lists each once, however long the pages are', () => {
    for (const limit of [1, 2, 3, 7, 100]) {
      expect(walk([cancellationsTo(30).toReversed()], limit).flat()).toEqual(versionsOf(cancellationsTo(30)));
    }
  });

  test.each(['RETREQ00000000000000000000009999', '', 'retreq'])(
    'does not go on from %p, which is no token',
    (token) => {
      expect(paginate(cancellationsTo(4), 2, token)).toBeUndefined();
    },
  );
});
