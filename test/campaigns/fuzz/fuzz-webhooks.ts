import { createHmac } from 'node:crypto';
import type { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { createEndpointRepository } from '../../../lambda/dynamodb/endpoint-repository.ts';
import { senderMetricNames } from '../../../lambda/environment/metric-names.ts';
import { createDeadLetters } from '../../../lambda/events/dead-letters.ts';
import { createEventTelemetry } from '../../../lambda/events/event-telemetry.ts';
import { createCallEndpoint } from '../../../lambda/webhook-sender/call-endpoint.ts';
import type { Delivery } from '../../../lambda/webhook-sender/deliver.ts';
import { createWebhookSender } from '../../../lambda/webhook-sender/send-webhooks.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { Random } from '../../support/random.ts';
import { countsIn } from './event-lines.ts';
import { prototypeFlaw, secretIn } from './oracles.ts';
import { captured } from './service.ts';
import { drawTrouble } from './troubles.ts';
import { drawEndpointRow, goodUrl, hashKeyOfWebhook, isSoundRow, webhookBody, webhookOf } from './webhook-cases.ts';

type Service = 'table' | 'dead letters' | 'queue';
type Row = Readonly<Record<string, unknown>>;

/** A message of a store, with the row of its endpoint. */
export interface WebhookCase {
  readonly row: Row;
  readonly body: string;
}

/** What the webhook sender did with a message. */
export interface SentWebhook {
  readonly comesAgain: boolean;
  readonly deliveries: readonly Delivery[];
  readonly letters: ReadonlyArray<{ readonly body: string; readonly reason: string }>;
  readonly printed: string;
}

const now = () => startOfTest;

/** A webhook sender whose merchant answers with this status, and of which one service may fail. */
export type SendWebhook = (
  webhook: WebhookCase,
  status: number,
  failing: Service | undefined,
  error: Error,
) => Promise<SentWebhook>;

export function fuzzSender(): SendWebhook {
  return async ({ row, body }, status, failing, error) => {
    const deliveries: Delivery[] = [];
    const letters: SentWebhook['letters'][0][] = [];
    const failIf = (service: Service) => {
      if (failing === service) throw error;
    };
    const table = async (command: unknown) => {
      failIf('table');
      return command instanceof GetCommand ? { Item: row } : {};
    };
    const queue = async ({ input }: SendMessageCommand) => {
      failIf('dead letters');
      letters.push({ body: input.MessageBody ?? '', reason: input.MessageAttributes?.['reason']?.StringValue ?? '' });
      return {};
    };
    const endpoints = createEndpointRepository({ send: table } as unknown as DynamoDBDocumentClient, 'Endpoints');
    const deliver = async (delivery: Delivery) => {
      deliveries.push(delivery);
      return { kind: 'ANSWERED', status } as const;
    };
    const send = createWebhookSender({
      endpoints,
      callEndpoint: createCallEndpoint({ endpoints, deliver, allowsLocal: false, now }),
      redelivery: {
        async delay() {
          failIf('queue');
        },
      },
      deadLetters: createDeadLetters({ send: queue } as unknown as SQSClient, 'dead letters'),
      report: createEventTelemetry('send', senderMetricNames, { service: 'fuzz', version: 'a1' }, now),
      now,
      random: () => 0,
    });
    const attributes = { ApproximateReceiveCount: '1' };
    const Records = [{ messageId: 'message-1', receiptHandle: 'receipt', body, attributes } as SQSRecord];
    const { result, printed } = await captured(async () => await send({ Records }, contextOf(30_000)));
    return { comesAgain: result.batchItemFailures.length > 0, deliveries, letters, printed };
  };
}

/** Hands the sender the message that a seed stands for. @returns what is wrong, with what shows it */
export async function fuzzWebhook(send: SendWebhook, seed: number): Promise<string | undefined> {
  const random = new Random(seed);
  const webhook = { row: drawEndpointRow(random), body: webhookBody(random) };
  const status = random.pick([200, 204, 299, 300, 400, 410, 500, 0, 199, 999]);
  const failing = random.chance(10) ? random.pick(['table', 'dead letters', 'queue'] as const) : undefined;
  const { error } = drawTrouble(random);
  let flaw: string | undefined;
  try {
    flaw = flawOfWebhook(webhook, status, failing, await send(webhook, status, failing, error));
    flaw ??= prototypeFlaw(seed % 64 === 0);
  } catch (thrown) {
    flaw = `It threw: ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
  }
  if (flaw === undefined) return undefined;
  const shown = JSON.stringify(webhook.row, (name, value: unknown) =>
    name === 'secret' ? 'SECRET' : typeof value === 'bigint' ? Number(value) : value,
  );
  return `${flaw}\nanswer ${status}, failing ${failing ?? 'nothing'}\n${shown}\n${webhook.body}`;
}

export function flawOfWebhook(
  { row, body }: WebhookCase,
  status: number,
  failing: Service | undefined,
  { comesAgain, deliveries, letters, printed }: SentWebhook,
): string | undefined {
  const leaked = leakOf(row, [printed, ...letters.map(({ reason }) => reason)].join('\n'));
  if (leaked !== undefined) return leaked;
  const wanted = outcomeOf(row, body, status, failing);
  const is = comesAgain ? 'COMES_AGAIN' : letters.length > 0 ? 'KEPT' : deliveries.length > 0 ? 'CALLED' : 'DROPPED';
  if (is !== wanted) return `It is ${is}, and has to be ${wanted}.`;
  if (letters.some((letter) => letter.body !== body || letter.reason === ''))
    return 'A dead letter is not its message, or has no reason.';
  const counted = Object.values(countsIn(printed, senderMetricNames)).reduce((sum, count) => sum + count, 0);
  if (counted !== 1) return `It is counted ${counted} times.`;
  for (const delivery of deliveries) {
    const flaw = flawOfDelivery(row, body, delivery);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** What has to become of a message at its first receive. */
function outcomeOf(row: Row, body: string, status: number, failing: Service | undefined): string {
  const webhook = webhookOf(body);
  const kept = failing === 'dead letters' ? 'COMES_AGAIN' : 'KEPT';
  if (webhook === undefined) return kept;
  if (failing === 'table') return 'COMES_AGAIN';
  if (!isSoundRow(row)) return kept;
  const types = row['types'] as readonly string[] | undefined;
  if (types?.includes(webhook.type) === false || row['goneAt'] !== undefined) return 'DROPPED';
  const failingSince = row['failingSince'] as bigint | undefined;
  if (failingSince !== undefined && startOfTest - Number(failingSince) >= 3_600_000) return kept;
  const busyUntil = row['busyUntil'] as bigint | undefined;
  if (busyUntil !== undefined && Number(busyUntil) > startOfTest) return 'COMES_AGAIN';
  if (row['url'] !== goodUrl) return kept;
  return (status >= 200 && status <= 299) || status === 410 ? 'CALLED' : 'COMES_AGAIN';
}

function flawOfDelivery(row: Row, body: string, { url, headers, body: sent }: Delivery): string | undefined {
  const webhook = webhookOf(body);
  if (webhook === undefined || url.href !== row['url']) return 'It is sent where it must not be.';
  if (sent !== JSON.stringify(webhook.sent)) return `It sends ${sent}.`;
  const timestamp = String(Math.floor(startOfTest / 1000));
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature = '' } = headers;
  if (id !== webhook.id || at !== timestamp) return 'Its id or its time is another one.';
  const secrets = (row['secrets'] as ReadonlyArray<{ secret: string; until?: bigint }>)
    .filter(({ until }) => until === undefined || Number(until) > startOfTest)
    .map(({ secret }) => createHmac('sha256', hashKeyOfWebhook(secret)).update(`${id}.${at}.${sent}`).digest('base64'));
  return signature === secrets.map((one) => `v1,${one}`).join(' ') ? undefined : 'It is not signed with what is valid.';
}

/** Neither accounts nor the secrets or the URL of an endpoint, which may have a token in it. */
function leakOf({ secrets, url }: Row, text: string): string | undefined {
  const own = Array.isArray(secrets) ? (secrets as Array<{ secret?: unknown } | null>).map((one) => one?.secret) : [];
  const named = [...own, url].filter((value) => typeof value === 'string');
  const leaked = secretIn(text) ?? named.find((value) => value.length > 20 && text.includes(value));
  return leaked === undefined ? undefined : `The secret ${leaked} got out.`;
}
