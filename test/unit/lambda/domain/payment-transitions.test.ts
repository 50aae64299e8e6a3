import { describe, expect, test } from '@jest/globals';
import { paymentStatuses } from '../../../../lambda/domain/order.ts';
import { type Effect, effectOf, type PaymentChange } from '../../../../lambda/domain/payment-transitions.ts';

// Each event in each status, written out: + takes effect, = was taken already, ! contradicts.
const table: Readonly<Record<PaymentChange, Readonly<Record<(typeof paymentStatuses)[number], '+' | '=' | '!'>>>> = {
  AUTHORIZED: {
    REQUESTED: '+',
    AUTHORIZED: '=',
    VOIDED: '=',
    CAPTURED: '=',
    PARTIALLY_CANCELED: '=',
    CANCELED: '=',
    FAILED: '!',
  },
  CAPTURED: {
    REQUESTED: '+',
    AUTHORIZED: '+',
    VOIDED: '!',
    CAPTURED: '=',
    PARTIALLY_CANCELED: '=',
    CANCELED: '=',
    FAILED: '!',
  },
  FAILED: {
    REQUESTED: '+',
    AUTHORIZED: '+',
    VOIDED: '!',
    CAPTURED: '!',
    PARTIALLY_CANCELED: '!',
    CANCELED: '!',
    FAILED: '=',
  },
};
const effects: Readonly<Record<'+' | '=' | '!', Effect>> = { '+': 'TAKES_EFFECT', '=': 'DONE', '!': 'CONTRADICTS' };

describe.each(Object.keys(table) as PaymentChange[])('an event that leads to %s', (change) => {
  test.each(paymentStatuses)('in %s', (status) => {
    expect(effectOf(change, status)).toBe(effects[table[change][status]]);
  });

  test('was taken in the status that it leads to', () => {
    expect(effectOf(change, change)).toBe('DONE');
  });
});
