import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CancellationData } from '../contract/cancellation-data.ts';
import type { Envelope } from '../contract/envelope.ts';
import { envelopeOf, type Send, signed } from './smoke-test.ts';

/*
 * Rows as version 0.1.0 wrote them, word for word: an order of which a part is canceled, and the record of that
 * cancellation. Their types are not those of the code on purpose, because they stay as they are when the code changes.
 * Whoever changes what is stored adds rows of today's shape, and keeps these for as long as such rows are stored.
 */
export const frozenOrder = {
  orderKey: 'SMOKE-TEST/SMOKE-FROZEN-1',
  cur: 'KRW',
  st: 'PARTIALLY_CANCELED',
  rm: 'ORIGINAL',
  v: 2n,
  lines: [
    { s: 1n, ty: 'PHYSICAL', id: 'SMOKE', q: 3n, a: 3000n, t: 300n, c: { q: 2n, a: 6000n, t: 600n } },
    { s: 2n, ty: 'DELIVERY', id: 'SMOKE-DELIVERY', q: 1n, a: 2500n, t: 0n },
  ],
} as const;

export const frozenCancellation = {
  orderKey: 'SMOKE-TEST/SMOKE-FROZEN-1',
  cancellationKey: 'K#smoke-frozen',
  digest: 'b053b074e611d2f2320ce5150703ac61979dc58b70ecae357af4092849308aaf',
  kind: 'REFUND',
  at: 1767129253909n,
  rid: 'RETREQ01KDRMV9TN0000000000000001',
  v: 2n,
  data:
    '{"orderNo":"SMOKE-FROZEN-1","totalProductAmount":6000,"totalProductTaxAmount":600,"totalDeliveryAmount":0,' +
    '"totalDeliveryTaxAmount":0,"processedCount":1,"returnRequestId":"RETREQ01KDRMV9TN0000000000000001","items":' +
    '[{"seq":1,"itemId":"SMOKE","quantity":2,"amount":3000,"taxAmount":300}]}',
  lines: [{ s: 1n, q: 2n, a: 6000n, t: 600n }],
} as const;

/** The request that made this record. */
const request =
  '{"orderNo":"SMOKE-FROZEN-1","totalCancelAmount":6000,"items":' +
  '[{"seq":1,"itemType":"PHYSICAL","itemId":"SMOKE","quantity":2,"amount":3000,"taxAmount":300}]}';

/** Puts both rows. They are the same each time, so a second time changes nothing. */
export async function putFrozenRows(
  client: DynamoDBDocumentClient,
  tables: { readonly orders: string; readonly cancellations: string },
): Promise<void> {
  await client.send(new PutCommand({ TableName: tables.orders, Item: frozenOrder }));
  await client.send(new PutCommand({ TableName: tables.cancellations, Item: frozenCancellation }));
}

/**
 * Tests that a deployment can read what an old version wrote: a retry of the old request is its replay, and the same
 * request under another idempotency key is refused, because only one unit remains. Neither cancels anything.
 * @returns one sentence for each wrong response
 */
export async function frozenFailures(send: Send, hashKey: string): Promise<string[]> {
  const replay = await send(signed(request, hashKey, 'smoke-frozen'));
  const isReplayed =
    replay.status === 200 &&
    replay.isReplay &&
    JSON.stringify(envelopeOf(replay.body)?.data) === frozenCancellation.data;

  const second = await send(signed(request, hashKey, 'smoke-frozen-again'));
  const isRefused = second.status === 400 && reasonsIn(second.body).includes('QUANTITY_EXCEEDS_REMAINING');
  return [
    ...(isReplayed ? [] : [`a replay of an old version's record: responded with ${replay.status}`]),
    ...(isRefused ? [] : [`a cancellation beyond an old version's order: responded with ${second.status}`]),
  ];
}

function reasonsIn(body: string): string[] {
  const envelope: Envelope<CancellationData> | undefined = envelopeOf(body);
  return (envelope?.errors ?? []).map(({ reason }) => reason);
}
