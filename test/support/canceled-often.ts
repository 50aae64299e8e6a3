import { memoryDetail } from '../../tools/in-memory/memory-detail.ts';
import { memoryService, startOfTest } from '../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { dataOf, send } from './send.ts';

/** A service with an order of which 1000 was canceled several times, a second apart, and its detail route. */
export async function canceledOften(times: number) {
  const service = memoryService([
    orderOf({ lines: [lineOf({ seq: 3, itemId: 'P003', quantity: 1, unitAmountMinor: 1_000_000n })] }),
  ]);
  for (let index = 0; index < times; index += 1) {
    service.nowMs = startOfTest + index * 1000;
    const sent = await send(service, requestOf([itemOf({ amount: 1000 })]), {
      headers: { 'X-Idempotency-Key': `key-${index}` },
    });
    dataOf(sent);
  }
  return { service, detail: memoryDetail(service) };
}
