import type { Language } from './language.ts';
import { maxListedErrors } from './limits.ts';
import { describeViolation, type ErrorEntry, type Violation } from './violations.ts';
import { refusals, type RefusalKind, success } from './result-codes.ts';

/** What every response of the platform has (contract, section 5). */
export interface Envelope<Data> {
  readonly resultCode: string;
  readonly message: string;
  /** API Gateway's id of the request. */
  readonly requestId: string;
  /** ISO 8601 in the request's Time-Zone. */
  readonly timestamp: string;
  readonly data: Data | null;
  readonly errors?: readonly ErrorEntry[];
}

type Stamp = Pick<Envelope<unknown>, 'requestId' | 'timestamp'>;

export function successEnvelope<Data>(data: Data, { requestId, timestamp }: Stamp): Envelope<Data> {
  return { resultCode: success.resultCode, message: success.message.en, requestId, timestamp, data };
}

export function refusalEnvelope(
  refusal: RefusalKind,
  violations: readonly Violation[],
  language: Language,
  { requestId, timestamp }: Stamp,
): Envelope<never> {
  const { resultCode, message } = refusals[refusal];
  const errors = violations.slice(0, maxListedErrors).map((violation) => describeViolation(violation, language));
  return { resultCode, message: message[language], requestId, timestamp, data: null, errors };
}
