import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { refusals } from '../../lambda/contract/result-codes.ts';
import { exponentOf, toMinorUnits } from '../../lambda/domain/money.ts';
import type { Order } from '../../lambda/domain/order.ts';
import type { CommitOutcome } from '../../lambda/dynamodb/order-repository.ts';
import { canceledOf, capturedOrder, requestFor, wishes } from '../support/arbitraries.ts';
import { apply, type MemoryService, memoryService } from '../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { exampleRequest } from '../../tools/in-memory/requests.ts';
import { dataOf, send } from '../support/send.ts';
import type { CancelResponse } from '../support/send.ts';
import type { Sending } from '../../tools/in-memory/send.ts';

/** What a success says was canceled, in minor units. */
function canceledMinorIn(response: CancelResponse, currencyCode: string): bigint {
  const { totalProductAmount, totalDeliveryAmount } = dataOf(response);
  const exponent = exponentOf(currencyCode);
  return (toMinorUnits(totalProductAmount, exponent) ?? 0n) + (toMinorUnits(totalDeliveryAmount, exponent) ?? 0n);
}

function orderIn(service: MemoryService): Order {
  const [order] = service.orders.values();
  if (order === undefined) throw new Error('The order is gone.');
  return order;
}

const keyed = fc.record({ wished: wishes, key: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }) });
const sendingFor = (currencyCode: string, key?: string): Sending => ({
  headers: { 'X-Currency-Code': currencyCode, 'X-Idempotency-Key': key },
});

