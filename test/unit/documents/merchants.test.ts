import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { memoryService } from '../../../tools/in-memory/memory-service.ts';
import { contextOf, eventOf, headersOf, signatureOf } from '../../../tools/in-memory/requests.ts';
import { demoOrdersFile, demoStore } from '../../../tools/local/demo.ts';
import { readOrderFile, readOrders } from '../../../tools/orders/read-orders.ts';
import { projectRoot } from '../../support/run-node.ts';

const textOf = (page: string) => readFileSync(join(projectRoot, page), 'utf8');
const blocksOf = (page: string) =>
  [...textOf(page).matchAll(/^```json\n([^]*?)^```$/gm)].map(([, block = '']) => block);

interface Cancellation {
  readonly orderNo: string;
}
const isCancellation = (block: object): block is Cancellation => 'totalCancelAmount' in block;
const isSuccess = (block: object): block is Envelope<Cancellation> => 'resultCode' in block && block.resultCode === '0';

describe('docs/merchants.md', () => {
  const blocks = blocksOf('docs/merchants.md').map((block) => JSON.parse(block) as object);

  test('has requests that cancel the demo orders, and the response to one of them', async () => {
    const { handler } = memoryService(readOrderFile(demoOrdersFile), demoStore);
    const responses = new Map<string, Envelope<CancellationData>>();
    for (const request of blocks.filter(isCancellation)) {
      const body = JSON.stringify(request);
      const response = await handler(eventOf(body, headersOf(body, {}, demoStore)), contextOf());
      responses.set(request.orderNo, JSON.parse(response.body) as Envelope<CancellationData>);
    }
    expect([...responses.values()].map(({ message }) => message)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);

    const shown = blocks.find(isSuccess);
    expect(shown).toEqual({
      ...responses.get(String(shown?.data?.orderNo)),
      requestId: expect.any(String),
      timestamp: expect.any(String),
      data: {
        ...responses.get(String(shown?.data?.orderNo))?.data,
        returnRequestId: expect.stringMatching(/^RETREQ\w{26}$/),
      },
    });
  });

  test('has a signature to compare with that is right', () => {
    const [, body = '', hashKey = '', signature] =
      /the body `([^`]+)` and the hash key `([^`]+)` give\s+`(\w{64})`/.exec(textOf('docs/merchants.md')) ?? [];
    expect(signature).toBe(signatureOf(body, hashKey));
  });
});

test('the order file in docs/operations.md can be imported', () => {
  expect(blocksOf('docs/operations.md').flatMap(readOrders)).toHaveLength(1);
});
