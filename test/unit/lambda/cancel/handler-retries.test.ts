import { describe, expect, test } from '@jest/globals';
import type { CommitOutcome } from '../../../../lambda/dynamodb/order-repository.ts';
import { DatabaseUnavailable } from '../../../../lambda/dynamodb/failures.ts';
import { apply, type MemoryService, memoryService, startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { exampleRequest, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { dataOf, errorsOf, send } from '../../../support/send.ts';
import type { CancelResponse } from '../../../support/send.ts';

const request = requestOf([itemOf({ amount: 1000 })]);
const withKey = { headers: { 'X-Idempotency-Key': 'k' } };
const orderChanged: CommitOutcome = { kind: 'ORDER_CHANGED' };
const busy: CommitOutcome = { kind: 'BUSY', isConflict: false };
const conflict: CommitOutcome = { kind: 'BUSY', isConflict: true };
const unknown: CommitOutcome = { kind: 'UNKNOWN', cause: new Error('socket hang up') };
const orderKey = 'STORE-1/ORD20251224001';

function expectUnavailable({ status, headers, envelope }: CancelResponse): void {
  expect(status).toBe(503);
  expect(headers).toHaveProperty('Retry-After', '1');
  expect(envelope).toMatchObject({ resultCode: 'EBP-C-0011', data: null, errors: [] });
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
  test('is read and decided on again', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(async () => {
      service.orders.set(orderKey, orderOf({ version: 7, paymentStatus: 'PARTIALLY_CANCELED' }));
      return orderChanged;
    });
    dataOf(await send(service, request));
    expect(service.writes.map(({ order }) => order.version)).toEqual([1, 7]);
    expect(service.reports[0]).toMatchObject({ attempts: 2, conflicts: 0 });
    expect(service.pauses).toEqual([25]);
  });

  test('is another write each time, with a token of its own that DynamoDB accepts', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(orderChanged, orderChanged, orderChanged);
    dataOf(await send(service, request));
    const tokens = service.writes.map(({ clientRequestToken }) => clientRequestToken);
    expect(new Set(tokens).size).toBe(4);
    expect(tokens.filter((token) => token.length < 1 || token.length > 36)).toEqual([]);
  });

  test('may have made the request impossible', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(async () => {
      service.orders.set(orderKey, orderOf({ version: 2, paymentStatus: 'FAILED' }));
      return orderChanged;
    });
    const response = await send(service, request);
    expect(response.status).toBe(400);
    expect(errorsOf(response)).toEqual(['ORDER_NOT_CANCELABLE /orderNo']);
    expect(service.writes).toHaveLength(1);
  });

  test('and keeps changing is given up, having changed nothing', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(...Array.from({ length: 100 }, () => orderChanged));
    expectUnavailable(await send(service, request));
    expect(service.reports[0]).toMatchObject({ attempts: service.writes.length, isOutcomeUnknown: false });
    expect(service.pauses).toHaveLength(service.writes.length - 1);
    expect(service.records.size).toBe(0);
  });
});

describe('an order that cannot be read for throttling', () => {
  test('is read again after a pause', async () => {
    const service = memoryService([orderOf()]);
    const { load } = service.repository;
    service.repository.load = async () => {
      service.repository.load = load;
      return { kind: 'BUSY' };
    };
    dataOf(await send(service, request));
    expect(service.pauses).toHaveLength(1);
  });

  test('is given up, and never taken for one that does not exist', async () => {
    const service = memoryService([orderOf()]);
    let reads = 0;
    service.repository.load = async () => {
      reads += 1;
      return { kind: 'BUSY' };
    };
    expectUnavailable(await send(service, request));
    expect(service.reports[0]).toMatchObject({ attempts: reads });
    expect(service.writes).toEqual([]);
  });
});

describe('a write that DynamoDB is too busy for', () => {
  test('is sent again, the very same', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(conflict, busy, conflict);
    dataOf(await send(service, request));
    expect(service.writes).toHaveLength(4);
    expect(new Set(service.writes).size).toBe(1);
    expect(service.reports[0]).toMatchObject({ attempts: 1, conflicts: 2 });
  });

  test('is given up, having changed nothing', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(...Array.from({ length: 100 }, () => busy));
    expectUnavailable(await send(service, request));
    expect(service.pauses).toHaveLength(service.writes.length - 1);
    expect(service.records.size).toBe(0);
    expect(service.orders.get(orderKey)?.version).toBe(1);
  });
});

describe('a write that is not answered', () => {
  test('but was applied is a success and no replay', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(async () => {
      applyLast(service);
      return unknown;
    });
    const response = await send(service, request, withKey);
    expect(dataOf(response).returnRequestId).toBe('RETREQ00000000000000000000000001');
    expect(response.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(service.reports[0]).toMatchObject({ outcome: { isReplay: false }, isOutcomeUnknown: false });
  });

  test('but whose twin was applied is a replay of the twin', async () => {
    const service = memoryService([orderOf()]);
    const twin: { response?: CancelResponse } = {};
    service.nextCommits.push(async () => {
      twin.response = await send(service, request, withKey);
      return unknown;
    });
    const response = await send(service, request, withKey);
    expect(response.headers).toHaveProperty('Idempotent-Replayed', 'true');
    expect(twin.response && dataOf(response)).toEqual(twin.response && dataOf(twin.response));
    expect(service.records.size).toBe(1);
  });

  test('and is not found stays unknown, never "not canceled"', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(unknown);
    const response = await send(service, request, withKey);
    expectUnavailable(response);
    expect(response.envelope.message).toContain('not certain');
    expect(service.reports[0]).toMatchObject({ isOutcomeUnknown: true, status: 503 });
    expect(service.writes).toHaveLength(1);
  });

  test('and cannot be looked up stays unknown', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(unknown);
    service.repository.findRecord = async () => {
      throw new DatabaseUnavailable('A read was not answered.');
    };
    expectUnavailable(await send(service, request));
    expect(service.reports[0]).toMatchObject({ isOutcomeUnknown: true });
  });

  test('is replayed from its record when the merchant sends the same request again', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(unknown);
    expectUnavailable(await send(service, request));
    applyLast(service);
    const response = await send(service, request);
    expect(response.headers).toHaveProperty('Idempotent-Replayed', 'true');
    expect(service.orders.get(orderKey)?.version).toBe(2);
  });
});

