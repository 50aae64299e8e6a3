import { describe, expect, test } from '@jest/globals';
import { RequestRefused } from '../../../../lambda/signed-route/outcome.ts';
import type { CommitOutcome } from '../../../../lambda/dynamodb/order-repository.ts';
import { memoryService, recordKeyText, startOfTest, credentialOf } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { headersOf, itemOf, requestOf, store } from '../../../../tools/in-memory/requests.ts';
import { contextOf, eventOf } from '../../../../tools/in-memory/requests.ts';
import { responded } from '../../../support/send.ts';

/** The checks of section 5 in their sequence, each with the response to a request that fails it. */
const checks = [
  ['size', 413, 'EBP-C-0006'],
  ['headers', 400, 'EBP-A-0001'],
  ['access key', 401, 'UNKNOWN_ACCESS_KEY'],
  ['signature', 401, 'WRONG_SIGNATURE'],
  ['expiry', 401, 'EXPIRED_ACCESS_KEY'],
  ['header against key', 401, 'HEADERS_OF_ANOTHER_KEY'],
  ['media type', 415, 'EBP-C-0006'],
  ['JSON', 400, 'EBP-C-0006'],
  ['schema', 400, 'EBP-C-0007'],
  ['order', 404, 'EBP-Z-0002'],
  ['key record', 422, 'EBP-C-0005'],
  ['rules', 400, 'EBP-C-0004'],
  ['commit', 503, 'EBP-C-0011'],
] as const;
type Check = (typeof checks)[number][0];

/** The response to a request that fails these checks: its status, and its result code or what the log says of a 401. */
async function responseFailing(...failed: readonly Check[]): Promise<readonly [number, string | undefined]> {
  const fails = (check: Check) => failed.includes(check);
  const service = memoryService([orderOf()]);
  service.keys.set(store.accessKey, credentialOf(store, fails('expiry') ? { expiresAtMs: startOfTest } : {}));

  const orderNo = fails('order') ? 'ORD-UNKNOWN' : 'ORD20251224001';
  const request = requestOf([itemOf(fails('rules') ? { amount: 3001 } : {})], { orderNo });
  const json = JSON.stringify(fails('schema') ? { ...request, totalCancelAmount: undefined } : request);
  const text = (fails('JSON') ? json.slice(1) : json) + (fails('size') ? ' '.repeat(65_536) : '');

  if (fails('key record')) {
    const key = { storeId: store.storeId, orderNo, cancellationKey: 'K#key' };
    service.records.set(recordKeyText(key), {
      cancellationKey: 'K#key',
      requestDigest: 'of another request',
      kind: 'REFUND',
      createdAtMs: startOfTest,
      returnRequestId: 'RETREQ0',
      dataJson: '{}',
      lines: [],
    });
  }
  const busy: CommitOutcome = { kind: 'BUSY', isConflict: true };
  if (fails('commit')) service.nextCommits.push(...Array.from({ length: 100 }, () => busy));

  const headers = headersOf(text, {
    'X-Idempotency-Key': 'key',
    ...(fails('headers') ? { 'X-Ric-Code': 'XXX' } : {}),
    ...(fails('access key') ? { 'X-Access-Key': 'unknown' } : {}),
    ...(fails('signature') ? { 'X-EBP-Signature': '0'.repeat(64) } : {}),
    ...(fails('header against key') ? { 'X-Division-Code': 'DIV-2' } : {}),
    ...(fails('media type') ? { 'Content-Type': 'text/plain' } : {}),
  });
  const { status, envelope } = responded(await service.handler(eventOf(text, headers), contextOf()));
  const error = service.reports[0]?.error;
  const detail = error instanceof RequestRefused ? error.detail : undefined;
  return [status, detail ?? envelope.resultCode];
}

test('a request that fails no check is a success', async () => {
  expect(await responseFailing()).toEqual([200, '0']);
});

describe.each(checks.map(([check, status, code], index) => ({ check, status, code, index })))(
  '$check',
  ({ check, status, code, index }) => {
    test('has a response of its own', async () => {
      expect(await responseFailing(check)).toEqual([status, code]);
    });

    const later = checks.slice(index + 1).map(([name]) => name);

    test('comes before every later check', async () => {
      const responses = await Promise.all(later.map((name) => responseFailing(check, name)));
      expect(responses).toEqual(later.map(() => [status, code]));
    });

    test('comes before all later checks together', async () => {
      expect(await responseFailing(check, ...later)).toEqual([status, code]);
    });
  },
);
