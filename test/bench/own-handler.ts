import { writeSync } from 'node:fs';
import { createHandler } from '../../lambda/handler.ts';
import { systemRuntime } from '../../lambda/runtime.ts';
import { orderKeyOf } from '../../lambda/store/items.ts';
import { createTelemetry } from '../../lambda/telemetry.ts';
import { memoryService } from '../fixtures/memory-service.ts';
import { contextOf } from '../fixtures/requests.ts';
import { exampleEvent, exampleOrder } from './cancellations.ts';

// The service's handler with its log and metrics over tables in memory: what is its own of the CPU time. Tells the
// milliseconds per cancellation.
const warmUp = 2000;
const count = 5000;

const order = exampleOrder('OWN');
const orderKey = orderKeyOf(order.storeId, order.orderNo);
const service = memoryService([order]);
const [[accessKey, key] = []] = service.keys;
const handler = createHandler({
  orders: service.store,
  storeKeys: { find: async (asked) => (asked === accessKey ? key : undefined) },
  runtime: { ...systemRuntime, now: () => service.nowMs },
  telemetry: createTelemetry('bench', systemRuntime.now),
});
const event = JSON.stringify(exampleEvent(order.orderNo));

await cancel(warmUp);
const before = process.cpuUsage();
await cancel(count);
const { user, system } = process.cpuUsage(before);
writeSync(3, String((user + system) / 1000 / count));

async function cancel(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    service.orders.set(orderKey, order);
    service.records.clear();
    service.writes.length = 0;
    const { statusCode } = await handler(JSON.parse(event) as ReturnType<typeof exampleEvent>, contextOf());
    if (statusCode !== 200) throw new Error(`A cancellation in memory was answered with ${statusCode}.`);
  }
}
