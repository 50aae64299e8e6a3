import { isRecord } from './envelope.ts';
import { InvalidRequestError } from './errors.ts';
import { type Language, sentences } from './sentences.ts';

export interface JsonBody<Request> {
  readonly text: string;
  /** What the text says, whatever becomes of the caller's object. */
  readonly request: Request;
}

/**
 * A request as it is sent, made once. What JSON would leave out or replace is refused instead: a taxAmount that gets lost
 * on the way would make another cancellation.
 * @throws InvalidRequestError
 */
export function jsonBodyOf<Request extends object>(request: Request, language: Language): JsonBody<Request> {
  let unsayable: string | undefined;
  let text: string | undefined;
  try {
    text = JSON.stringify(request, (name, value: unknown) => {
      if (isSayable(value)) return value;
      unsayable = name;
      throw new TypeError(`JSON has no ${typeof value} such as ${name}.`);
    });
  } catch (cause) {
    throw invalid(sentences.NO_JSON[language](unsayable || undefined), cause);
  }
  const said: unknown = text && JSON.parse(text);
  if (text === undefined || !isRecord(said)) throw invalid(sentences.NO_OBJECT[language]());
  return { text, request: said as Request };
}

function isSayable(value: unknown): boolean {
  const isNoNumber = typeof value === 'number' && !Number.isFinite(value);
  return !isNoNumber && !['bigint', 'function', 'symbol'].includes(typeof value);
}

function invalid(message: string, cause?: unknown): InvalidRequestError {
  return new InvalidRequestError(message, { errors: [{ field: '', reason: 'FIELD_INVALID', message }], cause });
}
