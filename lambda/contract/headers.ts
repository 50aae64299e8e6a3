import { type HeaderName, type HeaderRule, headerRules } from './header-rules.ts';
import { type Language, languageOf } from './language.ts';
import type { Violation } from './violations.ts';

/** How a response is written. */
export interface ResponseStyle {
  readonly language: Language;
  /** An IANA zone; undefined for UTC. */
  readonly timeZone: string | undefined;
}

/** The headers that the service acts on (contract, section 1). Each has passed its rule. */
export interface RequestHeaders extends ResponseStyle {
  readonly contentType: string;
  readonly accessKey: string;
  /** 64 lower-case hex digits. */
  readonly signature: string;
  readonly divisionCode: string;
  readonly storeId: string;
  readonly channelCode: string;
  readonly currencyCode: string;
  /** Of Idempotency-Key or of X-Idempotency-Key. */
  readonly idempotencyKey: IdempotencyKey | undefined;
  /** `*` or an ETag, as it was sent. */
  readonly ifMatch: string | undefined;
  /** All values of Content-Encoding. */
  readonly contentEncodings: readonly string[];
}

/** A key and the header that it was sent in. */
export interface IdempotencyKey {
  readonly header: 'X-Idempotency-Key' | 'Idempotency-Key';
  readonly value: string;
}

/** A refusal has a style too, made of the headers that could be read. */
export type HeadersRead =
  | { readonly ok: true; readonly headers: RequestHeaders }
  | { readonly ok: false; readonly violations: readonly Violation[]; readonly style: ResponseStyle };

/** As API Gateway passes them: values by name, in the letter case that the client sent. */
export type MultiValueHeaders = Readonly<Record<string, readonly string[] | undefined>>;

/** Reads all headers, or lists every one that is missing, malformed or repeated. */
export function readHeaders(multiValueHeaders: MultiValueHeaders | null): HeadersRead {
  const valuesByName = lowerCaseNames(multiValueHeaders ?? {});
  const valuesOf = (name: string) => valuesByName.get(name.toLowerCase()) ?? [];
  const violations = new Map<HeaderName, Violation>();
  for (const [name, check] of checks) {
    const violation = check(valuesOf(name));
    if (violation !== undefined) violations.set(name, violation);
  }
  const style: ResponseStyle = {
    language: languageOf(onlyOne(valuesOf('X-System-Language'))),
    timeZone: violations.has('Time-Zone') ? undefined : onlyOne(valuesOf('Time-Zone')),
  };
  const areKeysReadable = !violations.has('X-Idempotency-Key') && !violations.has('Idempotency-Key');
  const [idempotencyKey, secondKey] = areKeysReadable ? readIdempotencyKeys(valuesOf) : [];
  if (secondKey !== undefined && secondKey.value !== idempotencyKey?.value) {
    violations.set(secondKey.header, { reason: 'HEADERS_DIFFER', at: { header: secondKey.header } });
  }
  if (violations.size > 0) return { ok: false, violations: [...violations.values()], style };
  // Without a violation, each of these headers was sent exactly once: the empty string is only for the compiler.
  const value = (name: HeaderName) => onlyOne(valuesOf(name)) ?? '';
  return {
    ok: true,
    headers: {
      ...style,
      contentType: value('Content-Type'),
      accessKey: value('X-Access-Key'),
      signature: value('X-EBP-Signature'),
      divisionCode: value('X-Division-Code'),
      storeId: value('X-Store-Id'),
      channelCode: value('X-Channel-Code'),
      currencyCode: value('X-Currency-Code'),
      idempotencyKey,
      ifMatch: onlyOne(valuesOf('If-Match')),
      contentEncodings: valuesOf('Content-Encoding'),
    },
  };
}

/** The keys of both headers. A pair of quotes around Idempotency-Key is not part of it (contract, section 1). */
function readIdempotencyKeys(valuesOf: (name: HeaderName) => readonly string[]): readonly IdempotencyKey[] {
  return (['X-Idempotency-Key', 'Idempotency-Key'] as const).flatMap((header) =>
    valuesOf(header).map((sent) => ({
      header,
      value: header === 'Idempotency-Key' ? sent.replace(/^"(.*)"$/, '$1') : sent,
    })),
  );
}

/** Header names are case-insensitive: the values of all spellings of a name belong together. */
function lowerCaseNames(multiValueHeaders: MultiValueHeaders): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  for (const [name, values = []] of Object.entries(multiValueHeaders)) {
    const key = name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), ...values]);
  }
  return headers;
}

/** Undefined if a header is absent or sent more than once. */
function onlyOne(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}

type Check = (values: readonly string[]) => Violation | undefined;

const checks = (Object.entries(headerRules) as Array<[HeaderName, HeaderRule]>).map(
  ([name, rule]) => [name, checkOf(name, rule)] as const,
);

function checkOf(header: HeaderName, { isRequired, pattern = '', isAccepted, accepted }: HeaderRule): Check {
  const expression = new RegExp(pattern);
  const isWellFormed = isAccepted ?? ((value: string) => expression.test(value));
  const at = { header };
  return ([value, ...others]) => {
    if (others.length > 0) return { reason: 'HEADER_REPEATED', at };
    // A required header without a value counts as missing; an optional one without a value is malformed.
    const isMissing = value === undefined || (value === '' && isRequired);
    if (isMissing) return isRequired ? { reason: 'HEADER_MISSING', at, shown: accepted } : undefined;
    return isWellFormed(value) ? undefined : { reason: 'HEADER_MALFORMED', at, shown: accepted };
  };
}
