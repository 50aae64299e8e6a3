// Independent of the service on purpose, as reference.ts is: section 1 of the contract.

import { signatureOf } from '../../../tools/in-memory/requests.ts';
import { knownTimeZones } from './mutate-headers.ts';
import { type FuzzRequest, signedBytesOf } from './request.ts';
import { type ExpectedError, possible, refused, sure, type Verdict } from './verdict.ts';
import { sender } from './world.ts';

/** What the headers of a good request say. */
export interface WellFormedHeaders {
  readonly currencyCode: string;
  readonly isJson: boolean;
  /** The idempotency key, under either name. */
  readonly key: string | undefined;
  /** The names that it was sent under. */
  readonly keyNames: readonly string[];
  /** The ETag that the order must have, or an asterisk. */
  readonly ifMatch: string | undefined;
}

/** The only values that the generator makes and that are right; all others of it are malformed. */
const currencies = new Set(['KRW', 'USD', 'KWD', 'EUR']);
const code = /^[A-Za-z0-9._-]{1,64}$/;
const required: Readonly<Record<string, (value: string) => boolean>> = {
  'Content-Type': () => true,
  'X-Access-Key': (value) => /^[!-~]{1,128}$/.test(value),
  'X-EBP-Signature': (value) => /^[0-9a-f]{64}$/.test(value),
  'X-Division-Code': (value) => code.test(value),
  'X-Store-Id': (value) => code.test(value),
  'X-Channel-Code': (value) => code.test(value),
  'X-Ric-Code': (value) => ['KIC', 'AIC', 'EIC'].includes(value),
  'X-Country-Code': (value) => value === 'KR',
  'X-Currency-Code': (value) => currencies.has(value),
};
const optional: Readonly<Record<string, (value: string) => boolean>> = {
  'X-Idempotency-Key': (value) => isKey(value),
  'Idempotency-Key': (value) => isKey(unquoted(value)) && !unquoted(value).includes('"'),
  'If-Match': (value) => value === '*' || /^(?:W\/)?"[A-Za-z0-9._-]{1,64}\.[0-9]+"$/.test(value),
  'Time-Zone': (value) => knownTimeZones.includes(value),
};

/** Printable ASCII without comma. */
const isKey = (value: string) => /^[ -~]{1,128}$/.test(value) && !value.includes(',');
const unquoted = (value: string) => /^"(.*)"$/s.exec(value)?.[1] ?? value;

/** What the headers say, or the answer to wrong ones. Who sends is known by them alone: one store may. */
export function readHeaders(request: FuzzRequest): { readonly verdict: Verdict } | WellFormedHeaders {
  const valuesOf = (name: string) =>
    request.headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  const only = (name: string) => valuesOf(name)[0] ?? '';

  const wrong = wrongHeaders(valuesOf);
  const encoding = wrongEncoding(valuesOf('Content-Encoding'), wrong);
  if (encoding !== undefined) return { verdict: encoding };
  if (wrong.some(({ isSure }) => isSure)) return { verdict: refused('400 EBP-A-0001', ...wrong) };
  const isSender =
    only('X-Access-Key') === sender.accessKey &&
    only('X-EBP-Signature') === signatureOf(signedBytesOf(request), sender.hashKey) &&
    only('X-Division-Code') === sender.divisionCode &&
    only('X-Store-Id') === sender.storeId &&
    only('X-Channel-Code') === sender.channelCode;
  if (!isSender) return { verdict: refused('401 EBP-A-0001') };

  const plain = valuesOf('X-Idempotency-Key')[0];
  const standard = valuesOf('Idempotency-Key')[0];
  return {
    currencyCode: only('X-Currency-Code'),
    isJson: isJson(only('Content-Type')),
    key: plain ?? (standard === undefined ? undefined : unquoted(standard)),
    keyNames: ['X-Idempotency-Key', 'Idempotency-Key'].filter((name) => valuesOf(name).length > 0),
    ifMatch: valuesOf('If-Match')[0]?.replace(/^W\//, ''),
  };
}

function wrongHeaders(valuesOf: (name: string) => string[]): ExpectedError[] {
  const wrong: ExpectedError[] = [];
  for (const [name, isGood] of Object.entries({ ...required, ...optional })) {
    const values = valuesOf(name);
    const [value = ''] = values;
    if (values.length > 1) wrong.push(sure(name, 'HEADER_REPEATED', 'HEADER_MALFORMED'));
    else if (value === '' && name in required) wrong.push(sure(name, 'HEADER_MISSING'));
    else if (values.length === 1 && !isGood(value)) wrong.push(sure(name, 'HEADER_MALFORMED'));
  }
  const [plain, ...plainAgain] = valuesOf('X-Idempotency-Key');
  const [standard, ...standardAgain] = valuesOf('Idempotency-Key');
  if (plain === undefined || standard === undefined || plain === unquoted(standard)) return wrong;
  // Whether they are equal can be asked of two good values alone.
  const areGood =
    plainAgain.length + standardAgain.length === 0 && !wrong.some(({ place }) => place.endsWith('Idempotency-Key'));
  return [...wrong, (areGood ? sure : possible)('Idempotency-Key', 'HEADERS_DIFFER')];
}

/** Another coding than none, which is reported after the form of the other headers and before the signature. */
function wrongEncoding(values: readonly string[], wrong: readonly ExpectedError[]): Verdict | undefined {
  const isNone = values.length === 0 || (values.length === 1 && values[0] === 'identity');
  if (isNone) return undefined;
  if (wrong.some(({ isSure }) => isSure)) {
    const more = possible('Content-Encoding', 'HEADER_REPEATED', 'HEADER_MALFORMED');
    return refused('400 EBP-A-0001', ...wrong, more);
  }
  // The contract does not say what an empty or a repeated one means, but that it is refused.
  const isOpen = values.length > 1 || values[0]?.trim() === '';
  return isOpen
    ? { responses: ['415 EBP-C-0006', '400 EBP-A-0001'] }
    : refused('415 EBP-C-0006', sure('Content-Encoding', 'ENCODING_UNSUPPORTED'));
}

function isJson(contentType: string): boolean {
  const [mediaType = '', parameter = 'charset=utf-8', ...more] = contentType
    .toLowerCase()
    .split(';')
    .map((part, index) => (index === 0 ? part.trimEnd() : part.trim()));
  return mediaType === 'application/json' && parameter === 'charset=utf-8' && more.length === 0;
}
