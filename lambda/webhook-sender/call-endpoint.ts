import { setTimeout as sleep } from 'node:timers/promises';
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
    const timeoutMs = Math.max(1, Math.min(deliveryTimeoutMs, remainingMs()));
    const answer = deliver({ url: read.url, headers, body }, timeoutMs);
    if (turn === undefined) await noteWhenSlow(answer, note);
    const result = await answer;

    const durationMs = now() - startedMs;
    const answered = judgeAnswer(result, durationMs);
    // An endpoint in no trouble that answers well has nothing to be noted, and one that is slow has been noted.
    const isNoted = turn === undefined && (answered === 'GOOD' || answered === 'SLOW');
    if (!isNoted) await note(answered);
    const { kind: _kind, ...how } = result;
    return { answered, ...how, durationMs };
  };
}

/** Notes the trouble as soon as the answer is slow, so that others wait for no answer as well. Resolves with the first. */
async function noteWhenSlow(answer: Promise<unknown>, note: (answered: Answered) => Promise<void>): Promise<void> {
  const ended = new AbortController();
  const slow = sleep(slowAnswerMs, 'SLOW', { signal: ended.signal }).catch(() => undefined);
  const isSlow = (await Promise.race([answer, slow])) === 'SLOW';
  ended.abort();
  if (isSlow) await note('SLOW');
}

function judgeAnswer(answer: DeliveryAnswer, durationMs: number): Answered {
  if (answer.kind === 'UNANSWERED') return 'FAILED';
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
