import { createHash } from 'node:crypto';
import type { Order } from '../../../lambda/domain/order.ts';
import { lineOf, orderOf } from '../../../tools/in-memory/orders.ts';
import type { Store } from '../../../tools/in-memory/requests.ts';

/** A value that nothing else looks like, so that finding it anywhere proves where it came from. */
function canary(what: string): string {
  return createHash('sha256').update(`canary: ${what}`).digest('hex');
}

/** The store that sends, and another one, whose key and orders are none of its business. */
export const sender = storeOf('FUZZ');
export const stranger = storeOf('OTHER');

function storeOf(name: string): Store {
  return {
    storeId: `${name}-STORE`,
    divisionCode: `${name}-DIVISION`,
    channelCode: 'ONLINE',
    accessKey: `ak_${canary(`${name} access key`).slice(0, 32)}`,
    hashKey: canary(`${name} hash key`),
  };
}

/** What requests name as the refund account. */
export const account = {
  accountNumber: canary('account number').slice(0, 30),
  /** A safe integer, written as a JSON number. */
  accountNumberDigits: '7302915846017253',
  accountHolderName: `H\u00f6lder ${canary('holder').slice(0, 24)}`,
  bankCode: canary('bank code').slice(0, 16),
};

/** Each field of the account in every way that it is spelled; what stands in the first row is one, in the second another. */
export const spellings = {
  accountNumber: [
    [account.accountNumber, hyphenated(account.accountNumber)],
    [account.accountNumberDigits, hyphenated(account.accountNumberDigits)],
    [canary('another account number').slice(0, 30)],
  ],
  bankCode: [
    [account.bankCode, hyphenated(account.bankCode), hyphenated(account.bankCode).replaceAll('-', ' ')],
    [canary('another bank code').slice(0, 16)],
  ],
  accountHolderName: [
    [account.accountHolderName, account.accountHolderName.normalize('NFD')],
    [account.accountHolderName.replace(' ', '  '), `Holder ${canary('another holder').slice(0, 24)}`],
  ],
} as const;

/** As people write a long number. */
function hyphenated(text: string): string {
  return `${text.slice(0, 3)}-${text.slice(3)}`;
}

/** Of the credentials that the function has of AWS. */
export const sessionToken = canary('session token');

/** What must never stand in a response, a log line, a metric or an error. */
export const secrets: readonly string[] = [
  sender.accessKey,
  sender.hashKey,
  stranger.accessKey,
  stranger.hashKey,
  ...Object.values(spellings).flat(2),
  sessionToken,
];

const one = { quantity: 1, unitTaxMinor: 0n };
const canceledInPart = { units: 1, amountMinor: 51_000n, taxMinor: 5000n };

/** Orders of every kind that the rules distinguish. */
export const orders: readonly Order[] = [
  orderOf({ orderNo: 'CAPTURED' }),
  orderOf({ orderNo: 'AUTHORIZED', paymentStatus: 'AUTHORIZED' }),
  orderOf({ orderNo: 'BANK', refundMethod: 'BANK_ACCOUNT' }),
  orderOf({ orderNo: 'REQUESTED', paymentStatus: 'REQUESTED', refundMethod: 'BANK_ACCOUNT' }),
  orderOf({ orderNo: 'VOIDED', paymentStatus: 'VOIDED' }),
  orderOf({ orderNo: 'FAILED', paymentStatus: 'FAILED' }),
  orderOf({
    orderNo: 'PARTLY',
    paymentStatus: 'PARTIALLY_CANCELED',
    lines: [lineOf({ canceled: canceledInPart }), lineOf({ ...one, seq: 2, itemId: 'P002' })],
  }),
  orderOf({
    orderNo: 'DOLLARS',
    currencyCode: 'USD',
    lines: [
      lineOf({ itemType: 'DIGITAL', quantity: 3, unitAmountMinor: 1999n, unitTaxMinor: 182n }),
      lineOf({ ...one, seq: 7, itemType: 'DELIVERY', itemId: 'EXPRESS', unitAmountMinor: 450n }),
      lineOf({ ...one, seq: 1_000_000, itemType: 'SERVICE', itemId: 'FREE_gift-1.0', unitAmountMinor: 0n }),
    ],
  }),
  orderOf({
    orderNo: 'DINARS',
    currencyCode: 'KWD',
    lines: [lineOf({ itemType: 'SUBSCRIPTION', quantity: 12, unitAmountMinor: 1_234_567n, unitTaxMinor: 123_456n })],
  }),
  // Taxes that no rate makes whole.
  orderOf({
    orderNo: 'TAXED',
    version: 7,
    refundMethod: 'BANK_ACCOUNT',
    lines: [
      lineOf({ ...one, unitAmountMinor: 30_000n, unitTaxMinor: 2727n }),
      lineOf({ ...one, seq: 2, itemId: 'P002', unitAmountMinor: 11_000n, unitTaxMinor: 1000n }),
      lineOf({ seq: 3, itemId: 'P003', quantity: 3, unitAmountMinor: 10_000n, unitTaxMinor: 909n }),
    ],
  }),
  // So little that a few requests come to the end of it, by every way that there is.
  orderOf({
    orderNo: 'TINY',
    lines: [
      lineOf({ quantity: 3, unitAmountMinor: 4n, unitTaxMinor: 1n }),
      lineOf({ seq: 2, itemId: 'P002', quantity: 2, unitAmountMinor: 3n, unitTaxMinor: 3n }),
      lineOf({ seq: 3, itemId: 'P003', itemType: 'DELIVERY', quantity: 2, unitAmountMinor: 5n, unitTaxMinor: 2n }),
    ],
  }),
  orderOf({ orderNo: 'LARGE', lines: [lineOf({ quantity: 1_000_000 })] }),
  orderOf({
    orderNo: 'HUNDRED',
    lines: Array.from({ length: 101 }, (_value, index) => lineOf({ seq: index + 1, itemId: `P${index + 1}` })),
  }),
].map((order) => ({ ...order, storeId: sender.storeId }));

/** Of these the rules about taxes and accounts have most to say. */
export const intricate = orders.filter(({ orderNo }) => ['BANK', 'TAXED', 'TINY'].includes(orderNo));

/** Those that can be imported: an order with something canceled has to have the records of it, which only canceling makes. */
export const untouched = orders.filter(({ lines }) => lines.every(({ canceled }) => canceled.amountMinor === 0n));

export const strangersOrder: Order = orderOf({ orderNo: 'STRANGE', storeId: stranger.storeId });
