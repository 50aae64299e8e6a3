import { retryWindowMs } from '../../../lambda/domain/idempotency.ts';
import { requestOf } from '../../in-memory/requests.ts';
import { sendTo } from '../../in-memory/send.ts';
import type { IntegratorMistake } from './commit-mistake.ts';
import { firstItem, full, partOfThird } from './sample-requests.ts';

const { refundAccount = {} } = full;

export const mistakesInRepeats: readonly IntegratorMistake[] = [
  {
    title: 'An idempotency key used again for another cancellation of the order',
    headers: { 'X-Idempotency-Key': 'key-1' },
    before: async (service) =>
      await sendTo(service, requestOf([firstItem]), { headers: { 'X-Idempotency-Key': 'key-1' } }),
    body: partOfThird,
    response: [422, 'IDEMPOTENCY_KEY_REUSED X-Idempotency-Key'],
  },
  {
    title: 'The same cancellation once more after a day, without an idempotency key',
    before: async (service) => {
      await sendTo(service, partOfThird);
      service.nowMs += retryWindowMs + 1;
    },
    body: partOfThird,
    response: [409, 'DUPLICATE_CANCELLATION X-Idempotency-Key'],
  },
  {
    title: 'The same cancellation with another tax, without an idempotency key',
    before: async (service) => await sendTo(service, requestOf([{ ...firstItem, amount: 20_000, taxAmount: 2000 }])),
    body: requestOf([{ ...firstItem, amount: 20_000, taxAmount: 1500 }]),
    response: [409, 'DUPLICATE_CANCELLATION /items/0/taxAmount'],
  },
  {
    title: "The same cancellation with another person's account, without an idempotency key",
    order: { refundMethod: 'BANK_ACCOUNT' },
    before: async (service) => await sendTo(service, { ...partOfThird, refundAccount }),
    body: { ...partOfThird, refundAccount: { ...refundAccount, accountNumber: '9876543210' } },
    response: [409, 'DUPLICATE_CANCELLATION /refundAccount'],
  },
];
