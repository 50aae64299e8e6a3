import { isCurrencyCode } from '../domain/money.ts';
import { isCountryCode } from './countries.ts';
import { ifMatchPattern } from './etag.ts';
import type { Localized } from './language.ts';
import { identifierPattern, identifierText } from './limits.ts';
import { isTimeZone } from './timestamp.ts';

export interface HeaderRule {
  readonly isRequired: boolean;
  /** A regular expression that a value must match, unless there is isAccepted. */
  readonly pattern?: string;
  /** Decides on a value in place of the pattern. Without either, any value is accepted. */
  readonly isAccepted?: (value: string) => boolean;
  readonly accepted: Localized;
}

/**
 * The headers that are checked (contract, section 1), in the sequence in which a response lists them. The value of
 * Content-Type is checked later, after authentication.
 */
export const headerRules = {
  'Content-Type': {
    isRequired: true,
    accepted: { en: 'application/json', ko: 'application/json' },
  },
  'X-Access-Key': {
    isRequired: true,
    pattern: '^[\\x21-\\x7e]{1,128}$',
    accepted: {
      en: 'the access key that the store was issued, up to 128 characters and no spaces',
      ko: '상점에 발급된 액세스 키(공백 없이 128자 이하)',
    },
  },
  'X-EBP-Signature': {
    isRequired: true,
    pattern: '^[0-9a-f]{64}$',
    accepted: {
      en: '64 lower-case hex digits, the SHA-256 of the raw body followed by the hash key',
      ko: '원본 본문 뒤에 해시 키를 붙여 SHA-256으로 계산한 소문자 16진수 64자리',
    },
  },
  'X-Division-Code': { isRequired: true, pattern: identifierPattern, accepted: identifierText },
  'X-Store-Id': { isRequired: true, pattern: identifierPattern, accepted: identifierText },
  'X-Channel-Code': { isRequired: true, pattern: identifierPattern, accepted: identifierText },
  'X-Ric-Code': {
    isRequired: true,
    pattern: '^(?:KIC|AIC|EIC)$',
    accepted: { en: 'KIC, AIC or EIC', ko: 'KIC, AIC, EIC 중 하나' },
  },
  'X-Country-Code': {
    isRequired: true,
    isAccepted: isCountryCode,
    accepted: {
      en: 'an ISO 3166-1 alpha-2 code in capitals, such as KR',
      ko: '대문자 ISO 3166-1 alpha-2 코드(예: KR)',
    },
  },
  'X-Currency-Code': {
    isRequired: true,
    isAccepted: isCurrencyCode,
    accepted: { en: 'an ISO 4217 code in capitals, such as KRW', ko: '대문자 ISO 4217 코드(예: KRW)' },
  },
  // Without a comma: a proxy joins a header that is sent twice with one.
  'X-Idempotency-Key': {
    isRequired: false,
    pattern: '^[\\x20-\\x2b\\x2d-\\x7e]{1,128}$',
    accepted: {
      en: '1 to 128 printable ASCII characters, no comma',
      ko: '쉼표를 제외한 출력 가능한 ASCII 문자 1~128자',
    },
  },
  'Idempotency-Key': {
    isRequired: false,
    pattern: '^(?:[\\x20\\x21\\x23-\\x2b\\x2d-\\x7e]{1,128}|"[\\x20\\x21\\x23-\\x2b\\x2d-\\x7e]{1,128}")$',
    accepted: {
      en: '1 to 128 printable ASCII characters, no comma and no quote, with or without double quotes around them',
      ko: '쉼표와 큰따옴표를 제외한 출력 가능한 ASCII 문자 1~128자(앞뒤를 큰따옴표로 감쌀 수 있음)',
    },
  },
  'If-Match': {
    isRequired: false,
    pattern: ifMatchPattern,
    accepted: {
      en: '* or the one ETag of the order that an earlier response had, such as "ORD-1.3" with its quotes',
      ko: '* 또는 이전 응답의 주문 ETag 하나(예: 큰따옴표를 포함한 "ORD-1.3")',
    },
  },
  'Time-Zone': {
    isRequired: false,
    isAccepted: isTimeZone,
    accepted: { en: 'an IANA time zone such as Asia/Seoul', ko: 'IANA 시간대(예: Asia/Seoul)' },
  },
} as const satisfies Readonly<Record<string, HeaderRule>>;

export type HeaderName = keyof typeof headerRules;

/** Headers of which any value is accepted. */
export type FreeHeaderName = 'X-System-Language' | 'X-Language-Code' | 'Accept-Language';
