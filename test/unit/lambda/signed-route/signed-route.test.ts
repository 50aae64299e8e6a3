import { describe, expect, test } from '@jest/globals';
import { RequestRefused } from '../../../../lambda/signed-route/outcome.ts';
import type { CommitOutcome } from '../../../../lambda/dynamodb/order-repository.ts';
import { memoryService, recordKeyText, startOfTest, credentialOf } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { contextOf, eventOf, headersOf, itemOf, requestOf, store } from '../../../../tools/in-memory/requests.ts';
import { commandFor, recordOf } from '../../../support/commands.ts';
import { responded } from '../../../support/send.ts';

/** The checks of section 5 in their sequence, each with the response to a request that fails it. */
const checks = [
  ['size', 413, 'EBP-C-0006'],
  ['headers', 400, 'EBP-A-0001'],
  ['encoding', 415, 'ENCODING_UNSUPPORTED'],
  ['access key', 401, 'UNKNOWN_ACCESS_KEY'],
  ['signature', 401, 'WRONG_SIGNATURE'],
  ['expiry', 401, 'EXPIRED_ACCESS_KEY'],
  ['header against key', 401, 'HEADERS_OF_ANOTHER_KEY'],
  ['media type', 415, 'NOT_JSON'],
  ['JSON', 400, 'EBP-C-0006'],
  ['schema', 400, 'EBP-C-0007'],
  ['order', 404, 'EBP-Z-0002'],
  ['key reused', 422, 'IDEMPOTENCY_KEY_REUSED'],
  ['duplicate', 409, 'DUPLICATE_CANCELLATION'],
  ['currency of a repeat', 400, 'CURRENCY_MISMATCH'],
  ['replay', 200, 'REPLAYED'],
  ['state', 412, 'ORDER_CHANGED'],
  ['rules', 400, 'AMOUNT_EXCEEDS_UNIT_AMOUNT'],
  ['commit', 503, 'EBP-C-0011'],
] as const;
type Check = (typeof checks)[number][0];

/** Checks that cannot fail together: a key is sent or is not. */
const excluded: Readonly<Partial<Record<Check, readonly Check[]>>> = {
  'key reused': ['duplicate'],
};

const dayMs = 86_400_000;
/** The reasons that name a check where its result code is that of others too. */
const ownReasons: ReadonlySet<string> = new Set(checks.map(([, , code]) => code));

/** The response to a request that fails these checks: its status, and its result code or what names the check. */
async function responseFailing(...failed: readonly Check[]): Promise<readonly [number, string | undefined]> {
  const fails = (check: Check) => failed.includes(check);
  const service = memoryService([orderOf()]);
  service.keys.set(store.accessKey, credentialOf(store, fails('expiry') ? { expiresAtMs: startOfTest } : {}));

  const orderNo = fails('order') ? 'ORD-UNKNOWN' : 'ORD20251224001';
  const request = requestOf([itemOf(fails('rules') ? { amount: 3001 } : {})], { orderNo });
  const json = JSON.stringify(fails('schema') ? { ...request, totalCancelAmount: undefined } : request);
  const text = (fails('JSON') ? json.slice(1) : json) + (fails('size') ? ' '.repeat(65_536) : '');

  const isRepeat = fails('key reused') || fails('duplicate') || fails('currency of a repeat') || fails('replay');
  const hasKey = !fails('duplicate');
  const command = commandFor(request, hasKey ? { idempotencyKey: { header: 'X-Idempotency-Key', value: 'key' } } : {});
  if (isRepeat) {
    const record = recordOf(commandFor(), {
      cancellationKey: command.key.cancellationKey,
      requestDigest: fails('key reused') ? 'of another request' : command.requestDigest,
      createdAtMs: fails('duplicate') ? startOfTest - dayMs - 1 : startOfTest,
      returnRequestId: 'RETREQ0',
    });
    service.records.set(recordKeyText(command.key), record);
  }
  const busy: CommitOutcome = { kind: 'BUSY', isConflict: true, isOpen: false };
  if (fails('commit')) service.repository.commit = async () => busy;

  const headers = headersOf(text, {
    'X-Idempotency-Key': hasKey ? 'key' : undefined,
    ...(fails('headers') ? { 'X-Ric-Code': 'XXX' } : {}),
    ...(fails('encoding') ? { 'Content-Encoding': 'gzip' } : {}),
    ...(fails('access key') ? { 'X-Access-Key': 'unknown' } : {}),
    ...(fails('signature') ? { 'X-EBP-Signature': '0'.repeat(64) } : {}),
    ...(fails('header against key') ? { 'X-Division-Code': 'DIV-2' } : {}),
    ...(fails('media type') ? { 'Content-Type': 'text/plain' } : {}),
    ...(fails('currency of a repeat') ? { 'X-Currency-Code': 'USD' } : {}),
    ...(fails('state') ? { 'If-Match': '"ORD20251224001.7"' } : {}),
  });
  const {
    status,
    envelope,
    headers: responseHeaders,
  } = responded(await service.handler(eventOf(text, headers), contextOf()));
  const error = service.reports[0]?.error;
  const detail = error instanceof RequestRefused ? error.detail : undefined;
  if (responseHeaders['Idempotent-Replayed'] === 'true') return [status, 'REPLAYED'];
  const reason = envelope.errors?.[0]?.reason;
  return [status, detail ?? (reason !== undefined && ownReasons.has(reason) ? reason : envelope.resultCode)];
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

    const later = checks
      .slice(index + 1)
      .map(([name]) => name)
      .filter((name) => !excluded[check]?.includes(name));

    test('comes before every later check', async () => {
      const responses = await Promise.all(later.map((name) => responseFailing(check, name)));
      expect(responses).toEqual(later.map(() => [status, code]));
    });

    test('comes before all later checks together', async () => {
      expect(await responseFailing(check, ...later)).toEqual([status, code]);
    });
  },
);
