import type { ErrorEntry } from './errors.ts';

/** The shape of every response of the platform. `data` is null in a refusal, and `errors` is empty in a success. */
export interface Envelope {
  readonly resultCode: string;
  readonly message: string;
  readonly requestId: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly ErrorEntry[];
}

/** The envelope in the bytes of a response; undefined if they are anything else. Unknown fields are left out. */
export function readEnvelope(bytes: Uint8Array, status: number): Envelope | undefined {
  const value = parse(bytes);
  if (!isRecord(value)) return undefined;
  const { resultCode, message, requestId, timestamp, data, errors = [] } = value;
  if (!isText(resultCode) || !isText(message) || !isText(requestId) || !isText(timestamp)) return undefined;
  const isSuccess = resultCode === '0';
  const isConsistent = isSuccess === (status === 200) && (isSuccess ? isRecord(data) : data === null);
  if (!isConsistent || !Array.isArray(errors) || !errors.every(isErrorEntry)) return undefined;
  return { resultCode, message, requestId, timestamp, data: isSuccess ? (data as Envelope['data']) : null, errors };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isErrorEntry(value: unknown): value is ErrorEntry {
  if (!isRecord(value)) return false;
  const { field, header, reason, message } = value;
  const hasOnePlace = isText(field) ? header === undefined : field === undefined && isText(header);
  return hasOnePlace && isText(reason) && isText(message);
}
