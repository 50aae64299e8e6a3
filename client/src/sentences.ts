import { maxSignificantDigits } from './amounts.ts';

export type Language = 'en' | 'ko';

export const maxQuantity = 1_000_000;

/**
 * What the client itself says: about a request before it is sent (what JSON cannot express, what totalOf cannot add up),
 * and how a call ended. All errors of a request are for the service to report: it knows the order.
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
      `amount는 0 이상의 숫자(기본 통화 단위, 소수점 이하 4자리, 전체 ${maxSignificantDigits}자리 이하)여야 합니다. ` +
      '부동소수점 덧셈의 결과는 정확하지 않습니다.',
  },
  TOTAL_TOO_LONG: {
    en: () => `The total has more than ${maxSignificantDigits} digits.`,
    ko: () => `합계가 ${maxSignificantDigits}자리를 넘습니다.`,
  },
  ABORTED_BEFORE_SENDING: {
    en: () => 'It was aborted before it was sent.',
    ko: () => '전송하기 전에 중단되었습니다.',
  },
  ABORTED: {
    en: () => 'It was aborted.',
    ko: () => '중단되었습니다.',
  },
  NO_RESPONSE: {
    en: (timeoutMs: number) => `There was no response within ${timeoutMs} ms.`,
    ko: (timeoutMs: number) => `${timeoutMs}ms 안에 응답이 없었습니다.`,
  },
  NO_CONNECTION: {
    en: (code: string) => `The connection failed${code && ` (${code})`}.`,
    ko: (code: string) => `연결에 실패했습니다${code && `(${code})`}.`,
  },
  TEMPORARY: {
    en: (status: string) => `The service responded with ${status}.`,
    ko: (status: string) => `서비스 응답은 ${status}입니다.`,
  },
  NO_ENVELOPE: {
    en: (status: number) => `The response (${status}) is not the envelope of the service: is the url right?`,
    ko: (status: number) => `응답(${status})이 서비스의 형식이 아닙니다. url을 확인해 주십시오.`,
  },
  TOO_LARGE: {
    en: (status: number, bytes: number) => `The response (${status}) is larger than ${bytes} bytes: is the url right?`,
    ko: (status: number, bytes: number) => `응답(${status})이 ${bytes}바이트를 초과합니다. url을 확인해 주십시오.`,
  },
  REFUSED: {
    en: (status: string, message: string) => `Refused with ${status}: ${message}`,
    ko: (status: string, message: string) => `거부되었습니다(${status}). ${message}`,
  },
  NOTHING_CANCELED: {
    en: (why: string) => `Nothing was canceled. ${why}`,
    ko: (why: string) => `이번 요청으로 취소된 금액은 없습니다. ${why}`,
  },
  OTHER_REQUEST: {
    en: () => 'The response belongs to another request.',
    ko: () => '다른 요청에 대한 응답입니다.',
  },
  OUTCOME_UNKNOWN: {
    en: (why: string, key: string | undefined) =>
      `Whether the payment is canceled is not known. ${why} Send the same request ` +
      `${key === undefined ? 'without an idempotency key' : `with the idempotency key ${key}`} again: it is never ` +
      'applied twice.',
    ko: (why: string, key: string | undefined) =>
      `처리 결과를 아직 확인할 수 없습니다. ${why} 같은 요청을 ` +
      `${key === undefined ? '멱등키 없이' : `같은 멱등키(${key})로`} 다시 보내 주십시오. 중복으로 취소되지 않습니다.`,
  },
  NOT_RETURNED: {
    en: (why: string) => `The order was not returned. ${why}`,
    ko: (why: string) => `주문을 조회하지 못했습니다. ${why}`,
  },
  UNKNOWN_DETAIL: {
    en: () => 'The response is not a detail of this order that this version of the client knows.',
    ko: () => '응답이 이 주문의 조회 결과가 아니거나, 이 버전의 클라이언트가 알지 못하는 형식입니다.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, (...values: never[]) => string>>>>;
