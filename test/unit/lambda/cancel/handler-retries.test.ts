import { describe, expect, test } from '@jest/globals';
import type { CommitOutcome } from '../../../../lambda/dynamodb/order-repository.ts';
import { Contended, DatabaseUnavailable, OutcomeUnknown } from '../../../../lambda/dynamodb/failures.ts';
import { apply, type MemoryService, memoryService, startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleRequest, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { conflict, unanswered } from '../../../support/scripted-payment.ts';
import { dataOf, errorsOf, send } from '../../../support/send.ts';
import type { CancelResponse } from '../../../support/send.ts';

const request = requestOf([itemOf({ amount: 1000 })]);
const withKey = { headers: { 'X-Idempotency-Key': 'k' } };
const orderKey = 'STORE-1/ORD20251224001';

function expectUnavailable({ status, headers, envelope }: CancelResponse, message: string): void {
  expect(status).toBe(503);
  expect(headers).toHaveProperty('Retry-After', '1');
  expect(envelope).toMatchObject({ resultCode: 'EBP-C-0011', data: null, errors: [] });
  expect(envelope.message).toContain(message);
}

const nothingCanceled = 'Nothing was canceled by this request';
const notKnown = 'It is not known whether the cancellation was made';

/** All commits from now on have this outcome, and none is applied. */
function letCommitsEnd(service: MemoryService, outcome: CommitOutcome): void {
  service.repository.commit = async (write) => {
    service.writes.push(write);
    return outcome;
  };
}

/** Applies the last write, as DynamoDB does when its own answer is lost. */
function applyLast(service: MemoryService): void {
  const write = service.writes.at(-1);
  if (write !== undefined) apply(service, write);
}

/** Lets a twin of the request be applied at the moment that this one's write arrives. */
function letTwinCommitFirst(
  service: MemoryService,
  twinRequest: unknown,
  sending = withKey,
): { response: Promise<CancelResponse> } {
  const twin = { response: Promise.resolve({} as CancelResponse) };
  const commit = service.repository.commit;
  service.repository.commit = async (write, remainingMs) => {
    service.repository.commit = commit;
    twin.response = send(service, twinRequest, sending);
    await twin.response;
    return await commit(write, remainingMs);
  };
  return twin;
}

describe('an order that changed since it was read', () => {
  test('is decided on again at once, as it came back', async () => {
    const service = memoryService([orderOf()]);
    const present = orderOf({ version: 7, paymentStatus: 'PARTIALLY_CANCELED' });
    service.nextCommits.push(async () => {
      service.orders.set(orderKey, present);
      return { kind: 'ORDER_CHANGED', order: present, isOpen: false };
    });
    const response = await send(service, request);
    expect(dataOf(response).returnRequestId).toBe('RETREQ00000000000000000000000001');
    expect(response.headers).toHaveProperty('ETag', '"ORD20251224001.8"');
    expect(service.writes.map(({ order }) => order.version)).toEqual([1, 7]);
    expect(service.reports[0]).toMatchObject({ attempts: 2, conflicts: 0 });
    expect(service.pauses).toEqual([]);
  });

  test('and keeps changing is given up, having changed nothing', async () => {
    const service = memoryService([orderOf()]);
    letCommitsEnd(service, { kind: 'ORDER_CHANGED', order: orderOf({ version: 2 }), isOpen: false });
    expectUnavailable(await send(service, request), nothingCanceled);
    expect(service.reports[0]).toMatchObject({
      attempts: service.writes.length,
      isOutcomeUnknown: false,
      error: expect.any(Contended),
    });
    expect(service.records.size).toBe(0);
  });
});

test('a write that is in conflict each time is given up, and every conflict is counted', async () => {
  const service = memoryService([orderOf()]);
  letCommitsEnd(service, conflict);
  expectUnavailable(await send(service, request), nothingCanceled);
  expect(service.reports[0]).toMatchObject({ conflicts: service.writes.length, outcome: { refusal: 'UNAVAILABLE' } });
  expect(service.pauses).toHaveLength(service.writes.length - 1);
  expect(service.orders.get(orderKey)?.version).toBe(1);
});

test('an order that cannot be read for throttling is given up, and never taken for one that does not exist', async () => {
  const service = memoryService([orderOf()]);
  let reads = 0;
  service.repository.load = async () => {
    reads += 1;
    return { kind: 'BUSY', isConflict: false };
  };
  expectUnavailable(await send(service, request), nothingCanceled);
  expect(service.reports[0]).toMatchObject({ attempts: reads, error: expect.any(Contended) });
  expect(service.writes).toEqual([]);
});

test('a database that does not answer is no contention, and nothing was canceled', async () => {
  const service = memoryService([orderOf()]);
  service.repository.load = async () => {
    throw new DatabaseUnavailable('A read was not answered.');
  };
  expectUnavailable(await send(service, request), nothingCanceled);
  expect(service.reports[0]?.error).toBeInstanceOf(DatabaseUnavailable);
  expect(service.reports[0]?.error).not.toBeInstanceOf(Contended);
});

describe('a write that is not answered', () => {
  test('but was applied is a success and no replay', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(async () => {
      applyLast(service);
      return unanswered;
    });
    const response = await send(service, request, withKey);
    expect(dataOf(response).returnRequestId).toBe('RETREQ00000000000000000000000001');
    expect(response.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(service.reports[0]).toMatchObject({ outcome: { isReplay: false }, isOutcomeUnknown: false });
  });

  test('and is never found is not known, and never "nothing was canceled"', async () => {
    const service = memoryService([orderOf()]);
    letCommitsEnd(service, unanswered);
    const response = await send(service, request, withKey);
    expectUnavailable(response, notKnown);
    expect(response.text).not.toContain('Nothing was canceled');
    expect(service.reports[0]).toMatchObject({
      isOutcomeUnknown: true,
      outcome: { refusal: 'OUTCOME_UNKNOWN' },
      error: expect.any(OutcomeUnknown),
    });
  });

  test('is not known either when the time ends before anything else does', async () => {
    const service = memoryService([orderOf()]);
    service.repository.commit = async () => {
      throw Object.assign(new Error('Late.'), { name: 'TimeoutError' });
    };
    expectUnavailable(await send(service, request, withKey), notKnown);
    expect(service.reports[0]).toMatchObject({
      outcome: { refusal: 'OUTCOME_UNKNOWN' },
      error: { name: 'TimeoutError' },
    });
  });

  test('is replayed from its record when the merchant sends the same request again', async () => {
    const service = memoryService([orderOf()]);
    const { commit } = service.repository;
    letCommitsEnd(service, unanswered);
    expectUnavailable(await send(service, request), notKnown);
    applyLast(service);
    service.repository.commit = commit;
    const response = await send(service, request);
    expect(response.headers).toHaveProperty('Idempotent-Replayed', 'true');
    expect(service.orders.get(orderKey)?.version).toBe(2);
  });
});

describe('a record that is there when the write arrives', () => {
  test('of a twin is replayed', async () => {
    const service = memoryService([orderOf()]);
    const twin = letTwinCommitFirst(service, request);
    const response = await send(service, request, withKey);
    expect(response.headers).toMatchObject({ 'Idempotent-Replayed': 'true', ETag: '"ORD20251224001.2"' });
    expect(dataOf(response)).toEqual(dataOf(await twin.response));
    expect(service.orders.get(orderKey)?.version).toBe(2);
  });

  test('of another request with the key is refused', async () => {
    const service = memoryService([orderOf()]);
    letTwinCommitFirst(service, requestOf([itemOf({ amount: 500 })]));
    const response = await send(service, request, withKey);
    expect(response.status).toBe(422);
    expect(errorsOf(response)).toEqual(['IDEMPOTENCY_KEY_REUSED X-Idempotency-Key']);
    expect(service.orders.get(orderKey)?.lines[2]?.canceled.amountMinor).toBe(500n);
  });
});

/** A service that reads the order as it is after a request was applied, and the record as it was before. */
async function serviceBetweenTwoReads(earlier: unknown, sending: Parameters<typeof send>[2]): Promise<MemoryService> {
  const service = memoryService([orderOf()]);
  dataOf(await send(service, earlier, sending));
  const { load } = service.repository;
  service.repository.load = async (key, remainingMs) => {
    const loaded = await load(key, remainingMs);
    return loaded.kind === 'LOADED' ? { ...loaded, record: undefined } : loaded;
  };
  return service;
}

describe('a request that was applied between the reads of order and record', () => {
  const full = exampleRequest('full-order');

  test('is replayed, not refused by the rules', async () => {
    const service = await serviceBetweenTwoReads(full, withKey);
    const response = await send(service, full, withKey);
    expect(response.status).toBe(200);
    expect(response.headers).toHaveProperty('Idempotent-Replayed', 'true');
    expect(service.writes).toHaveLength(1);
  });

  test('is replayed, not refused because the order has changed', async () => {
    const sending = { headers: { ...withKey.headers, 'If-Match': '"ORD20251224001.1"' } };
    const service = await serviceBetweenTwoReads(request, sending);
    const response = await send(service, request, sending);
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({ 'Idempotent-Replayed': 'true', ETag: '"ORD20251224001.2"' });
  });

  test('and whose key comes with another request is a reused key', async () => {
    const service = await serviceBetweenTwoReads(full, withKey);
    expect((await send(service, { ...full, totalCancelAmount: 5 }, withKey)).status).toBe(422);
  });
});

describe('the deadline', () => {
  test('with no time remaining nothing is written', async () => {
    const service = memoryService([orderOf()]);
    expectUnavailable(await send(service, request, { remainingMs: 500 }), nothingCanceled);
    expect(service.writes).toEqual([]);
  });

  test('with a second and a half remaining nothing is written, because the look at its record would be late', async () => {
    const service = memoryService([orderOf()]);
    expectUnavailable(await send(service, request, { remainingMs: 1500 }), nothingCanceled);
    expect(service.writes).toEqual([]);
    expect(service.records.size).toBe(0);
    expect(service.reports[0]).toMatchObject({ attempts: 1, isOutcomeUnknown: false });
  });

  test('with a little more time it is written', async () => {
    expect((await send(memoryService([orderOf()]), request, { remainingMs: 1501 })).status).toBe(200);
  });

  test('a repository that ignores its deadline does not keep the merchant waiting', async () => {
    const service = memoryService([orderOf()]);
    service.repository.load = async () => await new Promise(() => {});
    expectUnavailable(await send(service, request, { remainingMs: 251 }), notKnown);
    expect(service.reports).toHaveLength(1);
    expect(service.nowMs).toBe(startOfTest);
  });
});

test('eight requests of one order at once are all applied, one after the other', async () => {
  const service = memoryService([orderOf()]);
  const amounts = Array.from({ length: 8 }, (_value, index) => index + 1);
  const responses = await Promise.all(amounts.map(async (amount) => send(service, requestOf([itemOf({ amount })]))));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect(service.orders.get(orderKey)?.lines[2]?.canceled.amountMinor).toBe(36n);
  expect(new Set(responses.map(({ headers }) => headers['ETag'])).size).toBe(8);
});
