import type { Random } from '../../support/random.ts';
import type { Header } from './request.ts';
import { stranger } from './world.ts';

export const knownTimeZones = [
  'UTC',
  'Asia/Seoul',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'Europe/London',
];

/** One to three things done to the headers. Some leave them as good as they were, such as another case of a name. */
export function mutateHeaders(headers: readonly Header[], random: Random): Header[] {
  let mutated = [...headers];
  for (let count = 1 + random.below(3); count > 0; count -= 1) mutated = mutateOne(mutated, random);
  return mutated;
}

function mutateOne(headers: Header[], random: Random): Header[] {
  const index = random.below(headers.length);
  const [name, value] = headers[index] ?? ['', ''];
  const put = (...changed: Header[]) => headers.toSpliced(index, 1, ...changed);
  switch (random.below(10)) {
    case 0:
      return put();
    case 1:
      return put([name, value], [name, value]);
    case 2:
      return put([name, value], [name.toLowerCase(), random.pick(oddHeaderValues)]);
    case 3:
      return put([random.pick([name.toLowerCase(), name.toUpperCase()]), value]);
    case 4:
      return put([
        name,
        random.pick([` ${value}`, `${value} `, `${value}\n`, `\t${value}`, `"${value}"`, `${value},`]),
      ]);
    case 5:
      return put([`${name}${random.pick([' ', '\u0000', '_', '\u212a'])}`, value]);
    case 6:
      return [...headers, [random.pick(oddHeaderNames), random.pick(oddHeaderValues)]];
    case 7:
      return put([name, Object.values(stranger)[random.below(5)] ?? '']);
    case 8:
      return headers.map(
        ([other, kept]): Header => (other === 'Content-Type' ? [other, mediaType(random)] : [other, kept]),
      );
    default:
      return put([name, random.pick(oddHeaderValues)]);
  }
}

function mediaType(random: Random): string {
  const good = ['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset=UTF-8'];
  const bad = [
    'text/plain',
    'application/json; charset=euc-kr',
    'application/jsonp',
    'application/json, text/html',
    '*/*',
  ];
  return random.pick([...good, ...bad]);
}

const oddHeaderNames = [
  'X-Idempotency-Key',
  'Idempotency-Key',
  'If-Match',
  'Time-Zone',
  'X-System-Language',
  'Content-Encoding',
  'Transfer-Encoding',
  'X-Forwarded-For',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'x-access-key',
  'X-EBP-SIGNATURE',
  'Content-type',
];

/** None of them is a value that any header of the contract accepts, but for an idempotency key and If-Match. */
const oddHeaderValues = [
  '',
  ' ',
  '\u0000',
  '\r\nX-Injected: 1',
  '가나다',
  '\ud800',
  '😀',
  '__proto__',
  '+09:00',
  'Mars/Base',
  'ZZ',
  'XXX',
  'krw',
  'kr',
  'kic',
  '[object Object]',
  'null',
  '{"a":1}',
  '*',
  'x'.repeat(129),
  'y'.repeat(9000),
];
