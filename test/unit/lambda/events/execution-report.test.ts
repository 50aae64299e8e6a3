import { describe, expect, test } from '@jest/globals';
import { readReport } from '../../../../lambda/events/execution-report.ts';
import { reportEventWith, reportWith } from '../../../support/refunds.ts';

const problemsIn = (event: unknown) => {
  const read = readReport(event);
  return read.ok ? [] : read.problems;
};

describe('a report', () => {
  test('is read with its amount in minor units', () => {
    expect(readReport(reportEventWith())).toEqual({ ok: true, report: reportWith() });
    const inDollars = readReport(reportEventWith({ currencyCode: 'USD', amount: 10.5 }));
    expect(inDollars).toMatchObject({ report: { currencyCode: 'USD', amountMinor: 1050n } });
  });

  test('may say why it failed, what the PSP calls it and how a void was settled', () => {
    const more = { status: 'FAILED', failureReason: 'ACCOUNT_CLOSED', pspReference: 'psp-1', settlement: 'VOIDED' };
    expect(readReport(reportEventWith(more))).toMatchObject({ ok: true, report: more });
  });

  test('may have more than is known', () => {
    expect(readReport(reportEventWith({ later: 1 }, { later: 1 }))).toEqual({ ok: true, report: reportWith() });
  });

  test.each([
    ['no event', undefined, ['/ must be object']],
    ['text', 'report', ['/ must be object']],
    ['without data', reportEventWith({}, { data: undefined }), ["/ must have required property 'data'"]],
    ['of another source', reportEventWith({}, { source: 'x' }), ['/source must be equal to constant: refund-executor']],
    ['of another type', reportEventWith({}, { type: 'x' }), ['/type must be equal to constant: executor.report.v1']],
    ['without a number', reportEventWith({ sequence: undefined }), ["/data must have required property 'sequence'"]],
    ['numbered 0', reportEventWith({ sequence: 0 }), ['/data/sequence must be >= 1']],
    [
      'of a status of its own',
      reportEventWith({ status: 'DONE' }),
      ['/data/status must be equal to one of the allowed values: PENDING, SUCCEEDED, FAILED'],
    ],
    [
      'of a currency that there is not, with some of the many that there are',
      reportEventWith({ currencyCode: 'XXX' }),
      [
        expect.stringMatching(
          /^\/data\/currencyCode must be equal to .*: AED, (?:[A-Z]{3}, ){8}[A-Z]{3} and \d+ more$/,
        ),
      ],
    ],
    ['with an amount as text', reportEventWith({ amount: '3000' }), ['/data/amount must be number']],
    ['with half a won', reportEventWith({ amount: 0.5 }), ['/data/amount has more decimals than KRW']],
    [
      'with a reason in words, which might name an account',
      reportEventWith({ status: 'FAILED', failureReason: 'account 123-456 is closed' }),
      ['/data/failureReason must match pattern "^[A-Z][A-Z0-9_]{0,63}$"'],
    ],
    [
      'with a reason for a success',
      reportEventWith({ failureReason: 'NONE' }),
      ['/data/failureReason is for FAILED only, not for SUCCEEDED'],
    ],
  ])('%s is refused with the field', (_what, event, problems) => {
    expect(problemsIn(event)).toEqual(problems);
  });

  test('with many mistakes names all of them, up to ten', () => {
    const problems = problemsIn({ data: {} });
    expect(problems).toHaveLength(10);
    expect(problems[0]).toBe("/ must have required property 'specversion'");
  });
});
