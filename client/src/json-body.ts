import { isRecord } from './envelope.ts';
import { InvalidRequestError } from './errors.ts';
import { type Language, sentences } from './sentences.ts';

export interface JsonBody<Request> {
  readonly text: string;
  /** The request that the text contains, even if the caller changes the object later. */
  readonly request: Request;
}

/**
 * A request as it is sent. Values that JSON would leave out or replace are refused: if a taxAmount got lost on the way,
 * it would be another cancellation.
 * @throws InvalidRequestError
 */
export function jsonBodyOf<Request extends object>(request: Request, language: Language): JsonBody<Request> {
  let refusedName: string | undefined;
  let text: string | undefined;
  try {
    text = JSON.stringify(request, (name, value: unknown) => {
      if (isJsonValue(value)) return value;
      refusedName = name;
      throw new TypeError(`JSON has no ${typeof value} such as ${name}.`);
    });
  } catch (cause) {
    throw invalid(sentences.NO_JSON[language](refusedName || undefined), cause);
  }
  const parsed: unknown = text && JSON.parse(text);
  if (text === undefined || !isRecord(parsed)) throw invalid(sentences.NO_OBJECT[language]());
  return { text, request: parsed as Request };
}

function isJsonValue(value: unknown): boolean {
  const isNotFinite = typeof value === 'number' && !Number.isFinite(value);
  return !isNotFinite && !['bigint', 'function', 'symbol'].includes(typeof value);
}

function invalid(message: string, cause?: unknown): InvalidRequestError {
  return new InvalidRequestError(message, { errors: [{ field: '', reason: 'FIELD_INVALID', message }], cause });
}
