import { itemOf, requestOf } from '../../in-memory/requests.ts';
import type { IntegratorMistake } from './commit-mistake.ts';
import { full, ofUsd, usdHeaders, usdOrder, withFirst } from './sample-requests.ts';

export const mistakesInAmounts: readonly IntegratorMistake[] = [
  {
    title: 'Decimals that the currency does not have: 2000.5 KRW',
    body: requestOf([itemOf({ amount: 2000.5 })]),
    response: [400, 'AMOUNT_PRECISION /items/0/amount', 'AMOUNT_PRECISION /totalCancelAmount'],
  },
  {
    title: 'Decimals that the currency does not have: 10.999 USD',
    body: ofUsd(10.999),
    order: usdOrder,
    headers: usdHeaders,
    response: [400, 'AMOUNT_PRECISION /items/0/amount', 'AMOUNT_PRECISION /totalCancelAmount'],
  },
  {
    title: 'Cents instead of the amount: 1100 for 11.00 USD',
    body: ofUsd(1100),
    order: usdOrder,
    headers: usdHeaders,
    response: [400, 'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount', 'AMOUNT_EXCEEDS_REMAINING /items/0/amount'],
  },
  {
    title: 'The sum of the amounts without their quantities',
    body: { ...full, totalCancelAmount: 56_000 },
    response: [400, 'TOTAL_MISMATCH /totalCancelAmount'],
  },
  {
    title: 'Tax added to the total',
    body: { ...full, totalCancelAmount: 116_000 },
    response: [400, 'TOTAL_MISMATCH /totalCancelAmount'],
  },
  {
    title: 'Tax left out of the amounts',
    body: withFirst({ amount: 45_000 }, { totalCancelAmount: 96_000 }),
    response: [400, 'AMOUNT_WITHOUT_TAX /items/0/amount'],
  },
  {
    title: 'Tax left out of the amounts, but not of the total',
    body: withFirst({ amount: 45_000 }),
    response: [400, 'AMOUNT_WITHOUT_TAX /items/0/amount', 'TOTAL_MISMATCH /totalCancelAmount'],
  },
  {
    title: 'Tax left out of the amounts, but not of the total, when an amount is canceled',
    body: withFirst({ amount: 20_000, taxAmount: 2000 }, { totalCancelAmount: 50_000 }),
    response: [400, 'TOTAL_MISMATCH /totalCancelAmount'],
  },
  {
    title: 'Tax left out of the total, but not of the amounts',
    body: { ...full, totalCancelAmount: 96_000 },
    response: [400, 'TOTAL_MISMATCH /totalCancelAmount'],
  },
  {
    title: 'The sum of the amounts without their quantities, or an amount for all units of a line',
    body: withFirst({ amount: 20_000 }, { totalCancelAmount: 26_000 }),
    response: [400, 'TOTAL_MISMATCH /totalCancelAmount'],
  },
  {
    title: 'The sum of the amounts without their quantities, plus tax',
    body: { ...full, totalCancelAmount: 61_000 },
    response: [400, 'TOTAL_MISMATCH /totalCancelAmount'],
  },
  {
    title: 'Any other wrong total',
    body: { ...full, totalCancelAmount: 100_000 },
    response: [400, 'TOTAL_MISMATCH /totalCancelAmount'],
  },
  {
    title: 'Tax added to an amount',
    body: withFirst({ amount: 55_000 }, { totalCancelAmount: 116_000 }),
    response: [400, 'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount', 'AMOUNT_EXCEEDS_REMAINING /items/0/amount'],
  },
  {
    title: 'The total of a line as its amount',
    body: withFirst({ amount: 100_000 }),
    response: [
      400,
      'AMOUNT_EXCEEDS_UNIT_AMOUNT /items/0/amount',
      'AMOUNT_EXCEEDS_REMAINING /items/0/amount',
      'TOTAL_MISMATCH /totalCancelAmount',
    ],
  },
  {
    title: 'The tax of a line instead of that of a unit',
    body: withFirst({ taxAmount: 10_000 }),
    response: [400, 'TAX_EXCEEDS_UNIT_TAX /items/0/taxAmount', 'TAX_EXCEEDS_REMAINING /items/0/taxAmount'],
  },
  {
    title: 'A tax of 0 for a line that has tax',
    body: withFirst({ taxAmount: 0 }),
    response: [400, 'TAX_LEFT_OVER /items/0/taxAmount'],
  },
  {
    title: 'More tax than amount',
    body: withFirst({ amount: 1000, taxAmount: 5000 }, { totalCancelAmount: 8000 }),
    response: [400, 'TAX_EXCEEDS_AMOUNT /items/0/taxAmount'],
  },
  {
    title: 'An amount of 0',
    body: requestOf([itemOf({ amount: 0 })]),
    response: [400, 'AMOUNT_NOT_POSITIVE /items/0/amount'],
  },
];
