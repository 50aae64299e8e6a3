import type { Language } from './sentences.ts';

export interface ClientOptions {
  /** Of the API, up to the stage: https://api.example/prod. Plain http is for this machine alone. */
  readonly url: string;
  readonly accessKey: string;
  readonly hashKey: string;
  readonly storeId: string;
  readonly divisionCode: string;
  readonly channelCode: string;
  readonly ricCode: 'KIC' | 'AIC' | 'EIC';
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** ISO 4217; of the orders for which cancel is given no other. */
  readonly currencyCode?: string | undefined;
  /** Of messages: en unless given. */
  readonly language?: Language | undefined;
  /** IANA zone of timestamps: UTC unless given. */
  readonly timeZone?: string | undefined;
  /** For one attempt, 1 to 60,000: 15,000 unless given. The service itself answers within 10,000. */
  readonly timeoutMs?: number | undefined;
  /** For all attempts and the pauses between them, 1 to 600,000: 60,000 unless given. */
  readonly deadlineMs?: number | undefined;
  /** 1 to 10: 4 unless given. */
  readonly maxAttempts?: number | undefined;
}

/** Options that were checked. They hold the hash key: they stay in closures and never become a property. */
export interface Settings {
  /** Without a slash at its end. */
  readonly url: string;
  readonly hashKey: string;
  /** Those of every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly currencyCode: string | undefined;
  readonly language: Language;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly maxAttempts: number;
}

/** @throws TypeError naming the option and what it accepts, never what was given */
export function settingsFrom(options: ClientOptions): Settings {
  const { hashKey, language, timeZone, currencyCode } = options;
  if (typeof hashKey !== 'string' || hashKey === '') throw new TypeError('hashKey must be the hash key of the store.');
  return {
    url: baseUrl(options.url),
    hashKey,
    headers: {
      'X-Access-Key': headerValue('accessKey', options.accessKey),
      'X-Division-Code': headerValue('divisionCode', options.divisionCode),
      'X-Store-Id': headerValue('storeId', options.storeId),
      'X-Channel-Code': headerValue('channelCode', options.channelCode),
      'X-Ric-Code': headerValue('ricCode', options.ricCode),
      'X-Country-Code': headerValue('countryCode', options.countryCode),
      ...(language === undefined ? {} : { 'X-System-Language': oneOf('language', language, ['en', 'ko']) }),
      ...(timeZone === undefined ? {} : { 'Time-Zone': headerValue('timeZone', timeZone) }),
    },
    currencyCode: currencyCode === undefined ? undefined : headerValue('currencyCode', currencyCode),
    language: language ?? 'en',
    timeoutMs: wholeNumber('timeoutMs', options.timeoutMs ?? 15_000, 60_000),
    deadlineMs: wholeNumber('deadlineMs', options.deadlineMs ?? 60_000, 600_000),
    maxAttempts: wholeNumber('maxAttempts', options.maxAttempts ?? 4, 10),
  };
}

/** @throws TypeError naming the option */
export function headerValue(option: string, value: unknown): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(value)) {
    throw new TypeError(`${option} must be 1 to 128 printable ASCII characters without spaces.`);
  }
  return value;
}

function oneOf(option: string, value: string, accepted: readonly string[]): string {
  if (!accepted.includes(value)) throw new TypeError(`${option} must be one of ${accepted.join(', ')}.`);
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