describe('a record that is there when the write arrives', () => {
  test('is this request’s own, when the first of two sends was applied', async () => {
    const service = memoryService([orderOf()]);
    service.nextCommits.push(async () => {
      applyLast(service);
      return busy;
    });
    const response = await send(service, request, withKey);
    expect(response.status).toBe(200);
    expect(response.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(service.orders.get(orderKey)?.version).toBe(2);
  });

  test('of a twin is replayed', async () => {
    const service = memoryService([orderOf()]);
    const twin = letTwinCommitFirst(service, request);
    const response = await send(service, request, withKey);
    expect(response.headers).toHaveProperty('Idempotent-Replayed', 'true');
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

/** A service that reads the order as it is after a twin was applied, and the record as it was before. */
async function serviceBetweenTwoReads(twinRequest: unknown): Promise<MemoryService & { looks: number }> {
  const service = Object.assign(memoryService([orderOf()]), { looks: 0 });
  await send(service, twinRequest, withKey);
  service.reports.length = 0;
  const { load, findRecord } = service.repository;
  service.repository.load = async (key, remainingMs) => {
    const loaded = await load(key, remainingMs);
    return loaded.kind === 'LOADED' ? { ...loaded, record: undefined } : loaded;
  };
  service.repository.findRecord = async (...args) => {
    service.looks += 1;
    return await findRecord(...args);
  };
  return service;
}

describe('a refusal by the rules', () => {
  const full = exampleRequest('full-order');

  test('is a replay where a twin was applied between the two reads', async () => {
    const service = await serviceBetweenTwoReads(full);
    const response = await send(service, full, withKey);
    expect(response.status).toBe(200);
    expect(response.headers).toHaveProperty('Idempotent-Replayed', 'true');
    expect(service.looks).toBe(1);
    expect(service.writes).toHaveLength(1);
  });

  test('is a reused key where another request with it was applied between the two reads', async () => {
    const service = await serviceBetweenTwoReads(full);
    expect((await send(service, { ...full, totalCancelAmount: 5 }, withKey)).status).toBe(422);
  });

  test('stays one where the order was canceled by another request', async () => {
    const service = await serviceBetweenTwoReads(full);
    const response = await send(service, full, { headers: { 'X-Idempotency-Key': 'another' } });
    expect(response.status).toBe(400);
    expect(service.looks).toBe(1);
  });

  test('needs no second look where nothing was canceled of the order before', async () => {
    const service = memoryService([orderOf()]);
    service.repository.findRecord = async () => {
      throw new TypeError('There was no need to look.');
    };
    expect((await send(service, { ...full, totalCancelAmount: 5 }, withKey)).status).toBe(400);
  });

  // DynamoDB applies the parts of a transaction one by one: the order may show what the record does not yet.
  test('is not given while a transaction is at work on the record: the order is decided on anew', async () => {
    const service = await serviceBetweenTwoReads(full);
    const { findRecord } = service.repository;
    let looks = 0;
    service.repository.findRecord = async (...args) => {
      looks += 1;
      return looks <= 2 ? { kind: 'BUSY' } : await findRecord(...args);
    };
    const response = await send(service, full, withKey);
    expect(response.headers).toHaveProperty('Idempotent-Replayed', 'true');
    expect(service.reports[0]).toMatchObject({ attempts: 3 });
    expect(service.pauses).toHaveLength(2);
  });

  test('is not given when the record stays busy', async () => {
    const service = await serviceBetweenTwoReads(full);
    service.repository.findRecord = async () => ({ kind: 'BUSY' });
    expectUnavailable(await send(service, full, withKey));
    expect(service.writes).toHaveLength(1);
  });

  test('is not given when the second look fails', async () => {
    const service = await serviceBetweenTwoReads(full);
    service.repository.findRecord = async () => {
      throw new DatabaseUnavailable('A read was not answered.');
    };
    expect((await send(service, full, withKey)).status).toBe(503);
  });
});

describe('the deadline', () => {
  test('with no time remaining nothing is written', async () => {
    const service = memoryService([orderOf()]);
    expectUnavailable(await send(service, request, { remainingMs: 500 }));
    expect(service.writes).toEqual([]);
  });

  test('with a second and a half remaining nothing is written, because the look at its record would be late', async () => {
    const service = memoryService([orderOf()]);
    expectUnavailable(await send(service, request, { remainingMs: 1500 }));
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
    const response = await send(service, request, { remainingMs: 251 });
    expectUnavailable(response);
    expect(service.reports).toHaveLength(1);
    expect(service.nowMs).toBe(startOfTest);
  });
});

test('requests of one order at once are all applied, one after the other', async () => {
  const service = memoryService([orderOf()]);
  const amounts = [1, 2, 3];
  const responses = await Promise.all(amounts.map(async (amount) => send(service, requestOf([itemOf({ amount })]))));
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(service.orders.get(orderKey)?.lines[2]?.canceled.amountMinor).toBe(6n);
  expect(service.writes.length).toBeGreaterThan(3);
});
