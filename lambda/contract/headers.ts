import { isCurrencyCode } from '../domain/money.ts';
import { isCountryCode } from './countries.ts';
import type { Localized } from './language.ts';
import { identifierPattern, identifierText } from './limits.ts';
import type { Violation } from './reasons.ts';
import { isTimeZone } from './timestamp.ts';

/** Request headers by lower-case name, each with every value it was sent with. */
export type RawHeaders = ReadonlyMap<string, readonly string[]>;

/** The headers of section 1 of the contract that the service acts on. */
export interface CommonHeaders {
  readonly accessKey: string;
  /** 64 lower-case hex digits. */
  readonly signature: string;
  readonly divisionCode: string;
  readonly storeId: string;
  readonly channelCode: string;
  readonly currencyCode: string;
  readonly idempotencyKey: string | undefined;
}

/** Header names are case-insensitive, and API Gateway keeps the case that the client chose. */
export function lowerCaseHeaders(
  multiValueHeaders: Readonly<Record<string, readonly string[] | undefined>> | null,
): RawHeaders {
  const headers = new Map<string, string[]>();
  for (const [name, values = []] of Object.entries(multiValueHeaders ?? {})) {
    const key = name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), ...values]);
  }
  return headers;
}

/** The only value of a header; undefined where it is not sent, or sent more than once. */
export function onlyValue(headers: RawHeaders, name: string): string | undefined {
  const values = headers.get(name.toLowerCase());
  return values?.length === 1 ? values[0] : undefined;
}

/** Reads the common headers, or lists every one that is missing, malformed or repeated. */
export function readCommonHeaders(
  headers: RawHeaders,
): { readonly ok: true; readonly headers: CommonHeaders } | { readonly ok: false; readonly violations: Violation[] } {
  const violations = compiledRules.flatMap((rule) => violationOf(rule, headers.get(rule.name.toLowerCase()) ?? []));
  if (violations.length > 0) return { ok: false, violations };
  const value = (name: string) => onlyValue(headers, name) ?? '';
  return {
    ok: true,
    headers: {
      accessKey: value('X-Access-Key'),
      signature: value('X-EBP-Signature'),
      divisionCode: value('X-Division-Code'),
      storeId: value('X-Store-Id'),
      channelCode: value('X-Channel-Code'),
      currencyCode: value('X-Currency-Code'),
      idempotencyKey: onlyValue(headers, 'X-Idempotency-Key'),
    },
  };
}

interface HeaderRule {
  readonly name: string;
  readonly isRequired: boolean;
  /** What a value has to match; where it is no pattern, isAccepted tells. */
  readonly pattern?: string;
  readonly isAccepted?: (value: string) => boolean;
  readonly accepted: Localized;
}

// What Content-Type says is looked at after authentication (contract, section 5, order of checks).
export const headerRules = [
  {
    name: 'Content-Type',
    isRequired: true,
    accepted: { en: 'application/json', ko: 'application/json' },
  },
  {
    name: 'X-Access-Key',
    isRequired: true,
    pattern: '^[\\x21-\\x7e]{1,128}$',
    accepted: {
      en: 'the access key that the store was issued, up to 128 characters and no spaces',
      ko: '상점에 발급된 액세스 키(공백 없이 128자 이하)',
    },
  },
  {
    name: 'X-EBP-Signature',
    isRequired: true,
    pattern: '^[0-9a-f]{64}$',
    accepted: {
      en: '64 lower-case hex digits, the SHA-256 of the raw body followed by the hash key',
      ko: '원본 본문 뒤에 해시 키를 붙여 SHA-256으로 계산한 소문자 16진수 64자리',
    },
  },
  { name: 'X-Division-Code', isRequired: true, pattern: identifierPattern, accepted: identifierText },
  { name: 'X-Store-Id', isRequired: true, pattern: identifierPattern, accepted: identifierText },
  { name: 'X-Channel-Code', isRequired: true, pattern: identifierPattern, accepted: identifierText },
  {
    name: 'X-Ric-Code',
    isRequired: true,
    pattern: '^(?:KIC|AIC|EIC)$',
    accepted: { en: 'KIC, AIC or EIC', ko: 'KIC, AIC, EIC 중 하나' },
  },
  {
    name: 'X-Country-Code',
    isRequired: true,
    isAccepted: isCountryCode,
    accepted: {
      en: 'an ISO 3166-1 alpha-2 code in capitals, such as KR',
      ko: '대문자 ISO 3166-1 alpha-2 코드(예: KR)',
    },
  },
  {
    name: 'X-Currency-Code',
    isRequired: true,
    isAccepted: isCurrencyCode,
    accepted: { en: 'an ISO 4217 code in capitals, such as KRW', ko: '대문자 ISO 4217 코드(예: KRW)' },
  },
  {
    name: 'X-Idempotency-Key',
    isRequired: false,
    pattern: '^[\\x20-\\x7e]{1,128}$',
    accepted: { en: '1 to 128 printable ASCII characters', ko: '출력 가능한 ASCII 문자 1~128자' },
  },
  {
    name: 'Time-Zone',
    isRequired: false,
    isAccepted: isTimeZone,
    accepted: { en: 'an IANA time zone such as Asia/Seoul', ko: 'IANA 시간대(예: Asia/Seoul)' },
  },
] as const satisfies readonly HeaderRule[];

export type HeaderName = (typeof headerRules)[number]['name'];

const compiledRules = headerRules.map((rule: HeaderRule) => {
  const expression = new RegExp(rule.pattern ?? '');
  return { isAccepted: (value: string) => expression.test(value), ...rule };
});

function violationOf(
  { name, isRequired, isAccepted, accepted }: (typeof compiledRules)[number],
  values: readonly string[],
): Violation[] {
  const [value, ...others] = values;
  const at = { header: name };
  if (others.length > 0) return [{ reason: 'HEADER_REPEATED', at }];
  // A mandatory header without a value says as little as none; an optional one that is sent must mean something.
  const isMissing = value === undefined || (value === '' && isRequired);
  if (isMissing) return isRequired ? [{ reason: 'HEADER_MISSING', at, accepted }] : [];
  return isAccepted(value) ? [] : [{ reason: 'HEADER_MALFORMED', at, accepted }];
}
