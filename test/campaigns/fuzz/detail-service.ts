import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { formatAmount, exponentOf } from '../../../lambda/domain/money.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { orderKeyOf } from '../../../lambda/dynamodb/items.ts';
import { createDetailTelemetry } from '../../../lambda/detail/telemetry.ts';
import { memoryDetail } from '../../../tools/in-memory/memory-detail.ts';
import { memoryService, startOfTest, credentialOf } from '../../../tools/in-memory/memory-service.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import type { Random } from '../../support/random.ts';
import { eventFor, type FuzzRequest, headersFor } from './request.ts';
import { captured, type ObservedResponse } from './service.ts';
import { account, orders, sender, stranger, strangersOrder } from './world.ts';

/** A cancellation as it was answered, of some minor units of a single unit of its order's first line. */
export interface Past {
  readonly orderNo: string;
  readonly data: CancellationData;
  readonly createdAtMs: number;
  readonly amountMinor: bigint;
}

export interface FuzzDetailService {
  /** @throws whatever the handler throws, which it never should */
  send(request: FuzzRequest): Promise<ObservedResponse>;
  /** Every order is as it was, and no cancellation is known. */
  reset(): void;
  /** Cancels some of an order's first line for a refund account whose fields nobody may see. */
  cancel(order: Order, random: Random): Promise<Past>;
  /** As if orders had more cancellations than are listed one by one. */
  hideCancellations(): void;
}

/** The real detail handler and telemetry over tables in memory, in which the real cancel handler cancels. */
export function fuzzDetailService(): FuzzDetailService {
  const service = memoryService([...orders, strangersOrder], sender);
  service.keys.set(stranger.accessKey, credentialOf(stranger));
  const detail = memoryDetail(
    service,
    createDetailTelemetry({ service: 'fuzz', version: 'a1b2c3d4e5f6' }, () => startOfTest),
  );
  const { listCancellations } = detail.history;
  let sent = 0;
  return {
    async send(request) {
      const { result, printed } = await captured(() => detail.handler(eventFor(request), contextOf()));
      const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
      return { status: result.statusCode, headers: Object.fromEntries(headers), body: result.body, printed };
    },
    reset() {
      for (const order of orders) service.orders.set(orderKeyOf(order), order);
      service.records.clear();
      service.writes.length = 0;
      service.reports.length = 0;
      service.nowMs = startOfTest;
      detail.history.listCancellations = listCancellations;
    },
    async cancel(order, random) {
      service.nowMs += random.below(2);
      const amountMinor = BigInt(1 + random.below(20));
      const request = cancellationOf(order, amountMinor, `key-${(sent += 1)}`);
      const { statusCode, body } = await service.handler(eventFor(request), contextOf());
      const { data } = JSON.parse(body) as Envelope<CancellationData>;
      if (statusCode !== 200 || data === null) throw new Error(`It was not canceled: ${statusCode} ${body}`);
      return { orderNo: order.orderNo, data, createdAtMs: service.nowMs, amountMinor };
    },
    hideCancellations() {
      detail.history.listCancellations = async () => undefined;
    },
  };
}

function cancellationOf({ orderNo, currencyCode, lines }: Order, amountMinor: bigint, key: string): FuzzRequest {
  const [line] = lines;
  if (line === undefined) throw new Error('The order has no line.');
  const { seq, itemType, itemId } = line;
  const amount = Number(formatAmount(amountMinor, exponentOf(currencyCode)));
  const { accountNumber, bankCode, accountHolderName } = account;
  const bytes = Buffer.from(
    JSON.stringify({
      orderNo,
      totalCancelAmount: amount,
      refundAccount: { accountNumber, bankCode, accountHolderName },
      items: [{ seq, itemType, itemId, quantity: 1, amount }],
    }),
  );
  const headers = [...headersFor(bytes, currencyCode), ['X-Idempotency-Key', key] as const];
  return { body: bytes.toString('base64'), isBase64Encoded: true, headers };
}
