import { describe, expect, test } from '@jest/globals';
import { accountTagOf } from '../../../../lambda/cancel/account-tag.ts';
import { requestDigestOf } from '../../../../lambda/contract/request-digest.ts';
import type { RequestHeaders } from '../../../../lambda/contract/headers.ts';
import { itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { commandFor, idOf } from '../../../support/commands.ts';

const request = requestOf([itemOf()], { refundAccount: { accountNumber: '1' } });
const digest = requestDigestOf(request);

describe('what a cancellation is known by', () => {
  test('is the digest of its request where it has no key', () => {
    expect(commandFor(request)).toMatchObject({
      key: { storeId: 'STORE-1', orderNo: request.orderNo, cancellationKey: `D#${digest}` },
      requestDigest: digest,
      hasIdempotencyKey: false,
      keyHeader: 'X-Idempotency-Key',
    });
  });

  test.each<NonNullable<RequestHeaders['idempotencyKey']>['header']>(['X-Idempotency-Key', 'Idempotency-Key'])(
    'is the key that it was sent with in %s',
    (header) => {
      expect(commandFor(request, { idempotencyKey: { header, value: 'k' } })).toMatchObject({
        key: { storeId: 'STORE-1', orderNo: request.orderNo, cancellationKey: 'K#k' },
        requestDigest: digest,
        hasIdempotencyKey: true,
        keyHeader: header,
      });
    },
  );
});

test('a command has what its request says besides', () => {
  const command = commandFor(request, { currencyCode: 'USD', ifMatch: '"ORD-1.3"' }, idOf(7));
  expect(command).toMatchObject({ request, currencyCode: 'USD', ifMatch: '"ORD-1.3"', id: idOf(7) });
  expect(command.returnRequestId).toBe(`RETREQ${idOf(7)}`);
});

test('the tag is that of the refund account, or of none', () => {
  expect(commandFor(request).accountTag()).toBe(accountTagOf({ accountNumber: '1' }));
  expect(commandFor(requestOf([itemOf()])).accountTag()).toBe(accountTagOf({}));
});
