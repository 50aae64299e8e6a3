import { describe, expect, test } from '@jest/globals';
import { type MemoryService, memoryService } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { errorsOf, send } from '../../../support/send.ts';

const request = requestOf([itemOf({ amount: 1000 })]);
const other = requestOf([itemOf({ amount: 1001 })]);

const withKey = (key: string) => ({ headers: { 'X-Idempotency-Key': key } });

const keyed = async (service: MemoryService, headers: Readonly<Record<string, string>>) =>
  await send(service, request, { headers });

describe('Idempotency-Key', () => {
  test('is a key as X-Idempotency-Key is one: another value cancels again', async () => {
    const service = memoryService([orderOf()]);
    const responses = [
      await keyed(service, { 'Idempotency-Key': 'a' }),
      await keyed(service, { 'Idempotency-Key': 'b' }),
    ];
    expect(responses.map(({ status, headers }) => [status, headers['Idempotent-Replayed']])).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
  });

  test.each(['X-Idempotency-Key', 'Idempotency-Key'])(
    'of the same value in %s, quoted or not, is replayed',
    async (first) => {
      const service = memoryService([orderOf()]);
      await keyed(service, { [first]: 'a' });
      for (const headers of [{ 'X-Idempotency-Key': 'a' }, { 'Idempotency-Key': 'a' }, { 'Idempotency-Key': '"a"' }]) {
        expect((await keyed(service, headers)).headers).toHaveProperty('Idempotent-Replayed', 'true');
      }
      expect((await keyed(service, { 'X-Idempotency-Key': 'a', 'Idempotency-Key': '"a"' })).status).toBe(200);
      expect(service.writes).toHaveLength(1);
    },
  );

  test('that was reused is named, not the header that was not sent', async () => {
    const service = memoryService([orderOf()]);
    await keyed(service, { 'Idempotency-Key': 'a' });
    const reused = await send(service, other, { headers: { 'Idempotency-Key': 'a' } });
    expect(errorsOf(reused)).toEqual(['IDEMPOTENCY_KEY_REUSED Idempotency-Key']);
  });

  test.each([
    ['two different keys', { 'X-Idempotency-Key': 'a', 'Idempotency-Key': 'b' }],
    ['two keys that a proxy joined', { 'X-Idempotency-Key': 'a, a' }],
  ])('%s are refused, and nothing is canceled', async (_what, headers) => {
    const service = memoryService([orderOf()]);
    expect((await keyed(service, headers)).status).toBe(400);
    expect(service.writes).toEqual([]);
  });
});

/** What a clerk sends who saw the order as it was at first. */
const ofClerk = (key: string) => ({ headers: { 'X-Idempotency-Key': key, 'If-Match': '"ORD20251224001.1"' } });

describe('the ETag', () => {
  test('of a cancellation is that of the state that it made, in a replay as well', async () => {
    const service = memoryService([orderOf()]);
    const first = await send(service, request, withKey('a'));
    const second = await send(service, request, withKey('b'));
    const replay = await send(service, request, withKey('a'));
    expect([first, second, replay].map(({ headers }) => headers['ETag'])).toEqual([
      '"ORD20251224001.2"',
      '"ORD20251224001.3"',
      '"ORD20251224001.2"',
    ]);
  });

  test('as If-Match lets the second of two clerks know', async () => {
    const service = memoryService([orderOf()]);
    expect((await send(service, request, ofClerk('a'))).status).toBe(200);
    const refused = await send(service, request, ofClerk('b'));
    expect(refused.status).toBe(412);
    expect(refused.envelope).toMatchObject({ resultCode: 'EBP-C-0004', data: null });
    expect(errorsOf(refused)).toEqual(['ORDER_CHANGED If-Match']);
    expect(refused.headers).toHaveProperty('ETag', '"ORD20251224001.2"');
    expect(service.writes).toHaveLength(1);
    const { ETag } = refused.headers;
    const again = { headers: { 'X-Idempotency-Key': 'b', 'If-Match': String(ETag) } };
    expect((await send(service, request, again)).status).toBe(200);
  });

  test('of a refusal by the rules is none', async () => {
    const refused = await send(memoryService([orderOf()]), requestOf([itemOf({ amount: 3001 })]));
    expect(refused.headers).not.toHaveProperty('ETag');
  });
});
