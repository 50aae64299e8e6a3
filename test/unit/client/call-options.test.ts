import { describe, expect, test } from '@jest/globals';
import type { CancelOptions } from '../../../client/src/payment-cancel-client.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';
import { clientOn, successOf } from '../../support/merchant.ts';

const key = { idempotencyKey: 'refund-1' };

const headersWith = async (options: CancelOptions) => {
  const { client, sent } = clientOn([successOf()]);
  await client.cancel(requestOf([itemOf()]), options);
  return new Headers(sent[0]?.init.headers);
};

describe('nothing is sent', () => {
  test.each([
    [{ idempotencyKey: '' }, /^idempotencyKey must be/],
    [{ idempotencyKey: ' a' }, /^idempotencyKey must be/],
    [{ idempotencyKey: 'a ' }, /^idempotencyKey must be/],
    [{ idempotencyKey: 'a\r\nb' }, /^idempotencyKey must be/],
    [{ idempotencyKey: 'a,b' }, /^idempotencyKey must be/],
    [{ idempotencyKey: 'a'.repeat(129) }, /^idempotencyKey must be/],
    [{ ...key, currencyCode: '' }, /^currencyCode must be/],
    [{ ...key, signal: 'stop' }, /^signal must be an AbortSignal/],
    [{ ...key, ifMatch: undefined }, /^ifMatch must be the etag/],
    [{ ...key, ifMatch: 'ORD-1.3' }, /^ifMatch must be the etag/],
    [{ ...key, ifMatch: '"ORD-1.3", "ORD-1.4"' }, /^ifMatch must be the etag/],
    [{}, /^cancel needs one of idempotencyKey/],
    [undefined, /^cancel needs one of idempotencyKey/],
    [{ withoutIdempotencyKey: false }, /^cancel needs one of idempotencyKey/],
    [{ ...key, withoutIdempotencyKey: true }, /^cancel needs one of idempotencyKey/],
    [{ saveIdempotencyKey: 'refund-1' }, /^cancel needs one of idempotencyKey/],
  ])('with the options %j, and the error names what is wrong', async (options, message) => {
    const { client, sent } = clientOn([]);
    await expect(client.cancel(requestOf([itemOf()]), options as typeof key)).rejects.toThrow(message);
    expect(sent).toEqual([]);
  });
});

describe('what the options say is sent', () => {
  test.each(['*', '"ORD-1.3"', 'W/"ORD-1.3"'])('ifMatch %s as If-Match', async (ifMatch) => {
    expect((await headersWith({ ...key, ifMatch })).get('If-Match')).toBe(ifMatch);
  });

  test('no If-Match and no key where there is none', async () => {
    const headers = await headersWith({ withoutIdempotencyKey: true });
    expect([headers.has('If-Match'), headers.has('X-Idempotency-Key')]).toEqual([false, false]);
  });
});

describe('a new idempotency key', () => {
  test('is handed over to be saved, and nothing is sent before that has ended', async () => {
    const { client, sent } = clientOn([successOf()]);
    const saved: Array<[key: string, sent: number]> = [];
    const { idempotencyKey } = await client.cancel(requestOf([itemOf()]), {
      saveIdempotencyKey: async (newKey) => {
        await Promise.resolve();
        saved.push([newKey, sent.length]);
      },
    });
    expect(saved).toEqual([[idempotencyKey, 0]]);
    expect(idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent[0]?.init.headers).toMatchObject({ 'X-Idempotency-Key': idempotencyKey });
  });

  test('that cannot be saved ends the call, and nothing is sent', async () => {
    const { client, sent } = clientOn([]);
    const canceled = client.cancel(requestOf([itemOf()]), {
      saveIdempotencyKey: () => Promise.reject(new Error('The disk is full.')),
    });
    await expect(canceled).rejects.toThrow('The disk is full.');
    expect(sent).toEqual([]);
  });
});
