import { findLossyValues } from './find-lossy-values.ts';
import { lastName } from './json-pointer.ts';
import type { BodyFields, RequestShape } from './request-shape.ts';
import { schemaViolations } from './schema-violations.ts';
import type { Violation } from './violations.ts';

/** A JSON document as it was sent, and as it was parsed. */
export interface ParsedBody {
  readonly text: string;
  readonly value: unknown;
  /** Whether parsing has surely lost nothing; if not, the text is searched for what it may have lost. */
  readonly isSurelyLossless: boolean;
}

export type CheckedBody<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/**
 * Checks that a body has the shape of a request and that parsing lost nothing of it; otherwise lists each wrong place.
 */
export function checkBody<Body>(
  { text, value, isSurelyLossless }: ParsedBody,
  { isRequest, fields }: RequestShape<Body>,
): CheckedBody<Body> {
  const isValid = isRequest(value);
  if (isValid && isSurelyLossless) return { ok: true, body: value };
  const known = { names: new Set(Object.keys(fields.accepted)), depth: fields.depth };
  const lossy = findLossyValues(text, known).map((violation) => asTextIfPossible(violation, fields));
  if (isValid && lossy.length === 0) return { ok: true, body: value };
  const lossyPlaces = new Set(lossy.map(({ at }) => JSON.stringify(at)));
  const others = isValid ? [] : schemaViolations(isRequest.errors ?? [], fields);
  return { ok: false, violations: [...lossy, ...others.filter(({ at }) => !lossyPlaces.has(JSON.stringify(at)))] };
}

/** Fewer digits would be another account: a number that may be text is never answered with a limit of digits. */
function asTextIfPossible(violation: Violation, { mayBeText, accepted }: BodyFields): Violation {
  const name = 'field' in violation.at ? lastName(violation.at.field) : '';
  if (violation.reason !== 'TOO_MANY_DIGITS' || !mayBeText.has(name)) return violation;
  return { reason: 'FIELD_INVALID', at: violation.at, shown: accepted[name] };
}