describe('through the service, whatever is sent in whatever order', () => {
  test('the totals of the responses add up to what is canceled of the order', async () => {
    await fc.assert(
      fc.asyncProperty(capturedOrder, fc.array(keyed, { maxLength: 8 }), async (order, requests) => {
        const service = memoryService([order]);
        const sending = requests.map(({ key }) => sendingFor(order.currencyCode, key));
        let sumMinor = 0n;
        for (const [index, { wished }] of requests.entries()) {
          const request = requestFor(order, wished);
          const response = await send(service, request, sending[index]);
          const isNew = response.status === 200 && !('Idempotent-Replayed' in response.headers);
          if (!isNew) continue;
          const canceledMinor = canceledMinorIn(response, order.currencyCode);
          expect(canceledMinor).toBe(toMinorUnits(request.totalCancelAmount, exponentOf(order.currencyCode)));
          sumMinor += canceledMinor;
        }
        expect(canceledOf(orderIn(service)).amountMinor).toBe(sumMinor);
      }),
    );
  });

  test('a refused request changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(capturedOrder, fc.array(keyed, { maxLength: 8 }), async (order, requests) => {
        const service = memoryService([order]);
        for (const { wished, key } of requests) {
          const before = { order: orderIn(service), records: new Map(service.records) };
          const response = await send(service, requestFor(order, wished), sendingFor(order.currencyCode, key));
          if (response.status === 200) continue;
          // Without a key, the same with another tax is a duplicate.
          expect([400, 409, 422]).toContain(response.status);
          expect({ order: orderIn(service), records: service.records }).toEqual(before);
        }
      }),
    );
  });

  test('a replay changes nothing and has the data of the first response', async () => {
    await fc.assert(
      fc.asyncProperty(capturedOrder, fc.array(keyed, { maxLength: 6 }), async (order, requests) => {
        const service = memoryService([order]);
        const successes: Array<{ first: CancelResponse; again: () => Promise<CancelResponse> }> = [];
        for (const { wished, key } of requests) {
          const request = requestFor(order, wished);
          const again = async () => send(service, request, sendingFor(order.currencyCode, key));
          const first = await again();
          if (first.status === 200) successes.push({ first, again });
        }
        const before = { order: orderIn(service), records: new Map(service.records) };
        for (const { first, again } of successes) {
          const replay = await again();
          expect(replay.headers).toHaveProperty('Idempotent-Replayed', 'true');
          expect(dataOf(replay)).toEqual(dataOf(first));
        }
        expect({ order: orderIn(service), records: service.records }).toEqual(before);
      }),
    );
  });

  type Fault = 'BUSY' | 'ORDER_CHANGED' | 'LOST_ANSWER' | 'LOST_WRITE' | 'NONE';

  /** What DynamoDB may do to a write: apply it or not, and answer it or not. */
  function injected(service: MemoryService, fault: Fault): () => Promise<CommitOutcome> {
    return async () => {
      const write = service.writes.at(-1);
      if (fault === 'BUSY') return { kind: 'BUSY', isConflict: true, isOpen: false };
      if (fault === 'ORDER_CHANGED') return { kind: 'ORDER_CHANGED', order: orderIn(service), isOpen: false };
      const outcome = fault !== 'LOST_WRITE' && write !== undefined ? apply(service, write) : undefined;
      return fault === 'NONE' && outcome !== undefined ? outcome : { kind: 'UNANSWERED', isOpen: true };
    };
  }

  test('what a merchant retries is canceled exactly once, whatever DynamoDB does to the writes', async () => {
    const fault = fc.constantFrom<Fault>('BUSY', 'ORDER_CHANGED', 'LOST_ANSWER', 'LOST_WRITE', 'NONE');
    await fc.assert(
      fc.asyncProperty(
        capturedOrder,
        fc.array(wishes, { minLength: 1, maxLength: 3 }),
        fc.array(fault, { maxLength: 20 }),
        async (order, requests, faults) => {
          const service = memoryService([order]);
          service.nextCommits.push(...faults.map((each) => injected(service, each)));
          const untilSettled = async (request: unknown, key: string): Promise<CancelResponse> => {
            const response = await send(service, request, sendingFor(order.currencyCode, key));
            return response.status === 503 ? await untilSettled(request, key) : response;
          };
          // Two of each at once: a merchant's retry may overtake the request.
          const responses = await Promise.all(
            requests.flatMap((wished, index) => {
              const request = requestFor(order, wished);
              return [untilSettled(request, `key-${index}`), untilSettled(request, `key-${index}`)];
            }),
          );
          const successes = responses.filter(({ status }) => status === 200);
          const sums = new Map(
            successes.map((response) => [
              dataOf(response).returnRequestId,
              canceledMinorIn(response, order.currencyCode),
            ]),
          );
          const sumMinor = [...sums.values()].reduce((sum, minor) => sum + minor, 0n);
          expect(canceledOf(orderIn(service)).amountMinor).toBe(sumMinor);
          expect(service.records.size).toBe(sums.size);
          for (const index of requests.keys()) {
            const [one, twin] = [responses[2 * index], responses[2 * index + 1]];
            expect([one?.status, twin?.status]).toEqual([one?.status, one?.status]);
            expect(twin?.envelope.data).toEqual(one?.envelope.data);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('any body at all', () => {
  const statuses: ReadonlySet<number> = new Set([200, ...Object.values(refusals).map(({ status }) => status)]);

  /** The service's response, and whether the contract has it. */
  async function responseTo(body: string, headers: Sending['headers'] = {}) {
    const { status, envelope } = await send(memoryService([orderOf()]), body, { headers });
    return { status, isForeseen: statuses.has(status) && status < 500, envelope };
  }

  const foreseen = {
    status: expect.any(Number),
    isForeseen: true,
    envelope: expect.objectContaining({
      resultCode: expect.stringMatching(/^(?:0|EBP-[A-Z]-\d{4})$/),
      message: expect.any(String),
      requestId: 'request-1',
      timestamp: expect.any(String),
    }),
  };

  test('that is JSON gets a response of the contract and no 500', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6 }), async (body) => {
        expect(await responseTo(body)).toEqual(foreseen);
      }),
      { numRuns: 500 },
    );
  });

  test('that is text gets one too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => {
        expect(await responseTo(body)).toEqual(foreseen);
      }),
    );
  });

  test('that is nearly a request gets one too', async () => {
    const request = exampleRequest('full-order');
    const anything = fc.oneof(fc.jsonValue(), fc.double(), fc.constantFrom(0, -0, 5e-324, 1e308, -1, 0.1, '', null));
    const change = fc.record({
      of: fc.constantFrom('body', 'item', 'account'),
      name: fc.constantFrom(
        'orderNo',
        'totalCancelAmount',
        'items',
        'refundAccount',
        'seq',
        'quantity',
        'amount',
        'taxAmount',
        'itemId',
        'itemType',
        'accountNumber',
        'bankCode',
        '__proto__',
        'constructor',
        'toString',
      ),
      value: anything,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const changed = (of: string, object: object) => ({
          ...object,
          ...Object.fromEntries(changes.filter((each) => each.of === of).map(({ name, value }) => [name, value])),
        });
        const body = {
          ...request,
          refundAccount: changed('account', request.refundAccount ?? {}),
          items: request.items.map((item, index) => (index === 0 ? changed('item', item) : item)),
        };
        expect(await responseTo(JSON.stringify(changed('body', body)))).toEqual(foreseen);
      }),
      { numRuns: 500 },
    );
  });

  test('with any headers gets one too', async () => {
    const name = fc.constantFrom(
      'Content-Type',
      'X-Idempotency-Key',
      'Time-Zone',
      'X-System-Language',
      'X-Currency-Code',
      'X-Country-Code',
      'X-Access-Key',
      'X-EBP-Signature',
      'Accept',
    );
    const headers = fc.dictionary(
      name,
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('UTC', 'ko', 'KRW', '')),
    );
    const body = JSON.stringify(exampleRequest('item-level'));
    await fc.assert(
      fc.asyncProperty(headers, async (overrides) => {
        expect(await responseTo(body, overrides)).toEqual(foreseen);
      }),
      { numRuns: 300 },
    );
  });
});
