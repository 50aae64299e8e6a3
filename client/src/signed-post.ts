import { createHash } from 'node:crypto';
import { type Envelope, readEnvelope } from './envelope.ts';
import { saysThatNothingWasCanceled } from './nothing-was-canceled.ts';
import type { Runtime } from './runtime.ts';
import { type Language, sentences } from './sentences.ts';
import type { Settings } from './settings.ts';

export interface SignedRequest {
  /** Path from the root of the API: /api/v2/... */
  readonly path: string;
  /** JSON. */
  readonly body: string;
  /** In addition to the headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

export interface ServiceResponse {
  readonly status: number;
  readonly isReplay: boolean;
  /** Of the order, in its quotes. */
  readonly etag: string | undefined;
  readonly envelope: Envelope;
}

/** The result of all attempts. */
export type Exchange =
  | {
      readonly kind: 'RESPONDED';
      readonly attempts: number;
      readonly response: ServiceResponse;
      /** Whether an earlier attempt may have been carried out, so that this response does not say everything. */
      readonly mayHaveArrived: boolean;
    }
  | (Failure & { readonly kind: 'GAVE_UP'; readonly attempts: number });

/** An attempt without a final response. */
interface Failure {
  /** One sentence. */
  readonly why: string;
  /** Whether the same request may succeed later. */
  readonly isTransient: boolean;
  /** Whether the service may have carried the request out. */
  readonly mayHaveArrived: boolean;
  readonly response?: ServiceResponse | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Posts JSON, signed, until there is a final response: the same bytes each time, with exponential backoff and full
 * jitter after the time that the service asks for. Only temporary failures are retried: no response, 429, and 5xx.
 * Never throws for network failures, nor for a signal that is aborted on the way.
 */
export async function signedPost(settings: Settings, runtime: Runtime, request: SignedRequest): Promise<Exchange> {
  const body = Buffer.from(request.body);
  const headers = {
    ...settings.headers,
    ...request.headers,
    'Content-Type': 'application/json',
    'X-EBP-Signature': createHash('sha256').update(body).update(settings.hashKey).digest('hex'),
  };
  const url = settings.url + request.path;
  const { signal } = request;
  const endMs = runtime.now() + settings.deadlineMs;
  let mayHaveArrived = false;
  if (signal?.aborted) {
    const why = sentences.ABORTED_BEFORE_SENDING[settings.language]();
    return { why, isTransient: true, kind: 'GAVE_UP', attempts: 0, mayHaveArrived, cause: signal.reason };
  }
  for (let attempts = 1; ; attempts += 1) {
    const timeoutMs = Math.max(1, Math.min(settings.timeoutMs, Math.ceil(endMs - runtime.now())));
    const result = await attempt(runtime, url, { headers, body }, { timeoutMs, signal, language: settings.language });
    if ('envelope' in result) return { kind: 'RESPONDED', attempts, response: result, mayHaveArrived };
    mayHaveArrived ||= result.mayHaveArrived;

    // The random part keeps clients that were asked to wait equally long from coming back all at once.
    const pauseMs = (result.retryAfterMs ?? 0) + backoffMs(attempts, runtime);
    const isLast = attempts >= settings.maxAttempts || runtime.now() + pauseMs >= endMs;
    if (isLast || !result.isTransient || !(await hasPaused(runtime, pauseMs, signal))) {
      return { ...result, kind: 'GAVE_UP', attempts, mayHaveArrived };
    }
  }
}

interface AttemptOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly language: Language;
}

async function attempt(
  runtime: Runtime,
  url: string,
  request: Pick<RequestInit, 'headers' | 'body'>,
  { timeoutMs, signal, language }: AttemptOptions,
): Promise<ServiceResponse | Failure> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signals = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  try {
    // A redirect does not come from the service: where it leads gets no signed request.
    const response = await runtime.fetch(url, { ...request, method: 'POST', redirect: 'manual', signal: signals });
    return judge(response, await readBytes(response), language);
  } catch (error) {
    const aborted = sentences.ABORTED[language]();
    if (signal?.aborted) return { why: aborted, isTransient: true, mayHaveArrived: true, cause: error };
    const code = codeOf(error);
    const isTimeout = (error as { name?: unknown } | null)?.name === 'TimeoutError';
    const why = isTimeout ? sentences.NO_RESPONSE[language](timeoutMs) : sentences.NO_CONNECTION[language](code);
    return { why, isTransient: true, mayHaveArrived: !neverConnected.has(code), cause: error };
  }
}

function judge(httpResponse: Response, bytes: Uint8Array | undefined, language: Language): ServiceResponse | Failure {
  const { status, headers } = httpResponse;
  const envelope = bytes && readEnvelope(bytes, status);
  const isReplay = headers.get('Idempotent-Replayed') === 'true';
  const etag = headers.get('ETag') ?? undefined;
  const response = envelope && { status, isReplay, etag, envelope };
  const isTransient = status === 429 || status >= 500;
  if (isTransient) {
    const why = sentences.TEMPORARY[language](`${status}${envelope ? ` ${envelope.resultCode}` : ''}`);
    // A 429 comes from the gateway or the firewall: the service has not seen the request.
    const mayHaveArrived = status !== 429 && !(response && saysThatNothingWasCanceled(response));
    return { why, isTransient, mayHaveArrived, response, retryAfterMs: retryAfterMs(headers) };
  }
  if (response) return response;
  const why = bytes ? sentences.NO_ENVELOPE[language](status) : sentences.TOO_LARGE[language](status, maxResponseBytes);
  return { why, isTransient, mayHaveArrived: true };
}

/** More than a Lambda function can return. */
const maxResponseBytes = 8 * 1024 * 1024;

async function readBytes(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > maxResponseBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Retry-After is in seconds, or a date. A date is compared with that of the response, because the two clocks may
 * differ.
 */
function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('Retry-After') ?? '';
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.parse(headers.get('Date') ?? '');
  return ms >= 0 ? ms : undefined;
}

const firstPauseMs = 200;
const longestPauseMs = 10_000;

function backoffMs(failures: number, runtime: Runtime): number {
  return runtime.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
}

async function hasPaused(runtime: Runtime, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await runtime.sleep(ms, signal);
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}

/** Error codes of Node when there was no connection, so that nothing was sent. */
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** fetch only says that it failed; its cause says why. */
function codeOf(error: unknown): string {
  const { cause } = (error ?? {}) as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : '';
}
