import { describe, expect, test } from '@jest/globals';
import { Contended, DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import type { CommitOutcome } from '../../../../lambda/dynamodb/order-repository.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { commandFor, idOf, recordOf } from '../../../support/commands.ts';
import {
  busy,
  changedTo,
  committed,
  conflict,
  found,
  loaded,
  orderAfter,
  type Played,
  play,
  unanswered,
} from '../../../support/scripted-payment.ts';
import { sdkError } from '../../../support/stub-client.ts';

const request = requestOf([itemOf({ amount: 1000 })]);
const own = recordOf(commandFor(request));
const ofTwin = recordOf(commandFor(request, {}, idOf(9)), { orderVersion: 7 });
const ofAnother = recordOf(commandFor(requestOf([itemOf({ amount: 1 })]), {}, idOf(9)));
const success = { ok: true, isReplay: false, data: { returnRequestId: `RETREQ${idOf(1)}` } };
const replay = { ok: true, isReplay: true, data: { returnRequestId: `RETREQ${idOf(9)}` } };
const unreadable = new DatabaseUnavailable('A read was not answered.');
/** An answer, after an attempt of the SDK that was not answered. */
const afterSilence = (outcome: CommitOutcome): CommitOutcome => ({ ...outcome, isOpen: true });

/** What came of it, its outcome or the name of its error, and whether that is known. */
async function endOf({ settled, stats }: Played): Promise<{ outcome: object; isKnown: boolean }> {
  const outcome = await settled.catch((error: unknown) => ({ error: (error as Error).name }));
  return { outcome, isKnown: !stats.isOutcomeUnknown };
}

const unknown = { outcome: { error: 'OutcomeUnknown' }, isKnown: false };

describe('a write that is not answered', () => {
  test('is settled by what is read next: its own record is a success and no replay', async () => {
    const played = play({ loads: [loaded(), loaded(orderAfter(2), own)], commits: [unanswered] });
    expect(await endOf(played)).toMatchObject({ outcome: { ...success, etag: '"ORD20251224001.2"' }, isKnown: true });
    expect(played.steps).toEqual(['load', 'commit of version 1', 'pause 25', 'load']);
  });

  test('is settled by a look, where the order is read as it became and the record is not there yet', async () => {
    const after = orderAfter(2, { paymentStatus: 'CANCELED' });
    const played = play({ loads: [loaded(), loaded(after)], commits: [unanswered], looks: [busy, found(own)] });
    expect(await endOf(played)).toMatchObject({ outcome: success, isKnown: true });
  });

  test('and was not applied is tried again, as another write', async () => {
    const played = play({ commits: [unanswered, unanswered, committed] });
    expect(await endOf(played)).toMatchObject({ outcome: success, isKnown: true });
    expect(played.stats.attempts).toBe(3);
    expect(new Set(played.writes.map(({ clientRequestToken }) => clientRequestToken)).size).toBe(3);
  });

  test('and whose twin was applied is a replay of the twin', async () => {
    const next = loaded(orderAfter(7), ofTwin);
    expect(await endOf(play({ loads: [loaded(), next], commits: [unanswered] }))).toMatchObject({
      outcome: {
        ...replay,
        etag: '"ORD20251224001.7"',
      },
      isKnown: true,
    });
  });

  test('may find its own record when it is written again', async () => {
    const exists: CommitOutcome = { kind: 'RECORD_EXISTS', record: own, isOpen: false };
    expect(await endOf(play({ commits: [unanswered, exists] }))).toMatchObject({ outcome: success, isKnown: true });
  });

  test('and then the order no longer allows it: that it was refused is certain', async () => {
    const after = orderAfter(2, { paymentStatus: 'CANCELED' });
    const played = play({ loads: [loaded(), loaded(after)], commits: [unanswered], looks: [found()] });
    expect(await endOf(played)).toMatchObject({ outcome: { refusal: 'RULES_BROKEN' }, isKnown: true });
  });
});

describe('when the time is over after a write that was not answered', () => {
  const endings: ReadonlyArray<readonly [string, Parameters<typeof play>[0]]> = [
    ['each was not answered', { commits: [unanswered] }],
    ['the others were in conflict', { commits: [unanswered, conflict] }],
    ['the last one lost the race', { commits: [unanswered, changedTo(orderAfter(2))] }],
    ['the order cannot be read any more', { commits: [unanswered], loads: [loaded(), unreadable] }],
    ['the order is throttled from then on', { commits: [unanswered], loads: [loaded(), busy] }],
    ['AWS refuses the next one', { commits: [unanswered, sdkError('ExpiredTokenException', 400)] }],
    ['only an attempt of the SDK was not answered', { commits: [afterSilence(conflict), conflict] }],
    [
      'only an attempt of the SDK was not answered, before a lost race',
      { commits: [afterSilence(changedTo(orderAfter(2)))] },
    ],
  ];

  test.each(endings)('%s: its record is looked for once, and found', async (_how, script) => {
    const played = play({ ...script, looks: [found(own)] });
    expect(await endOf(played)).toMatchObject({ outcome: success, isKnown: true });
    expect(played.steps.filter((step) => step === 'look')).toHaveLength(1);
    expect(played.steps.at(-1)).toBe('look');
  });

  test.each(endings)('%s: without a record the outcome is not known', async (_how, script) => {
    const played = play({ ...script, looks: [found()] });
    expect(await endOf(played)).toEqual(unknown);
    expect(played.steps.filter((step) => step === 'look')).toHaveLength(1);
  });

  test('the cause of the end is kept', async () => {
    const refusal = sdkError('ExpiredTokenException', 400);
    await expect(play({ commits: [unanswered, refusal], looks: [found()] }).settled).rejects.toMatchObject({
      cause: refusal,
    });
  });

  test.each([
    ['is busy', busy],
    ['cannot be read', unreadable],
    ['may not be read', sdkError('ExpiredTokenException', 400)],
    ['is odd', new TypeError('A record is odd.')],
  ])('a record that %s leaves the outcome unknown', async (_how, look) => {
    expect(await endOf(play({ commits: [unanswered], looks: [look] }))).toEqual(unknown);
  });

  describe('the record may be of another request with the key', () => {
    const loads = [loaded(), unreadable, loaded(orderAfter(7))];

    test('which is then replayed', async () => {
      const played = play({ commits: [unanswered], loads, looks: [found(ofTwin)] });
      expect(await endOf(played)).toMatchObject({ outcome: replay, isKnown: true });
      expect(played.steps.slice(-2)).toEqual(['look', 'load']);
    });

    test('or whose key was reused', async () => {
      const key = { idempotencyKey: { header: 'X-Idempotency-Key', value: 'k' } } as const;
      const played = play({
        command: commandFor(request, key),
        commits: [unanswered],
        loads,
        looks: [found(ofAnother)],
      });
      expect(await endOf(played)).toMatchObject({ outcome: { refusal: 'KEY_REUSED' }, isKnown: true });
    });

    test.each([
      ['is busy', busy],
      ['cannot be read', unreadable],
      ['is gone', { ...loaded(), order: undefined }],
    ])('but the order that it is judged by %s: then it is not known', async (_how, load) => {
      expect(
        await endOf(play({ commits: [unanswered], loads: [loaded(), unreadable, load], looks: [found(ofTwin)] })),
      ).toEqual(unknown);
    });
  });
});

describe('that nothing was canceled is certain only where every attempt was answered', () => {
  test.each<[string, CommitOutcome]>([
    ['a conflict', conflict],
    ['throttling', busy],
    ['a lost race', changedTo(orderAfter(2))],
  ])('%s to the end: nothing is looked for', async (_what, outcome) => {
    const played = play({ commits: [outcome], commitMs: 10 });
    await expect(played.settled).rejects.toThrow(Contended);
    expect(played.steps).not.toContain('look');
    expect(played.stats.isOutcomeUnknown).toBe(false);
  });

  test('a read that fails before anything was written', async () => {
    const played = play({ loads: [unreadable] });
    await expect(played.settled).rejects.toBe(unreadable);
    expect(played.steps).toEqual(['load']);
  });

  test('a refusal by AWS at the first write, and a bug, are thrown as they are', async () => {
    for (const error of [sdkError('AccessDeniedException', 400), new TypeError('A bug.')]) {
      const played = play({ commits: [error] });
      await expect(played.settled).rejects.toBe(error);
      expect(played.steps).toEqual(['load', 'commit of version 1']);
    }
  });
});

describe('the time', () => {
  test('for a write leaves a second for the look at its record, in which nothing is written', async () => {
    const played = play({ commits: [unanswered], looks: [found(own)], timeMs: 5000, commitMs: 4000 });
    expect(await endOf(played)).toMatchObject({ outcome: success, isKnown: true });
    expect(played.given).toEqual([
      ['load', 5000],
      ['commit of version 1', 4000],
      ['load', expect.closeTo(833.33, 1)],
      ['look', expect.closeTo(833.33, 1)],
    ]);
  });
});
