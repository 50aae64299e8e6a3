import type { Order } from '../../../lambda/domain/order.ts';
import type { Random } from '../../support/random.ts';
import { knownTimeZones } from './mutate-headers.ts';
import type { Header } from './request.ts';

/** Headers that a request may have, most of them well-formed. @param order as it is now */
export function optionalHeaders(order: Pick<Order, 'orderNo' | 'version'>, random: Random): Header[] {
  const headers: Header[] = [];
  if (random.chance(40)) headers.push(...keyHeaders(random));
  if (random.chance(15)) headers.push(['If-Match', ifMatchFor(order, random)]);
  // A rare one, because formatting in a zone takes longer than all the rest of a request.
  if (random.chance(3)) headers.push(['Time-Zone', random.pick(knownTimeZones)]);
  if (random.chance(30)) headers.push(['X-System-Language', random.pick(['ko', 'en', 'KO', '', 'ko-KR'])]);
  if (random.chance(10)) headers.push(['Accept-Language', random.pick(['ko', '*', 'x'.repeat(1000)])]);
  return headers;
}

/** The idempotency key under one of its names, or under both. */
export function keyHeaders(random: Random): Header[] {
  const key = random.pick(keys);
  const standard = random.chance(40) ? `"${key}"` : key;
  const plain = random.chance(95) ? key : random.pick(badKeys);
  switch (random.below(5)) {
    case 0:
    case 1:
      return [['X-Idempotency-Key', plain]];
    case 2:
    case 3:
      return [['Idempotency-Key', random.chance(93) ? standard : random.pick([...badKeys, ...badlyQuoted])]];
    default:
      return [
        ['X-Idempotency-Key', plain],
        ['Idempotency-Key', random.chance(80) ? standard : random.pick(keys)],
      ];
  }
}

const keys = ['a', 'b', 'key-1', 'key 1', '~'.repeat(128)];
const badKeys = ['', 'a, a', 'a,', 'x'.repeat(129), 'caf\u00e9', 'a\tb'];
const badlyQuoted = ['"', '""', '"a', 'a"', 'a"b', '"a"b"', '""a""', `"${'x'.repeat(129)}"`, '"a", "a"'];

/** What names the state of an order as it is, another one, or none. */
export function ifMatchFor({ orderNo, version }: Pick<Order, 'orderNo' | 'version'>, random: Random): string {
  const etag = `"${orderNo}.${version}"`;
  switch (random.below(10)) {
    case 0:
      return '*';
    case 1:
      return `W/${etag}`;
    case 2:
      return `"${orderNo}.${version > 1 && random.chance(50) ? version - 1 : version + 1}"`;
    case 3:
      return random.chance(50) ? `"OTHER.${version}"` : `W/"${orderNo}.${version + 1}"`;
    case 4:
      return random.pick([
        '',
        '""',
        '"*"',
        'W/*',
        etag.slice(1, -1),
        etag.slice(0, -1),
        `${etag}, "B.1"`,
        `w/${etag}`,
        `W/ ${etag}`,
        `"${orderNo}"`,
        `"${orderNo}.x"`,
        `"${orderNo}.-1"`,
        `"${'A'.repeat(65)}.1"`,
        `"가.${version}"`,
        `"${version}"`,
      ]);
    default:
      return etag;
  }
}

/** Apart from the other headers, because it is not mutated: what space around it means is nobody's promise. */
export function encodingHeaders(random: Random): Header[] {
  if (random.chance(97)) return [];
  const odd = ['gzip', 'br', 'deflate', 'zstd', 'gzip, identity', 'x-gzip', 'utf-8', '*', 'identity;q=1'];
  return [['Content-Encoding', random.chance(50) ? 'identity' : random.pick(odd)]];
}
