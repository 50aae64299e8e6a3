import type { IntegratorMistake } from './commit-mistake.ts';
import {
  firstItem,
  full,
  fullText,
  ofUsd,
  otherItems,
  usdHeaders,
  usdOrder,
  withFirst,
  without,
} from './sample-requests.ts';

export const mistakesInBodies: readonly IntegratorMistake[] = [
  { title: 'No body', body: '', response: [400, 'INVALID_JSON '] },
  { title: 'The body in Base64', body: Buffer.from(fullText).toString('base64'), response: [400, 'INVALID_JSON '] },
  { title: 'A byte order mark before the body', body: `\ufeff${fullText}`, response: [400, 'INVALID_JSON '] },
  { title: 'A comma too many', body: fullText.replace('"items"', ',"items"'), response: [400, 'INVALID_JSON '] },
  { title: 'JSON in a JSON string', body: JSON.stringify(fullText), response: [400, 'FIELD_INVALID '] },
  {
    title: 'Numbers in quotes',
    body: withFirst({ quantity: '2', amount: '50000' }),
    response: [400, 'FIELD_INVALID /items/0/quantity', 'FIELD_INVALID /items/0/amount'],
  },
  {
    title: 'null instead of leaving a field out',
    body: withFirst({ taxAmount: null }, { refundAccount: null as never }),
    response: [400, 'FIELD_INVALID /refundAccount', 'FIELD_INVALID /items/0/taxAmount'],
  },
  {
    title: 'A misspelt field',
    body: { ...full, items: [{ ...without(firstItem, 'taxAmount'), taxamount: 5000 }, ...otherItems] },
    response: [400, 'FIELD_UNKNOWN /items/0/taxamount'],
  },
  { title: 'A field left out', body: without(full, 'orderNo'), response: [400, 'FIELD_MISSING /orderNo'] },
  {
    title: 'One item instead of a list',
    body: { ...full, items: firstItem },
    response: [400, 'FIELD_INVALID /items'],
  },
  {
    title: 'An item type in lower case',
    body: withFirst({ itemType: 'physical' }),
    response: [400, 'FIELD_INVALID /items/0/itemType'],
  },
  {
    title: 'A name twice in one object',
    body: fullText.replace('"orderNo"', '"orderNo":"A","orderNo"'),
    response: [400, 'FIELD_REPEATED /orderNo'],
  },
  {
    title: 'An account number of more digits than a number can hold',
    body: fullText.replace('"1234567890"', '12345678901234567'),
    response: [400, 'FIELD_INVALID /refundAccount/accountNumber'],
  },
  {
    title: 'A refund account that no bank can pay',
    body: { ...full, refundAccount: { accountNumber: '000-000', bankCode: ' ', accountHolderName: '-' } },
    response: [
      400,
      'FIELD_INVALID /refundAccount/accountNumber',
      'FIELD_INVALID /refundAccount/bankCode',
      'FIELD_INVALID /refundAccount/accountHolderName',
    ],
  },
  {
    title: 'A total summed in floating point (0.1 + 0.2)',
    body: { ...ofUsd(0.1), totalCancelAmount: 0.1 + 0.2 },
    order: usdOrder,
    headers: usdHeaders,
    response: [400, 'TOO_MANY_DIGITS /totalCancelAmount'],
  },
];
