import { describe, expect, test } from '@jest/globals';
import { type AttemptAccount, judgeAccount } from '../../../../tools/audit/account-ends.ts';

const dayMs = 24 * 60 * 60 * 1000;
const nowMs = 1_800_000_000_000;

const judge = (account: Partial<AttemptAccount>, refundAccountDays = 365) =>
  judgeAccount(
    { status: 'REQUESTED', requestedAtMs: nowMs, endsAtMs: undefined, ...account },
    { nowMs, refundAccountDays, stageOption: '' },
  );
const ending = (text: string) => ({ kind: 'ENDING', text });

describe('the account of a refund', () => {
  test('has to be there for as long as it is kept', () => {
    expect(judge({})).toEqual({ kind: 'MISSING', keptUntilMs: nowMs + 365 * dayMs });
    expect(judge({ status: 'SUCCEEDED', requestedAtMs: nowMs - 365 * dayMs + 1 }).kind).toBe('MISSING');
  });

  test('that has ended may be gone, and is listed where the refund still needs it', () => {
    const requestedAtMs = nowMs - 365 * dayMs;
    for (const endsAtMs of [undefined, nowMs]) {
      expect(judge({ requestedAtMs, endsAtMs, status: 'SUCCEEDED' })).toEqual({ kind: 'FINE' });
      expect(judge({ requestedAtMs, endsAtMs, status: 'RESOLVED' })).toEqual({ kind: 'FINE' });
      expect(judge({ requestedAtMs, endsAtMs, status: 'FAILED' })).toEqual(
        ending('the account has ended, and the refund is FAILED'),
      );
    }
  });

  test('is listed from thirty days before its end on, where the refund is not finished', () => {
    expect(judge({ endsAtMs: nowMs + 30 * dayMs + 1 })).toEqual({ kind: 'FINE' });
    expect(judge({ endsAtMs: nowMs + 30 * dayMs })).toEqual(
      ending('the account ends in 30 days, and the refund is REQUESTED'),
    );
    expect(judge({ endsAtMs: nowMs + 30 * dayMs, status: 'SUCCEEDED' })).toEqual({ kind: 'FINE' });
  });

  test('is listed for half of the time where it is kept for less than sixty days', () => {
    expect(judge({ endsAtMs: nowMs + 15 * dayMs + 1 }, 30).kind).toBe('FINE');
    expect(judge({ endsAtMs: nowMs + 15 * dayMs }, 30).kind).toBe('ENDING');
  });
});
