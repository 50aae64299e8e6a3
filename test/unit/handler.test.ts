import { describe, expect, test } from '@jest/globals';
import { memoryService } from '../fixtures/memory-service.ts';
import { orderOf } from '../fixtures/orders.ts';
import { contextOf, eventOf, type Example, exampleText } from '../fixtures/requests.ts';

describe('the examples of the specification', () => {
  test.each<Example>(['full-order', 'item-level', 'partial-amount'])('%s is answered as specified', async (example) => {
    const { handler } = memoryService([orderOf()]);
    const result = await handler(eventOf(exampleText(example, 'request')), contextOf());
    const { data } = JSON.parse(exampleText(example, 'response')) as { data: { returnRequestId: string } };
    expect(result.statusCode).toBe(200);
    expect(JSON.parse(result.body)).toEqual({
      resultCode: '0',
      message: 'SUCCESS',
      requestId: 'request-1',
      timestamp: '2025-12-30T21:14:13.909Z',
      data: { ...data, returnRequestId: 'RETREQ00000000000000000000000001' },
    });
  });
});
