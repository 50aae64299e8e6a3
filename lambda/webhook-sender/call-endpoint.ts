import { type Endpoint, slowAnswerMs, validSecrets } from '../domain/endpoint.ts';
import type { Answered, EndpointRepository, Turn } from '../dynamodb/endpoint-repository.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import type { Webhook } from '../events/webhook.ts';
import { type Deliver, type DeliveryAnswer, deliveryTimeoutMs } from './deliver.ts';
import { readUrl } from './public-address.ts';
import { signaturesOf } from './sign.ts';

/** What came of a call, and how it was answered: a status, or why there was no answer. */
export interface Called {
  readonly answered: Answered;
  readonly status?: number;
  readonly because?: string;
  readonly durationMs: number;
}

/**
 * Calls an endpoint once, and notes what the next call depends on.
 * @throws UrlRefused when nothing may be sent there
 */
export type CallEndpoint = (
  webhook: Webhook,
  endpoint: Endpoint,
  turn: Turn | undefined,
  remainingMs: RemainingMs,
) => Promise<Called>;

/** The URL is none that webhooks are sent to. The message says what would be accepted. */
export class UrlRefused extends Error {
  override readonly name = 'UrlRefused';
}

export interface CallDependencies {
  readonly endpoints: Pick<EndpointRepository, 'note'>;
  readonly deliver: Deliver;
  /** Whether http to a loopback address is called too: on localhost only. */
  readonly allowsLocal: boolean;
  readonly now: () => number;
}

export function createCallEndpoint({ endpoints, deliver, allowsLocal, now }: CallDependencies): CallEndpoint {
  return async (webhook, endpoint, turn, remainingMs) => {
    const read = readUrl(endpoint.url, allowsLocal);
    if (!read.ok) throw new UrlRefused(read.problem);
    // What cannot be noted is found out again by the next call, and a turn ends by itself.
    const note = async (answered: Answered) =>
      await endpoints.note(endpoint, answered, turn, now(), remainingMs).catch(() => undefined);

    const startedMs = now();
    const { id, body } = webhook;
    const headers = headersOf(id, Math.floor(startedMs / 1000), body, validSecrets(endpoint, startedMs));
    // Without a turn many may be calling at once: whoever needs longer is called again in turn, and given the whole time.
    const mostMs = turn === undefined ? slowAnswerMs : deliveryTimeoutMs;
    const answer = await deliver({ url: read.url, headers, body }, Math.max(1, Math.min(mostMs, remainingMs())));

    const durationMs = now() - startedMs;
    const answered = judgeAnswer(answer, durationMs, turn);
    // There is nothing to be noted of an endpoint in no trouble that answers well.
    if (turn !== undefined || answered !== 'GOOD') await note(answered);
    const { kind: _kind, ...how } = answer;
    return { answered, ...how, durationMs };
  };
}

function judgeAnswer(answer: DeliveryAnswer, durationMs: number, turn: Turn | undefined): Answered {
  if (answer.kind === 'UNANSWERED') return answer.because === 'TIMEOUT' && turn === undefined ? 'LATE' : 'FAILED';
  if (answer.status === 410) return 'GONE';
  if (answer.status < 200 || answer.status > 299) return 'FAILED';
  return durationMs > slowAnswerMs ? 'SLOW' : 'GOOD';
}

function headersOf(
  id: string,
  timestampS: number,
  body: string,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'payment-cancel-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(timestampS),
    'webhook-signature': signaturesOf(id, timestampS, body, secrets),
  };
}
