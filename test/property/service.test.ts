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
function answeredMinor(answer: CancelResponse, currencyCode: string): bigint {
  const { totalProductAmount, totalDeliveryAmount } = dataOf(answer);
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
  test('the answered totals add up to what is canceled of the order', async () => {
    await fc.assert(
      fc.asyncProperty(capturedOrder, fc.array(keyed, { maxLength: 8 }), async (order, requests) => {
        const service = memoryService([order]);
        const sending = requests.map(({ key }) => sendingFor(order.currencyCode, key));
        let sumMinor = 0n;
        for (const [index, { wished }] of requests.entries()) {
          const request = requestFor(order, wished);
          const answer = await send(service, request, sending[index]);
          const isNew = answer.status === 200 && !('Idempotent-Replayed' in answer.headers);
          if (!isNew) continue;
          const answered = answeredMinor(answer, order.currencyCode);
          expect(answered).toBe(toMinorUnits(request.totalCancelAmount, exponentOf(order.currencyCode)));
          sumMinor += answered;
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
          const answer = await send(service, requestFor(order, wished), sendingFor(order.currencyCode, key));
          if (answer.status === 200) continue;
          expect([400, 422]).toContain(answer.status);
          expect({ order: orderIn(service), records: service.records }).toEqual(before);
        }
      }),
    );
  });

  test('a replay changes nothing and gives the data of the first answer', async () => {
    await fc.assert(
      fc.asyncProperty(capturedOrder, fc.array(keyed, { maxLength: 6 }), async (order, requests) => {
        const service = memoryService([order]);
        const answers: Array<{ first: CancelResponse; again: () => Promise<CancelResponse> }> = [];
        for (const { wished, key } of requests) {
          const request = requestFor(order, wished);
          const again = async () => send(service, request, sendingFor(order.currencyCode, key));
          const first = await again();
          if (first.status === 200) answers.push({ first, again });
        }
        const before = { order: orderIn(service), records: new Map(service.records) };
        for (const { first, again } of answers) {
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
      if (fault === 'BUSY') return { kind: 'BUSY', isConflict: true };
      if (fault === 'ORDER_CHANGED') return { kind: 'ORDER_CHANGED' };
      const outcome = fault !== 'LOST_WRITE' && write !== undefined ? apply(service, write) : undefined;
      return fault === 'NONE' && outcome !== undefined ? outcome : { kind: 'UNKNOWN', cause: new Error('No answer.') };
    };
  }

  test('a merchant who retries is canceled exactly once, whatever DynamoDB does to the writes', async () => {
    const fault = fc.constantFrom<Fault>('BUSY', 'ORDER_CHANGED', 'LOST_ANSWER', 'LOST_WRITE', 'NONE');
    await fc.assert(
      fc.asyncProperty(
        capturedOrder,
        fc.array(wishes, { minLength: 1, maxLength: 3 }),
        fc.array(fault, { maxLength: 20 }),
        async (order, requests, faults) => {
          const service = memoryService([order]);
          service.nextCommits.push(...faults.map((each) => injected(service, each)));
          const toTheEnd = async (request: unknown, key: string): Promise<CancelResponse> => {
            const answer = await send(service, request, sendingFor(order.currencyCode, key));
            return answer.status === 503 ? await toTheEnd(request, key) : answer;
          };
          // Two of each at once: a merchant's retry may overtake the request.
          const answers = await Promise.all(
            requests.flatMap((wished, index) => {
              const request = requestFor(order, wished);
              return [toTheEnd(request, `key-${index}`), toTheEnd(request, `key-${index}`)];
            }),
          );
          const successes = answers.filter(({ status }) => status === 200);
          const sums = new Map(
            successes.map((answer) => [dataOf(answer).returnRequestId, answeredMinor(answer, order.currencyCode)]),
          );
          const sumMinor = [...sums.values()].reduce((sum, minor) => sum + minor, 0n);
          expect(canceledOf(orderIn(service)).amountMinor).toBe(sumMinor);
          expect(service.records.size).toBe(sums.size);
          for (const index of requests.keys()) {
            const [one, twin] = [answers[2 * index], answers[2 * index + 1]];
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

  /** What the service answers, and whether the contract knows of it. */
  async function answerTo(body: string, headers: Sending['headers'] = {}) {
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

  test('that is JSON has an answer of the contract and is no 500', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6 }), async (body) => {
        expect(await answerTo(body)).toEqual(foreseen);
      }),
      { numRuns: 500 },
    );
  });

  test('that is text has one too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => {
        expect(await answerTo(body)).toEqual(foreseen);
      }),
    );
  });

  test('that is nearly a request has one too', async () => {
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
        expect(await answerTo(JSON.stringify(changed('body', body)))).toEqual(foreseen);
      }),
      { numRuns: 500 },
    );
  });

  test('with any headers has one too', async () => {
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
        expect(await answerTo(body, overrides)).toEqual(foreseen);
      }),
      { numRuns: 300 },
    );
  });
});
