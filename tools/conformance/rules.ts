/** What an executor has to keep, in the sequence of docs/executors.md. */
export const rules = {
  PAYS_ONCE: 'Money moves at most once for each attempt, however often and however late its request comes.',
  PAYS_WHAT_IS_ASKED:
    'What is paid has the payment, the amount, the currency, the account and the reference of a request.',
  FAILED_IS_FINAL: 'After FAILED nothing of the attempt is paid, or stays paid, or is reported as anything else.',
  FAILED_HAS_A_CAUSE:
    'An attempt fails when the PSP has refused it, its money has come back, or its account has ended.',
  SUCCESS_IS_PAID: 'An attempt whose last report is SUCCEEDED is paid: money that came back is reported FAILED.',
  EVERY_REQUEST_ENDS:
    'A request that comes often enough gets SUCCEEDED or FAILED, and gets it again when it comes again.',
  NUMBERS: 'The reports of an attempt are numbered from 1, and the same number never says two things.',
  SAME_AS_REQUEST: 'A report has the store, order, id, attempt, currency and amount of a request.',
  REPORTS_FIT: 'A report fits its schema.',
  SETTLEMENT: 'A void that succeeded says whether it was VOIDED or REFUNDED, and a refund says neither.',
  NO_ACCOUNT_LEAKS: 'No bank account is in a report, a log line, an error or a row of the executor.',
  CALLS_END: 'A call of the executor ends, and leaves nothing behind that fails.',
} as const;

export type RuleName = keyof typeof rules;

/** A rule that a history has shown to be broken. */
export interface Broken {
  readonly rule: RuleName;
  /** How, in one line. */
  readonly how: string;
}
