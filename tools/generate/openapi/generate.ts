import { readFileSync } from 'node:fs';
import type { DetailRequest } from '../../../lambda/detail/detail-request.ts';
import type { PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import { memoryDetail } from '../../in-memory/memory-detail.ts';
import { memoryService } from '../../in-memory/memory-service.ts';
import { orderOf } from '../../in-memory/orders.ts';
import { exampleRequest } from '../../in-memory/requests.ts';
import { sendTo } from '../../in-memory/send.ts';
import { cancelRoute } from './cancel-route.ts';
import { detailRoute } from './detail-route.ts';
import { openApiDocument } from './document.ts';
import type { OpenApiExample } from './documented-route.ts';

export const openApiFile = new URL('../../../docs/openapi.json', import.meta.url);

/** docs/openapi.json, with the examples of the specification. */
export async function generatedOpenApi(): Promise<string> {
  const routes = [
    cancelRoute({
      'full-order': specifiedExample('full-order', 'Full order cancellation'),
      'item-level': specifiedExample('item-level', 'Item-level cancellation'),
      'partial-amount': specifiedExample('partial-amount', 'Partial cancellation by amount'),
    }),
    detailRoute({ order: await detailExample() }),
  ];
  return `${JSON.stringify(openApiDocument(routes), null, 2)}\n`;
}

function specifiedExample(name: string, title: string): OpenApiExample {
  const response = readSpecification(`${name}.response`) as { timestamp: string; data: object };
  return {
    title,
    request: readSpecification(`${name}.request`),
    // As this service writes them: milliseconds, and an id that sorts by time.
    response: {
      ...response,
      timestamp: response.timestamp.replace(/(\.\d{3})\d*Z$/, '$1Z'),
      data: { ...response.data, returnRequestId: 'RETREQ01KDRKZ1MNWQ4Y6V2S8C5T7HGF' },
    },
  };
}

function readSpecification(name: string): unknown {
  const file = new URL(`../../../examples/specification/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What the handlers themselves respond with, once the specification's last example has been sent. */
async function detailExample(): Promise<OpenApiExample> {
  const service = memoryService([orderOf()]);
  const cancellation = exampleRequest('partial-amount');
  await sendTo(service, cancellation);
  const request: DetailRequest = { orderNo: cancellation.orderNo };
  const { envelope } = await sendTo<PaymentDetail>(memoryDetail(service), request);
  return { title: 'An order of which an amount was canceled', request, response: envelope };
}
