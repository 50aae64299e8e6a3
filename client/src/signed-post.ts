import { createHash } from 'node:crypto';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { Runtime } from './runtime.ts';
import type { Settings } from './settings.ts';

export interface SignedRequest {
  /** From the root of the API: /api/v2/... */
  readonly path: string;
  /** JSON. */
  readonly body: string;
  /** Besides those of every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly isReplay: boolean;
  readonly envelope: Envelope;
}

/** What came of all attempts. */
export type Exchange =
  | {
      readonly kind: 'ANSWERED';
      readonly attempts: number;
      readonly answer: Answer;
      /** Whether an earlier attempt may have been carried out, so that this answer is not the whole story. */
      readonly mayHaveArrived: boolean;
    }
  | (Failure & { readonly kind: 'GAVE_UP'; readonly attempts: number });

/** What came of an attempt that was not answered for good. */
interface Failure {
  /** One sentence. */
  readonly why: string;
  /** Whether the same request may be answered later. */
  readonly isTransient: boolean;
  /** Whether the service may have carried the request out. */
  readonly mayHaveArrived: boolean;
  readonly answer?: Answer | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Posts JSON, signed, until it is answered: the same bytes each time, with exponential backoff and full jitter after
 * the time that the service asks for. Only what may pass is tried again: no answer, 429, and 5xx. Never throws for what the
 * network does, nor for a signal that is aborted on the way.
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
    const why = 'It was aborted before it was sent.';
    return { why, isTransient: true, kind: 'GAVE_UP', attempts: 0, mayHaveArrived, cause: signal.reason };
  }
  for (let attempts = 1; ; attempts += 1) {
    const timeoutMs = Math.max(1, Math.min(settings.timeoutMs, Math.ceil(endMs - runtime.now())));
    const came = await attempt(runtime, url, { headers, body }, timeoutMs, signal);
    if ('envelope' in came) return { kind: 'ANSWERED', attempts, answer: came, mayHaveArrived };
    mayHaveArrived ||= came.mayHaveArrived;

    // Clients that were all told to wait as long would otherwise come back as one.
    const pauseMs = (came.retryAfterMs ?? 0) + backoffMs(attempts, runtime);
    const isLast = attempts >= settings.maxAttempts || runtime.now() + pauseMs >= endMs;
    if (isLast || !came.isTransient || !(await hasPaused(runtime, pauseMs, signal))) {
      return { ...came, kind: 'GAVE_UP', attempts, mayHaveArrived };
    }
  }
}

async function attempt(
  runtime: Runtime,
  url: string,
  request: Pick<RequestInit, 'headers' | 'body'>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Answer | Failure> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signals = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  try {
    // A redirect is an answer of something that is not the service: it gets no signed request.
    const response = await runtime.fetch(url, { ...request, method: 'POST', redirect: 'manual', signal: signals });
    return judge(response, await readBytes(response));
  } catch (error) {
    if (signal?.aborted) return { why: 'It was aborted.', isTransient: true, mayHaveArrived: true, cause: error };
    const code = codeOf(error);
    const isTimeout = (error as { name?: unknown } | null)?.name === 'TimeoutError';
    const why = isTimeout ? `No answer came within ${timeoutMs} ms.` : `The connection failed${code && ` (${code})`}.`;
    return { why, isTransient: true, mayHaveArrived: !neverConnected.has(code), cause: error };
  }
}

function judge(response: Response, bytes: Uint8Array | undefined): Answer | Failure {
  const { status } = response;
  const envelope = bytes && readEnvelope(bytes, status);
  const isReplay = response.headers.get('Idempotent-Replayed') === 'true';
  const answer = envelope && { status, isReplay, envelope };
  const isTransient = status === 429 || status >= 500;
  if (isTransient) {
    const why = `The service answered ${status}${envelope ? ` ${envelope.resultCode}` : ''}.`;
    // A 429 comes from in front of the service: the request was not looked at.
    return { why, isTransient, mayHaveArrived: status !== 429, answer, retryAfterMs: retryAfterMs(response.headers) };
  }
  if (answer) return answer;
  const what = bytes ? 'is not the envelope of the service' : `is larger than ${maxAnswerBytes} bytes`;
  return { why: `The answer (${status}) ${what}: is the url right?`, isTransient, mayHaveArrived: true };
}

/** More than a Lambda function may answer. */
const maxAnswerBytes = 8 * 1024 * 1024;

async function readBytes(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > maxAnswerBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** In seconds, or as a date, which is held against the answer's own: the two clocks may differ. */
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

/** What Node says when no connection came about, so that nothing was sent. */
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

/** fetch says only that it failed; its cause says why. */
function codeOf(error: unknown): string {
  const { cause } = (error ?? {}) as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : '';
}
