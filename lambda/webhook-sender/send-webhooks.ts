import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Endpoint, judgeDelivery } from '../domain/endpoint.ts';
import { InvariantViolated } from '../domain/order.ts';
import type { EndpointRepository, Turn } from '../dynamodb/endpoint-repository.ts';
import { type RemainingMs, remainingMsOf } from '../environment/deadline.ts';
import type { SenderMetricName } from '../environment/metric-names.ts';
import type { DeadLetters } from '../events/dead-letters.ts';
import type { Handled, ReportHandled } from '../events/event-telemetry.ts';
import { detailIn } from '../events/detail-in.ts';
import type { Redelivery } from '../events/redelivery.ts';
import { readWebhook, type Webhook } from '../events/webhook.ts';
import { type CallEndpoint, UrlRefused } from './call-endpoint.ts';
import { waitSeconds } from './schedule.ts';

export interface SenderDependencies {
  readonly endpoints: EndpointRepository;
  readonly callEndpoint: CallEndpoint;
  readonly redelivery: Redelivery;
  readonly deadLetters: DeadLetters;
  readonly report: ReportHandled<SenderMetricName>;
  readonly now: () => number;
  /** At least 0, below 1. */
  readonly random: () => number;
}

/** A message that was not delivered: the queue delivers it again, and at last keeps it among the dead letters. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered';
}

/** What came of a message, as the log line has it. The metrics are counted by it. */
type Outcome = Pick<Handled<SenderMetricName>, 'outcome' | 'counted' | 'level'> & {
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Whether the message comes again. */
  readonly waits?: true;
};

/**
 * Sends webhooks from a queue, those of a batch at the same time. No message is lost: it is delivered, not wanted, comes
 * again, or is a dead letter.
 */
export function createWebhookSender(dependencies: SenderDependencies) {
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const remainingMs = remainingMsOf(context);
    const stores = new StoresOfBatch(dependencies.endpoints, remainingMs);
    return await processPartialResponse(
      event,
      async (record: SQSRecord) => await take(record, dependencies, stores, remainingMs),
      new BatchProcessor(EventType.SQS),
      { throwOnFullBatchFailure: false },
    );
  };
}

/** @throws NotDelivered for what has to come again */
async function take(
  record: SQSRecord,
  dependencies: SenderDependencies,
  stores: StoresOfBatch,
  remainingMs: RemainingMs,
): Promise<void> {
  const { messageId, body, receiptHandle } = record;
  const { redelivery, deadLetters, report, random } = dependencies;
  const receiveCount = Number(record.attributes.ApproximateReceiveCount);
  const webhook = readWebhook(detailIn(body));
  let outcome: Outcome;
  let error: unknown;
  try {
    outcome =
      'problem' in webhook
        ? await refused(body, webhook.problem, deadLetters, remainingMs)
        : await send({ webhook, body, receiveCount }, dependencies, stores, remainingMs);
  } catch (failure) {
    outcome = { outcome: 'REDELIVERED', counted: ['WebhookRedelivered'], level: 'WARN', waits: true };
    error = failure;
  }
  const about = 'problem' in webhook ? {} : { storeId: webhook.storeId, eventId: webhook.id, type: webhook.type };
  const { waits, fields, ...handled } = outcome;
  report({ ...handled, fields: { messageId, ...about, receiveCount, ...fields }, error });
  if (waits === undefined) return;
  // If that fails, it comes again when its queue says, which is safe.
  await redelivery.delay(receiptHandle, waitSeconds(receiveCount, random()), remainingMs).catch(() => undefined);
  throw new NotDelivered('The message comes again.');
}

interface Message {
  readonly webhook: Webhook;
  /** As it came. */
  readonly body: string;
  readonly receiveCount: number;
}

/** @throws the error of AWS: then the message has to come again */
async function send(
  { webhook, body, receiveCount }: Message,
  { endpoints, callEndpoint, deadLetters, now }: SenderDependencies,
  stores: StoresOfBatch,
  remainingMs: RemainingMs,
): Promise<Outcome> {
  let endpoint: Endpoint | undefined;
  try {
    endpoint = await stores.find(webhook.storeId);
  } catch (error) {
    if (!(error instanceof InvariantViolated)) throw error;
    return await refused(body, 'the row of the endpoint cannot be as it is stored', deadLetters, remainingMs);
  }
  const verdict = judgeDelivery(endpoint, { type: webhook.type, receiveCount }, now());
  if (endpoint === undefined || verdict.kind === 'DROP') {
    const fields = verdict.kind === 'DROP' ? { because: verdict.because } : {};
    return { outcome: 'DROPPED', counted: ['WebhookDropped'], level: 'INFO', fields };
  }
  if (verdict.kind === 'PAUSE') {
    await deadLetters.send(body, 'the endpoint has been failing for an hour, and is paused', remainingMs);
    return { outcome: 'PAUSED', counted: ['WebhookPaused'], level: 'WARN' };
  }
  let turn: Turn | undefined;
  if (verdict.kind !== 'SEND') {
    // One message of a batch is enough to try for the turn.
    const mayTry = verdict.kind === 'SEND_IN_TURN' && stores.isFirstToTry(webhook.storeId);
    turn = mayTry ? await endpoints.takeTurn(endpoint, now(), remainingMs) : undefined;
    if (turn === undefined) return { outcome: 'WAITING', counted: ['WebhookWaiting'], level: 'INFO', waits: true };
  }
  try {
    return outcomeOf(await callEndpoint(webhook, endpoint, turn, remainingMs));
  } catch (error) {
    if (!(error instanceof UrlRefused)) throw error;
    return await refused(body, `the URL of the endpoint ${error.message}`, deadLetters, remainingMs);
  }
}

function outcomeOf({ answered, ...fields }: Awaited<ReturnType<CallEndpoint>>): Outcome {
  switch (answered) {
    case 'GOOD':
    case 'SLOW':
      return { outcome: 'DELIVERED', counted: ['WebhookDelivered'], level: 'INFO', fields };
    case 'GONE':
      return { outcome: 'GONE', counted: ['EndpointGone'], level: 'WARN', fields };
    case 'LATE':
    case 'FAILED':
      return { outcome: answered, counted: ['WebhookFailed'], level: 'WARN', fields, waits: true };
  }
}

async function refused(
  body: string,
  reason: string,
  deadLetters: DeadLetters,
  remainingMs: RemainingMs,
): Promise<Outcome> {
  await deadLetters.send(body, reason, remainingMs);
  return { outcome: 'REFUSED', counted: ['WebhookRefused'], level: 'ERROR', fields: { reason } };
}

/** The stores of one batch: the row of each is read once. */
class StoresOfBatch {
  readonly #endpoints: EndpointRepository;
  readonly #remainingMs: RemainingMs;
  readonly #found = new Map<string, Promise<Endpoint | undefined>>();
  readonly #tried = new Set<string>();

  constructor(endpoints: EndpointRepository, remainingMs: RemainingMs) {
    this.#endpoints = endpoints;
    this.#remainingMs = remainingMs;
  }

  async find(storeId: string): Promise<Endpoint | undefined> {
    const found = this.#found.get(storeId) ?? this.#endpoints.find(storeId, this.#remainingMs);
    this.#found.set(storeId, found);
    return await found;
  }

  /** True once for each store. */
  isFirstToTry(storeId: string): boolean {
    const isFirst = !this.#tried.has(storeId);
    this.#tried.add(storeId);
    return isFirst;
  }
}
