import { maxSignificantDigits } from './amounts.ts';

export type Language = 'en' | 'ko';

export const maxQuantity = 1_000_000;

/**
 * What the client itself says about a request before it is sent: what JSON cannot express, and what totalOf cannot add
 * up. All other errors are for the service to report: it knows the order.
 */
export const sentences = {
  NO_OBJECT: {
    en: () => 'The request must be an object.',
    ko: () => '요청은 객체여야 합니다.',
  },
  NO_JSON: {
    en: (name = 'The request') =>
      `${name} cannot be expressed in JSON: send finite numbers, strings, lists and plain objects.`,
    ko: (name = '요청') =>
      `${name} 값은 JSON으로 나타낼 수 없습니다. 유한한 숫자, 문자열, 배열, 일반 객체로 보내 주십시오.`,
  },
  NO_ITEMS: {
    en: () => 'items must be a list of items.',
    ko: () => 'items는 항목의 배열이어야 합니다.',
  },
  NO_ITEM: {
    en: () => 'An item must be an object.',
    ko: () => '항목은 객체여야 합니다.',
  },
  NO_QUANTITY: {
    en: () => `quantity must be a whole number from 1 to ${maxQuantity}.`,
    ko: () => `quantity는 1부터 ${maxQuantity}까지의 정수여야 합니다.`,
  },
  NO_AMOUNT: {
    en: () =>
      `amount must be a number of at least 0 in major units, with at most 4 decimals and ${maxSignificantDigits} ` +
      'digits: floats do not add up exactly.',
    ko: () =>
      `amount는 0 이상의 숫자(주 통화 단위, 소수점 이하 4자리, 전체 ${maxSignificantDigits}자리 이하)여야 합니다. ` +
      '부동소수점 덧셈의 결과는 정확하지 않습니다.',
  },
  TOTAL_TOO_LONG: {
    en: () => `The total has more than ${maxSignificantDigits} digits.`,
    ko: () => `합계가 ${maxSignificantDigits}자리를 넘습니다.`,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, (name?: string) => string>>>>;
