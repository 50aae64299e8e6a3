import type { APIGatewayProxyResult } from 'aws-lambda';
import { refusalEnvelope, successEnvelope } from '../contract/envelope.ts';
import type { ResponseStyle } from '../contract/headers.ts';
import { refusals, type ResponseKind, success } from '../contract/result-codes.ts';
import { formatTimestamp } from '../contract/timestamp.ts';
import { DatabaseUnavailable, OutcomeUnknown } from '../dynamodb/failures.ts';
import { refused, type Refused, RequestRefused, type Succeeded } from './outcome.ts';
import type { ReceivedRequest } from './receive.ts';
import type { Telemetry } from './request-report.ts';

export type Respond<Outcome> = (received: ReceivedRequest, outcome: Outcome, error?: unknown) => APIGatewayProxyResult;

/** The one place that turns outcomes into responses, and that reports each request, once. */
export function respondWith<Success extends Succeeded>(
  telemetry: Telemetry<Success | Refused>,
  now: () => number,
): Respond<Success | Refused> {
  return (received, outcome, error) => {
    const nowMs = now();
    const { requestId } = received.event.requestContext;
    const { headersRead } = received;
    const style = headersRead.ok ? headersRead.headers : headersRead.style;
    const response = responseOf(outcome, style, requestId, nowMs);
    telemetry.report({
      requestId,
      outcome,
      status: response.statusCode,
      durationMs: nowMs - received.receivedAtMs,
      ...received.subject,
      ...received.stats,
      error,
    });
    return response;
  };
}

/**
 * The outcome of a request that ended in an error. Nothing of its cause gets into the response.
 * @param outOfTime of an action that middy ended: the last resort, because calls to DynamoDB have earlier deadlines
 */
export function outcomeOfError(error: unknown, outOfTime: 'OUTCOME_UNKNOWN' | 'UNAVAILABLE'): Refused {
  if (error instanceof RequestRefused) return error.outcome;
  if (error instanceof DatabaseUnavailable) return refused('UNAVAILABLE');
  if (error instanceof OutcomeUnknown) return refused('OUTCOME_UNKNOWN');
  const isOutOfTime = error instanceof Error && error.name === 'TimeoutError';
  return refused(isOutOfTime ? outOfTime : 'INTERNAL_ERROR');
}

function responseOf(
  outcome: Succeeded | Refused,
  { language, timeZone }: ResponseStyle,
  requestId: string,
  nowMs: number,
): APIGatewayProxyResult {
  const stamp = { requestId, timestamp: formatTimestamp(nowMs, timeZone) };
  const envelope = outcome.ok
    ? successEnvelope(outcome.data, stamp)
    : refusalEnvelope(outcome.refusal, outcome.violations, language, stamp);
  const { status, retryAfterSeconds }: ResponseKind = outcome.ok ? success : refusals[outcome.refusal];
  return {
    statusCode: status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
      ...(outcome.etag === undefined ? {} : { ETag: outcome.etag }),
      ...(outcome.ok && outcome.isReplay ? { 'Idempotent-Replayed': 'true' } : {}),
    },
    body: JSON.stringify(envelope),
    isBase64Encoded: false,
  };
}
