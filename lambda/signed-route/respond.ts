import type { APIGatewayProxyResult } from 'aws-lambda';
import { type Done, type Refused, RequestRefused } from './outcome.ts';
import { refusalEnvelope, successEnvelope } from '../contract/envelope.ts';
import { lowerCaseHeaders, onlyValue } from '../contract/headers.ts';
import { languageOf } from '../contract/language.ts';
import { refusals, type ResultCode, success } from '../contract/result-codes.ts';
import { formatTimestamp, isTimeZone } from '../contract/timestamp.ts';
import type { Runtime } from '../environment/runtime.ts';
import { StoreUnavailable } from '../dynamodb/failures.ts';
import type { StoreKey } from '../dynamodb/credential-repository.ts';
import type { Telemetry } from '../cancel/telemetry.ts';
import type { SignedEvent, SignedMiddleware } from './signed-request.ts';

/**
 * The outermost middleware: the one place that turns answers and errors into the envelope, and that reports each
 * request, once.
 */
export function respond<Success extends Done>(
  runtime: Runtime,
  telemetry: Telemetry<Success | Refused>,
): SignedMiddleware {
  const finish = (event: SignedEvent, answer: Success | Refused, error?: unknown): APIGatewayProxyResult => {
    const nowMs = runtime.now();
    const result = resultOf(event, answer, nowMs);
    telemetry.report({
      requestId: event.requestContext.requestId,
      storeId: event.caller?.storeId,
      orderNo: event.request?.orderNo,
      keyExpiresSoon: event.caller !== undefined && isExpiring(event.caller, nowMs),
      answer,
      status: result.statusCode,
      durationMs: nowMs - event.startedAtMs,
      ...event.effort,
      error,
    });
    return result;
  };
  return {
    before({ event }) {
      event.startedAtMs = runtime.now();
      event.effort = { attempts: 0, conflicts: 0, isOutcomeUnknown: false };
      event.rawHeaders = lowerCaseHeaders(event.multiValueHeaders);
    },
    after(request) {
      request.response = finish(request.event, request.response as unknown as Success | Refused);
    },
    onError(request) {
      request.response = finish(request.event, answerTo(request.error), request.error);
    },
  };
}

/** How long before an access key expires its store is reminded of it. */
const keyRenewalMs = 30 * 24 * 60 * 60 * 1000;

/** A key that was issued for a shorter time than that (a deployment is tried with one) is not expiring. */
function isExpiring({ issuedAtMs, expiresAtMs }: StoreKey, nowMs: number): boolean {
  return expiresAtMs - nowMs < keyRenewalMs && expiresAtMs - issuedAtMs > keyRenewalMs;
}

function answerTo(error: unknown): Refused {
  if (error instanceof RequestRefused) return { ok: false, refusal: error.refusal, violations: error.violations };
  // Middy's early timeout is the last resort: the store's own deadlines end before it.
  const isOutOfTime = error instanceof StoreUnavailable || (error instanceof Error && error.name === 'TimeoutError');
  return { ok: false, refusal: isOutOfTime ? 'UNAVAILABLE' : 'INTERNAL_ERROR', violations: [] };
}

function resultOf(event: SignedEvent, answer: Done | Refused, nowMs: number): APIGatewayProxyResult {
  const timeZone = onlyValue(event.rawHeaders, 'Time-Zone');
  const stamp = {
    requestId: event.requestContext.requestId,
    timestamp: formatTimestamp(nowMs, timeZone !== undefined && isTimeZone(timeZone) ? timeZone : undefined),
  };
  const language = languageOf(onlyValue(event.rawHeaders, 'X-System-Language'));
  const resultCode: ResultCode = answer.ok ? success : refusals[answer.refusal];
  const envelope = answer.ok
    ? successEnvelope(answer.data, stamp)
    : refusalEnvelope(answer.refusal, answer.violations, language, stamp);
  const { status, retryAfterSeconds } = resultCode;
  return {
    statusCode: status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
      ...(answer.ok && answer.isReplay ? { 'Idempotent-Replayed': 'true' } : {}),
    },
    body: JSON.stringify(envelope),
    isBase64Encoded: false,
  };
}
