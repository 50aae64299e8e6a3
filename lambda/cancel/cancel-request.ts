import { identifierFieldText, maxCount, maxItems } from '../contract/limits.ts';
import type { Localized } from '../contract/language.ts';
import type { RequestShape } from '../contract/request-shape.ts';
import type { CancellationRequest, RefundAccount, RequestedItem } from '../domain/cancellation.ts';
import { maxAmount } from '../domain/money.ts';
import { itemTypes } from '../domain/order.ts';
import isCancelRequest from './cancel-request.validator.cjs';

/** The name of any field of a cancel request. */
export type CancelField = keyof CancellationRequest | keyof RefundAccount | keyof RequestedItem;

const countText: Localized = {
  en: `a whole number from 1 to ${maxCount}, without quotes`,
  ko: `1부터 ${maxCount}까지의 정수(따옴표 없이)`,
};
const amountText: Localized = {
  en: `a number from 0 to ${maxAmount}, without quotes, with at most 15 significant digits`,
  ko: `0부터 ${maxAmount}까지의 숫자(따옴표 없이, 유효 숫자 15자리 이하)`,
};

/** What each field accepts. */
export const acceptedByCancelField: Readonly<Record<CancelField, Localized>> = {
  orderNo: identifierFieldText,
  totalCancelAmount: amountText,
  refundAccount: {
    en: 'an object with accountNumber, bankCode and accountHolderName; leave it out where there is none',
    ko: 'accountNumber, bankCode, accountHolderName 필드를 가진 객체, 생략 가능',
  },
  accountNumber: {
    en:
      'a string of 1 to 34 digits, letters or hyphens with at least one digit from 1 to 9. A whole number from 1 to ' +
      `${Number.MAX_SAFE_INTEGER} is accepted too: send any other account number as a string`,
    ko:
      '1~9 사이의 숫자를 하나 이상 포함하고 숫자, 영문자, 하이픈으로 된 1~34자의 문자열(1 이상 ' +
      `${Number.MAX_SAFE_INTEGER} 이하의 정수도 가능하며, 그 외의 계좌번호는 문자열로 보내 주십시오)`,
  },
  bankCode: {
    en: 'a string of 1 to 20 characters with at least one letter or digit, and no invisible character',
    ko: '문자나 숫자를 하나 이상 포함하고 보이지 않는 문자가 없는 1~20자의 문자열',
  },
  accountHolderName: {
    en: 'a string of 1 to 100 characters with at least one letter or digit, and no invisible character',
    ko: '문자나 숫자를 하나 이상 포함하고 보이지 않는 문자가 없는 1~100자의 문자열',
  },
  items: { en: `a JSON array of 1 to ${maxItems} items`, ko: `항목 1~${maxItems}개로 된 JSON 배열` },
  seq: countText,
  itemType: { en: `one of ${itemTypes.join(', ')}`, ko: `${itemTypes.join(', ')} 중 하나` },
  itemId: identifierFieldText,
  quantity: countText,
  amount: amountText,
  taxAmount: {
    en: `${amountText.en}; left out, it is the tax that belongs to the amount`,
    ko: `${amountText.ko}, 생략하면 금액에 해당하는 세액 적용`,
  },
};

const bodyFields = ['orderNo', 'totalCancelAmount', 'refundAccount', 'items'] satisfies CancelField[];
const refundAccountFields = ['accountNumber', 'bankCode', 'accountHolderName'] satisfies CancelField[];
const itemFields = ['seq', 'itemType', 'itemId', 'quantity', 'amount', 'taxAmount'] satisfies CancelField[];

export const cancelRequestShape: RequestShape<CancellationRequest> = {
  isRequest: isCancelRequest,
  fields: {
    accepted: acceptedByCancelField,
    namesAt(pointer) {
      if (pointer === '') return bodyFields;
      return pointer === '/refundAccount' ? refundAccountFields : itemFields;
    },
    // The deepest field is /items/0/amount.
    depth: 3,
    mayBeText: new Set<CancelField>(['accountNumber']),
  },
};
