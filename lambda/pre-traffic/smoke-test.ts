import type { CancellationData } from '../contract/cancellation-data.ts';
import type { Envelope } from '../contract/envelope.ts';
import { signatureOf } from '../contract/signature.ts';
import { type SmokeOrder, smokeStore } from './smoke-order.ts';

export interface SmokeRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SmokeResponse {
  readonly status: number;
  readonly isReplay: boolean;
  readonly body: string;
}

/** Sends a request to the deployment that is tested. */
export type Send = (request: SmokeRequest) => Promise<SmokeResponse>;

/**
 * Tests what a merchant relies on: a cancellation, its replay, an idempotency key that is used again for another
 * request, and a wrong signature (contract, sections 4 and 5).
 * @returns one sentence for each wrong response
 */
export async function smokeFailures(send: Send, { orderNo, hashKey }: SmokeOrder): Promise<string[]> {
  const failures: string[] = [];
  const expect = (what: string, isAsExpected: boolean, { status, body }: SmokeResponse) => {
    if (!isAsExpected)
      failures.push(`${what}: responded with ${status} ${envelopeOf(body)?.resultCode ?? 'without envelope'}`);
  };
  const request = cancel(orderNo, 1000);

  const first = await send(signed(request, hashKey));
  const data = envelopeOf(first.body)?.data;
  expect('a cancellation', first.status === 200 && !first.isReplay && data?.totalProductAmount === 1000, first);

  const replay = await send(signed(request, hashKey));
  const isSame = JSON.stringify(envelopeOf(replay.body)?.data) === JSON.stringify(data);
  expect('its replay', replay.status === 200 && replay.isReplay && isSame, replay);

  const reused = await send(signed(cancel(orderNo, 2000), hashKey));
  expect('a key used again', reused.status === 422 && envelopeOf(reused.body)?.resultCode === 'EBP-C-0005', reused);

  const forged = await send(signed(cancel(orderNo, 500), `${hashKey}0`));
  expect('a wrong signature', forged.status === 401 && envelopeOf(forged.body)?.data === null, forged);
  return failures;
}

function cancel(orderNo: string, amount: number): string {
  const item = { seq: 1, itemType: 'PHYSICAL', itemId: 'SMOKE', quantity: 1, amount };
  return JSON.stringify({ orderNo, totalCancelAmount: amount, items: [item] });
}

/** A body as the reserved store signs it. */
export function signed(body: string, hashKey: string, idempotencyKey = 'smoke-test'): SmokeRequest {
  return {
    body,
    headers: {
      'Content-Type': 'application/json',
      'X-Access-Key': smokeStore.accessKey,
      'X-EBP-Signature': signatureOf(body, hashKey).toString('hex'),
      'X-Division-Code': smokeStore.divisionCode,
      'X-Store-Id': smokeStore.storeId,
      'X-Channel-Code': smokeStore.channelCode,
      'X-Ric-Code': 'KIC',
      'X-Country-Code': 'KR',
      'X-Currency-Code': 'KRW',
      'X-Idempotency-Key': idempotencyKey,
    },
  };
}

/** The envelope in a response; undefined if that is not JSON. */
export function envelopeOf(body: string): Envelope<CancellationData> | undefined {
  try {
    return (JSON.parse(body) as Envelope<CancellationData> | null) ?? undefined;
  } catch {
    return undefined;
  }
}
