import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { signaturesOf } from '../../../../lambda/webhook-sender/sign.ts';
import { secretOf } from '../../../support/webhooks.ts';

// Verified by the package of Standard Webhooks, which merchants use.

const body = '{"type":"payment.refund_failed.v1","data":{"orderNo":"가"}}';
const timestampS = Math.floor(Date.now() / 1000);
const headersWith = (secrets: readonly string[]) => ({
  'webhook-id': 'RETREQ1-1-1',
  'webhook-timestamp': String(timestampS),
  'webhook-signature': signaturesOf('RETREQ1-1-1', timestampS, body, secrets),
});

describe('the signatures', () => {
  test('are verified with the secret', () => {
    expect(new Webhook(secretOf(1)).verify(body, headersWith([secretOf(1)]))).toEqual(JSON.parse(body));
  });

  test('are verified with each of two secrets, and with no other one', () => {
    const headers = headersWith([secretOf(1), secretOf(2)]);
    for (const byte of [1, 2]) expect(new Webhook(secretOf(byte)).verify(body, headers)).toBeDefined();
    expect(() => new Webhook(secretOf(3)).verify(body, headers)).toThrow('No matching signature');
  });

  test('are not of another body', () => {
    expect(() => new Webhook(secretOf(1)).verify(`${body} `, headersWith([secretOf(1)]))).toThrow(
      'No matching signature',
    );
  });

  // From the specification of Standard Webhooks.
  test('are those of the specification', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(signaturesOf('msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}', [secret])).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });
});
