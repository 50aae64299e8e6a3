import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { DetailRequest } from '../../../lambda/detail/detail-request.ts';
import type { PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import { memoryDetail } from '../../in-memory/memory-detail.ts';
import { memoryService } from '../../in-memory/memory-service.ts';
import { orderOf } from '../../in-memory/orders.ts';
import { exampleText, store } from '../../in-memory/requests.ts';
import { sendTo } from '../../in-memory/send.ts';
import { type DemoExample, demoExamples } from '../../local/demo.ts';
import { cancelRoute } from './cancel-route.ts';
import { detailRoute } from './detail-route.ts';
import { openApiDocument } from './document.ts';
import type { OpenApiExample } from './documented-route.ts';

export const openApiFile = new URL('../../../docs/openapi.json', import.meta.url);

/** docs/openapi.json. Its requests are those of the demo, for whose orders they work. */
export async function generatedOpenApi(): Promise<string> {
  const routes = [
    cancelRoute(Object.fromEntries(demoExamples.map((example) => [example.name, withSpecifiedResponse(example)]))),
    detailRoute({ order: await detailExample() }),
  ];
  return `${JSON.stringify(openApiDocument(routes), null, 2)}\n`;
}

function withSpecifiedResponse({ name, title, request }: DemoExample): OpenApiExample {
  const response = JSON.parse(exampleText(name, 'response')) as { timestamp: string; data: object };
  const { orderNo } = request;
  return {
    title,
    request,
    // As this service writes them: a timestamp with milliseconds, and an id that sorts by time.
    response: {
      ...response,
      timestamp: response.timestamp.replace(/(\.\d{3})\d*Z$/, '$1Z'),
      data: { ...response.data, orderNo, returnRequestId: 'RETREQ01KDRKZ1MNWQ4Y6V2S8C5T7HGF' },
    },
  };
}

/** What the real handlers respond with after the last request of the demo. */
async function detailExample(): Promise<OpenApiExample> {
  const cancellation = demoExamples.at(-1)?.request;
  if (cancellation === undefined) throw new Error('The demo has no requests.');
  const { orderNo } = cancellation;
  const service = memoryService([orderOf({ orderNo })]);
  const idempotencyKey = { headers: { 'X-Idempotency-Key': 'refund-4711' } };
  const canceled = await sendTo<CancellationData>(service, cancellation, idempotencyKey);
  const detail = memoryDetail(service);
  detail.putExecution(
    { storeId: store.storeId, orderNo },
    {
      returnRequestId: canceled.envelope.data?.returnRequestId ?? '',
      attempt: 1,
      status: 'SUCCEEDED',
      updatedAtMs: service.nowMs + 1500,
    },
  );
  const request: DetailRequest = { orderNo };
  const { envelope } = await sendTo<PaymentDetail>(detail, request);
  return { title: 'An order of which an amount was canceled', request, response: envelope };
}
