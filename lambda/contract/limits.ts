import { maxAmount } from '../domain/money.ts';
import { itemTypes } from '../domain/order.ts';
import type { Localized } from './language.ts';

/** Section 6 of the contract: every bound of a request, and how an answer names it. */
export const maxBodyBytes = 64 * 1024;
export const maxItems = 100;
export const maxCount = 1_000_000;

/** Cancellations in one answer of the detail call: at most, and where the request asks for no number. */
export const maxPageSize = 100;
export const defaultPageSize = 20;

/** An order's cancellations are told one by one up to this many. */
export const maxCancellations = 1000;

/** An answer lists at most this many places; a body that is wrong in more of them is hardly a mistake. */
export const maxListedErrors = 1000;

/** Order numbers, item ids, stores, divisions and channels. No slash: it separates the parts of a table's keys. */
export const identifierPattern = '^[A-Za-z0-9._-]{1,64}$';
/** The id of a cancellation: a ULID with a prefix. */
export const returnRequestIdPattern = '^RETREQ[0-9A-HJKMNP-TV-Z]{26}$';
export const accountNumberPattern = '^[0-9A-Za-z-]{1,34}$';

export type FieldName =
  | 'orderNo'
  | 'totalCancelAmount'
  | 'refundAccount'
  | 'accountNumber'
  | 'bankCode'
  | 'accountHolderName'
  | 'items'
  | 'seq'
  | 'itemType'
  | 'itemId'
  | 'quantity'
  | 'amount'
  | 'taxAmount';

export const identifierText: Localized = {
  en: '1 to 64 characters of A-Z a-z 0-9 . _ -',
  ko: 'A-Z a-z 0-9 . _ - 문자로 된 1~64자',
};
const identifierFieldText: Localized = { en: `a string of ${identifierText.en}`, ko: `${identifierText.ko}의 문자열` };
const countText: Localized = {
  en: `a whole number from 1 to ${maxCount}, without quotes`,
  ko: `1부터 ${maxCount}까지의 정수(따옴표 없이)`,
};
const amountText: Localized = {
  en: `a number from 0 to ${maxAmount}, without quotes, with at most 15 significant digits`,
  ko: `0부터 ${maxAmount}까지의 숫자(따옴표 없이, 유효 숫자 15자리 이하)`,
};

/** What each field of the request accepts. */
export const acceptedByField: Readonly<Record<FieldName, Localized>> = {
  orderNo: identifierFieldText,
  totalCancelAmount: amountText,
  refundAccount: {
    en: 'an object with accountNumber, bankCode and accountHolderName; leave it out where there is none',
    ko: 'accountNumber, bankCode, accountHolderName 필드를 가진 객체, 생략 가능',
  },
  accountNumber: {
    en: `a string of 1 to 34 digits, letters or hyphens, or a whole number up to ${Number.MAX_SAFE_INTEGER}`,
    ko: `숫자, 영문자, 하이픈으로 된 1~34자의 문자열 또는 ${Number.MAX_SAFE_INTEGER} 이하의 정수`,
  },
  bankCode: {
    en: 'a string of 1 to 20 characters, none of them a control character',
    ko: '제어 문자가 없는 1~20자의 문자열',
  },
  accountHolderName: {
    en: 'a string of 1 to 100 characters, none of them a control character',
    ko: '제어 문자가 없는 1~100자의 문자열',
  },
  items: { en: `a JSON array of 1 to ${maxItems} items`, ko: `항목 1~${maxItems}개로 된 JSON 배열` },
  seq: countText,
  itemType: { en: `one of ${itemTypes.join(', ')}`, ko: `${itemTypes.join(', ')} 중 하나` },
  itemId: identifierFieldText,
  quantity: countText,
  amount: amountText,
  taxAmount: {
    en: `${amountText.en}; leave it out for none`,
    ko: `${amountText.ko}, 생략 가능`,
  },
};
