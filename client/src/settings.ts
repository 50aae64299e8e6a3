import type { Language } from './sentences.ts';

export interface ClientOptions {
  /** The URL of the API up to the stage: https://api.example/prod. Plain http is for localhost only. */
  readonly url: string;
  readonly accessKey: string;
  readonly hashKey: string;
  readonly storeId: string;
  readonly divisionCode: string;
  readonly channelCode: string;
  readonly ricCode: 'KIC' | 'AIC' | 'EIC';
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** ISO 4217: the currency of orders for which a call names no other. */
  readonly currencyCode?: string | undefined;
  /** Language of messages: en unless given. */
  readonly language?: Language | undefined;
  /** IANA zone of timestamps: UTC unless given. */
  readonly timeZone?: string | undefined;
  /** Time for one attempt, 1 to 60,000: 15,000 unless given. The service itself responds within 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Time for all attempts and the pauses between them, 1 to 600,000: 60,000 unless given. */
  readonly deadlineMs?: number | undefined;
  /** 1 to 10: 4 unless given. */
  readonly maxAttempts?: number | undefined;
}

/** Options that were checked. They include the hash key, so they stay in closures and never become a property. */
export interface Settings {
  /** Without a slash at the end. */
  readonly url: string;
  readonly hashKey: string;
  /** The headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly currencyCode: string | undefined;
  readonly language: Language;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly maxAttempts: number;
}

/** @throws TypeError naming the option and what it accepts, never what was given */
export function settingsFrom(options: ClientOptions): Settings {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('options must be an object: url, accessKey, hashKey and so on.');
  }
  const { language, timeZone, currencyCode } = options;
  return {
    url: baseUrl(options.url),
    // A space from a file or a form would become part of the key, and lead to a 401 that does not say why.
    hashKey: matching('hashKey', options.hashKey, /^[\x21-\x7e]{1,256}$/, 'the hash key of the store, without spaces'),
    headers: {
      'X-Access-Key': matching('accessKey', options.accessKey, /^[\x21-\x7e]{1,128}$/, accessKeyText),
      'X-Division-Code': identifier('divisionCode', options.divisionCode),
      'X-Store-Id': identifier('storeId', options.storeId),
      'X-Channel-Code': identifier('channelCode', options.channelCode),
      'X-Ric-Code': matching('ricCode', options.ricCode, /^(?:KIC|AIC|EIC)$/, 'KIC, AIC or EIC'),
      'X-Country-Code': matching('countryCode', options.countryCode, /^[A-Z]{2}$/, 'an ISO 3166-1 code such as KR'),
      ...(language === undefined
        ? {}
        : { 'X-System-Language': matching('language', language, /^(?:en|ko)$/, 'en or ko') }),
      ...(timeZone === undefined ? {} : { 'Time-Zone': timeZoneFrom(timeZone) }),
    },
    currencyCode: currencyCode === undefined ? undefined : currencyCodeFrom(currencyCode),
    language: language ?? 'en',
    timeoutMs: wholeNumber('timeoutMs', options.timeoutMs ?? 15_000, 60_000),
    deadlineMs: wholeNumber('deadlineMs', options.deadlineMs ?? 60_000, 600_000),
    maxAttempts: wholeNumber('maxAttempts', options.maxAttempts ?? 4, 10),
  };
}

/** The service decides which codes exist: its list may be newer. @throws TypeError */
export function currencyCodeFrom(value: unknown): string {
  return matching('currencyCode', value, /^[A-Z]{3}$/, 'an ISO 4217 code such as KRW');
}

const accessKeyText = '1 to 128 printable ASCII characters without spaces';

function identifier(option: string, value: unknown): string {
  return matching(option, value, /^[A-Za-z0-9._-]{1,64}$/, '1 to 64 characters of A-Z a-z 0-9 . _ -');
}

function timeZoneFrom(value: unknown): string {
  const accepted = 'an IANA time zone such as Asia/Seoul';
  // Intl takes offsets such as +09:00 too; the service does not.
  const timeZone = matching('timeZone', value, /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/, accepted);
  try {
    Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw new TypeError(`timeZone must be ${accepted}.`, { cause });
  }
  return timeZone;
}

function matching(option: string, value: unknown, pattern: RegExp, accepted: string): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new TypeError(`${option} must be ${accepted}.`);
  return value;
}

function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url?.hostname ?? '');
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback);
  const isBare = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!isSafe || !isBare) {
    throw new TypeError(
      'url must be an https URL such as https://api.example/prod, without credentials, query or fragment; ' +
        'http is for localhost alone.',
    );
  }
  return url.href.replace(/\/+$/, '');
}

function wholeNumber(option: string, value: number, max: number): number {
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new TypeError(`${option} must be a whole number from 1 to ${max}.`);
  }
  return value;
}
