import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { memoryService } from '../../../tools/in-memory/memory-service.ts';
import { memoryDetail } from '../../../tools/in-memory/memory-detail.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import { contextOf, eventOf, headersOf, requestOf, signatureOf } from '../../../tools/in-memory/requests.ts';
import { sendTo } from '../../../tools/in-memory/send.ts';
import { demoOrdersFile, demoStore } from '../../../tools/local/demo.ts';
import { readOrderFile, readOrders } from '../../../tools/orders/read-orders.ts';
import { rowsOf, sectionOf } from '../../support/markdown.ts';
import { projectRoot } from '../../support/run-node.ts';
import { errorsOf } from '../../support/send.ts';

/** A cell of a table without its marks. */
const textOfCell = (cell = '') => cell.replaceAll(/[`*]/g, '');

const line1 = { seq: 1, itemType: 'PHYSICAL', itemId: 'P001' } as const;

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

  test('has an example of two clerks as it goes', async () => {
    const rows = rowsOf(sectionOf(textOf('docs/merchants.md'), 'Cancel only what you have seen')).slice(2, 5);
    const service = memoryService([orderOf({ orderNo: 'ORD-1', version: 4 })]);
    const seen = (await sendTo(memoryDetail(service), { orderNo: 'ORD-1' })).headers['ETag'];
    const cancelWith = async (key: string) =>
      await sendTo(service, requestOf([{ ...line1, quantity: 1, amount: 50_000 }], { orderNo: 'ORD-1' }), {
        headers: { 'X-Idempotency-Key': key, 'If-Match': String(seen) },
      });
    const first = await cancelWith('clerk-1');
    const second = await cancelWith('clerk-2');
    expect(rows.map(([, one, other]) => [textOfCell(one), textOfCell(other)])).toEqual([
      [`ETag: ${String(seen)}`, `ETag: ${String(seen)}`],
      [`If-Match: ${String(seen)}: ${first.status}, ETag: ${String(first.headers['ETag'])}`, ''],
      ['', expect.stringMatching(`^If-Match: ${String(seen)}: ${second.status}, ORDER_CHANGED`)],
    ]);
    expect(errorsOf(second)).toEqual(['ORDER_CHANGED If-Match']);
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
