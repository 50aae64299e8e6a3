import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Endpoint, rotationMs, turnMs, validSecrets } from '../../lambda/domain/endpoint.ts';
import {
  changeEndpoint,
  changeSecrets,
  findEndpoint,
  putEndpoint,
  removeEndpoint,
} from '../../lambda/dynamodb/endpoint-commands.ts';
import { createEndpointRepository, type EndpointRepository } from '../../lambda/dynamodb/endpoint-repository.ts';
import { remove, resume, rotateSecret, setEndpoint } from '../../tools/webhooks/change-endpoint.ts';
import { type EngineService, startEngineService, tables } from '../support/engine/engine-service.ts';
import { secretOf } from '../support/webhooks.ts';

const nowMs = 1_767_225_600_000;
const inTime = () => 10_000;
const url = 'https://shop.example/webhooks';

let service: EngineService;
let endpoints: EndpointRepository;
let stores = 0;
let storeId: string;

beforeAll(async () => {
  service = await startEngineService();
  endpoints = createEndpointRepository(service.client, tables.endpoints);
});
afterAll(async () => {
  await service.stop();
});
beforeEach(() => {
  storeId = `ENDPOINT-${(stores += 1)}`;
});

/** The endpoint of a store of its own, in the state that these attributes are. */
async function endpointThatIs(state: Readonly<Record<string, number>> = {}): Promise<Endpoint> {
  const Item = { storeId, url, secrets: [{ secret: secretOf(1) }], createdAt: 0, ...state };
  await service.client.send(new PutCommand({ TableName: tables.endpoints, Item }));
  return await present();
}

async function present(): Promise<Endpoint> {
  const endpoint = await endpoints.find(storeId, inTime);
  if (endpoint === undefined) throw new Error('There is no endpoint.');
  return endpoint;
}

const set = async (settings: { url?: string; types?: readonly string[] } = {}) =>
  await setEndpoint(service.client, tables.endpoints, storeId, { url, types: undefined, ...settings }, nowMs);

const stateOf = ({ failingSinceMs, busyUntilMs, goneAtMs }: Endpoint) => ({ failingSinceMs, busyUntilMs, goneAtMs });
const good = { failingSinceMs: undefined, busyUntilMs: undefined, goneAtMs: undefined };

test('a store without an endpoint has none', async () => {
  expect(await endpoints.find(storeId, inTime)).toBeUndefined();
});

describe('the turn to call an endpoint in trouble', () => {
  test('goes to one of many who want it at once', async () => {
    const endpoint = await endpointThatIs({ busyUntil: nowMs });
    const turns = await Promise.all(
      Array.from({ length: 10 }, async () => await endpoints.takeTurn(endpoint, nowMs, inTime)),
    );
    expect(turns.filter((turn) => turn !== undefined)).toEqual([{ untilMs: nowMs + turnMs }]);
  });

  test('is free again when it is over', async () => {
    const endpoint = await endpointThatIs({ busyUntil: nowMs });
    await endpoints.takeTurn(endpoint, nowMs, inTime);
    expect(await endpoints.takeTurn(endpoint, nowMs + turnMs - 1, inTime)).toBeUndefined();
    expect(await endpoints.takeTurn(endpoint, nowMs + turnMs, inTime)).toEqual({ untilMs: nowMs + 2 * turnMs });
  });

  test('is not taken of an endpoint whose trouble has ended, or that was set anew or removed', async () => {
    const inTrouble = await endpointThatIs({ busyUntil: nowMs });
    await endpointThatIs();
    expect(await endpoints.takeTurn(inTrouble, nowMs, inTime)).toBeUndefined();
    expect(stateOf(await present())).toEqual(good);
    const elsewhere = { ...(await endpointThatIs({ busyUntil: nowMs })), url: 'https://elsewhere.example/' };
    expect(await endpoints.takeTurn(elsewhere, nowMs, inTime)).toBeUndefined();
    await remove(service.client, tables.endpoints, storeId);
    expect(await endpoints.takeTurn(inTrouble, nowMs, inTime)).toBeUndefined();
    expect(await endpoints.find(storeId, inTime)).toBeUndefined();
  });
});

describe('what is noted without a turn', () => {
  test('a failure begins the trouble, and a second one moves nothing', async () => {
    const endpoint = await endpointThatIs();
    await endpoints.note(endpoint, 'FAILED', undefined, nowMs, inTime);
    await endpoints.note(endpoint, 'FAILED', undefined, nowMs + 5, inTime);
    expect(stateOf(await present())).toEqual({ ...good, failingSinceMs: nowMs, busyUntilMs: nowMs });
  });

  test('a late answer begins the trouble, and no failure', async () => {
    await endpoints.note(await endpointThatIs(), 'LATE', undefined, nowMs, inTime);
    expect(stateOf(await present())).toEqual({ ...good, busyUntilMs: nowMs });
  });

  test('takes the turn from nobody', async () => {
    const endpoint = await endpointThatIs({ busyUntil: nowMs });
    const turn = await endpoints.takeTurn(endpoint, nowMs, inTime);
    for (const answered of ['FAILED', 'LATE'] as const)
      await endpoints.note(endpoint, answered, undefined, nowMs, inTime);
    expect((await present()).busyUntilMs).toBe(turn?.untilMs);
  });

  test('410 switches the endpoint off', async () => {
    await endpoints.note(await endpointThatIs({ busyUntil: 1, failingSince: 1 }), 'GONE', undefined, nowMs, inTime);
    expect(stateOf(await present())).toEqual({ ...good, goneAtMs: nowMs });
  });
});

