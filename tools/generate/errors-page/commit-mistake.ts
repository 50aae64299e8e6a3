import type { Order } from '../../../lambda/domain/order.ts';
import { memoryDetail } from '../../in-memory/memory-detail.ts';
import { type MemoryService, memoryService } from '../../in-memory/memory-service.ts';
import { orderOf } from '../../in-memory/orders.ts';
import { type Responded, sendTo } from '../../in-memory/send.ts';
import { full } from './sample-requests.ts';

/** A mistake of a new integration, and the expected response. docs/errors.md has the messages. */
export interface IntegratorMistake {
  readonly title: string;
  /** Sent to the detail call. The others are sent to the cancel call. */
  readonly isDetail?: true;
  /** The body, with the mistake in it; text is sent as it is. Signed, unless a header overrides the signature. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly order?: Partial<Order>;
  /** Sends earlier requests. */
  readonly before?: (service: MemoryService) => Promise<unknown>;
  /** The status of the response, and each error as `REASON place`. */
  readonly response: readonly [status: number, ...errors: readonly string[]];
}

/** Sends a mistake to the real handler of its route, in one language or the other. */
export async function commitMistake(
  { isDetail, body = full, headers = {}, order = {}, before }: IntegratorMistake,
  language: 'en' | 'ko',
): Promise<Responded<object>> {
  const service = memoryService([orderOf(order)]);
  await before?.(service);
  const sending = { headers: { ...headers, 'X-System-Language': language } };
  return await sendTo(isDetail ? memoryDetail(service) : service, body, sending);
}