describe('what is noted in turn', () => {
  const inTurn = async () => {
    const endpoint = await endpointThatIs({ busyUntil: nowMs, failingSince: nowMs - 9 });
    return { endpoint, turn: await endpoints.takeTurn(endpoint, nowMs, inTime) };
  };

  test.each([
    ['GOOD', good],
    ['SLOW', { ...good, busyUntilMs: nowMs + 3 }],
    ['FAILED', { ...good, failingSinceMs: nowMs - 9, busyUntilMs: nowMs + 3 }],
    ['GONE', { ...good, goneAtMs: nowMs + 3 }],
  ] as const)('%s', async (answered, state) => {
    const { endpoint, turn } = await inTurn();
    await endpoints.note(endpoint, answered, turn, nowMs + 3, inTime);
    expect(stateOf(await present())).toEqual(state);
  });

  test.each(['GOOD', 'SLOW', 'FAILED'] as const)('%s has no effect when the turn was lost', async (answered) => {
    const { endpoint, turn } = await inTurn();
    const next = await endpoints.takeTurn(endpoint, nowMs + turnMs, inTime);
    await endpoints.note(endpoint, answered, turn, nowMs + turnMs, inTime);
    expect(await present()).toMatchObject({ busyUntilMs: next?.untilMs, failingSinceMs: nowMs - 9 });
  });

  test('has no effect on an endpoint that was set anew or removed', async () => {
    const { endpoint, turn } = await inTurn();
    await setEndpoint(service.client, tables.endpoints, storeId, { url: `${url}/2`, types: undefined }, nowMs);
    await endpoints.note(endpoint, 'GONE', turn, nowMs, inTime);
    expect(stateOf(await present())).toEqual(good);
    await remove(service.client, tables.endpoints, storeId);
    await endpoints.note(endpoint, 'FAILED', undefined, nowMs, inTime);
    expect(await endpoints.find(storeId, inTime)).toBeUndefined();
  });
});

describe('an operator', () => {
  test('sets an endpoint, which gets a secret once', async () => {
    const secret = await set();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await present()).toMatchObject({ url, types: undefined, secrets: [{ secret }], createdAtMs: nowMs });
    expect(await set({ types: ['payment.voided.v1'] })).toBeUndefined();
    expect(await present()).toMatchObject({ types: ['payment.voided.v1'], secrets: [{ secret }] });
    await set();
    expect((await present()).types).toBeUndefined();
  });

  test('ends all troubles of an endpoint by setting it anew', async () => {
    await endpointThatIs({ busyUntil: 1, failingSince: 1, goneAt: 1 });
    await set();
    expect(stateOf(await present())).toEqual(good);
  });

  test('resumes an endpoint that is paused: it is called in turn until it answers well', async () => {
    await endpointThatIs({ busyUntil: 1, failingSince: 1 });
    await resume(service.client, tables.endpoints, storeId, nowMs);
    expect(stateOf(await present())).toEqual({ ...good, busyUntilMs: 1 });
  });

  test('rotates a secret: two are valid for a day', async () => {
    const first = await set();
    const { secret, olderUntilMs, hasEndedOne } = await rotateSecret(service.client, tables.endpoints, storeId, nowMs);
    expect({ olderUntilMs, hasEndedOne }).toEqual({ olderUntilMs: nowMs + rotationMs, hasEndedOne: false });
    expect(validSecrets(await present(), nowMs)).toEqual([secret, first]);
    const again = await rotateSecret(service.client, tables.endpoints, storeId, nowMs);
    expect(again.hasEndedOne).toBe(true);
    expect(validSecrets(await present(), nowMs)).toEqual([again.secret, secret]);
  });

  test.each(['rotates', 'resumes', 'removes'] as const)('who %s what is not there is refused', async (what) => {
    const work = {
      rotates: async () => await rotateSecret(service.client, tables.endpoints, storeId, nowMs),
      resumes: async () => await resume(service.client, tables.endpoints, storeId, nowMs),
      removes: async () => await remove(service.client, tables.endpoints, storeId),
    };
    await expect(work[what]()).rejects.toThrow(`The store ${storeId} has no webhook: set-webhook sets one.`);
    expect((await service.client.send(new GetCommand({ TableName: tables.endpoints, Key: { storeId } }))).Item).toBe(
      undefined,
    );
  });

  test('of two at once, one changes nothing', async () => {
    const table = tables.endpoints;
    const settings = { url: `${url}/2`, types: undefined };
    expect(await putEndpoint(service.client, table, storeId, settings, secretOf(1), nowMs)).toBe(true);
    expect(await putEndpoint(service.client, table, storeId, settings, secretOf(2), nowMs)).toBe(false);
    const seen = await findEndpoint(service.client, table, storeId);
    if (seen === undefined) throw new Error('There is no endpoint.');
    await rotateSecret(service.client, table, storeId, nowMs);
    expect(await changeSecrets(service.client, table, seen, seen.secrets)).toBe(false);
    expect(await changeEndpoint(service.client, table, seen, settings)).toBe(false);
    expect(await removeEndpoint(service.client, table, seen)).toBe(false);
    expect((await present()).secrets).toHaveLength(2);
  });
});
