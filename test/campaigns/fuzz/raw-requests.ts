import { mutatedBytes } from './mutate-bytes.ts';
import type { Random } from '../../support/random.ts';
import type { Header } from './request.ts';

/** A request as bytes of HTTP/1.1, its head broken in one way or another. */
export function rawRequest(path: string, headers: readonly Header[], body: Buffer, random: Random): Buffer {
  const lines = ['Host: localhost', 'Connection: close', ...headers.map(([name, value]) => `${name}: ${value}`)];
  const parts: Parts = { start: `POST ${path} HTTP/1.1`, lines, length: `Content-Length: ${body.length}`, body };
  const broken = random.pick(breakages)(parts, random);
  const head = Buffer.from([broken.start, ...broken.lines, broken.length, '', ''].join('\r\n'));
  const bytes = Buffer.concat([head, broken.body]);
  if (random.chance(60)) return bytes;
  const cut = random.below(head.length + 1);
  const mutated = mutatedBytes(head.subarray(0, cut), random, () => head);
  return Buffer.concat([mutated, bytes.subarray(cut)]);
}

interface Parts {
  readonly start: string;
  readonly lines: readonly string[];
  /** What says where the body ends. */
  readonly length: string;
  readonly body: Buffer;
}

const starts = [
  'GET / HTTP/1.1',
  'post /api/v2/payment/cancel HTTP/1.1',
  'POST * HTTP/1.1',
  'POST  HTTP/1.1',
  'POST /%00 HTTP/1.1',
  'POST http://other.example/api/v2/payment/cancel HTTP/1.1',
  'CONNECT localhost:80 HTTP/1.1',
  'POST // HTTP/1.1',
  'POST /api/v2/payment/../payment/cancel HTTP/1.1',
  'POST /api/v2/payment/cancel?a=b#c HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'POST /api/v2/payment/cancel HTTP/0.9',
  'POST /api/v2/payment/cancel HTTP/1.0',
  'POST /api/v2/payment/cancel HTTP/2.0',
  'POST /api/v2/payment/cancel',
  'PRI * HTTP/2.0',
  '\u0016\u0003\u0001\u0002\u0000\u0001',
  '',
  `POST /${'a'.repeat(20_000)} HTTP/1.1`,
];

const extraLines = [
  'No-Colon',
  ': no name',
  'Bad Name: x',
  'X-Folded: a\r\n b',
  'X-Nul: \u0000',
  'X-LF: a\nX-B: c',
  'Expect: 100-continue',
  'Expect: the impossible',
  'Upgrade: websocket',
  'Connection: upgrade',
  'Transfer-Encoding: chunked',
  'Host: other',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: identity',
  'Content-Length: 0',
  'Content-Encoding: gzip',
  'Trailer: X-Access-Key',
  `X-Long: ${'x'.repeat(20_000)}`,
  `${'n'.repeat(20_000)}: x`,
  'TE: trailers',
  'Range: bytes=0-1',
];

const lengths = [
  '',
  'Content-Length: -1',
  'Content-Length: abc',
  'Content-Length: 1e3',
  `Content-Length: ${'9'.repeat(30)}`,
];

const breakages: ReadonlyArray<(parts: Parts, random: Random) => Parts> = [
  (parts) => parts,
  (parts, random) => ({ ...parts, start: random.pick(starts) }),
  (parts, random) => ({ ...parts, lines: [...parts.lines, random.pick(extraLines)] }),
  (parts, random) => ({ ...parts, lines: [random.pick(extraLines), random.pick(extraLines), ...parts.lines] }),
  (parts) => ({ ...parts, lines: Array.from({ length: 3000 }, (_value, index) => `X-${index}: x`) }),
  (parts) => ({ ...parts, lines: parts.lines.filter((line) => !line.startsWith('Host')) }),
  (parts, random) => ({ ...parts, length: random.pick(lengths) }),
  (parts, random) => ({ ...parts, length: `Content-Length: ${random.below(2 * parts.body.length + 2)}` }),
  (parts) => ({ ...parts, length: `${parts.length}\r\nContent-Length: ${parts.body.length + 1}` }),
  (parts, random) => ({ ...parts, length: 'Transfer-Encoding: chunked', body: chunked(parts.body, random) }),
  (parts) => ({ ...parts, length: `${parts.length}\r\nTransfer-Encoding: chunked` }),
  // A second request behind the first one.
  (parts) => ({ ...parts, body: Buffer.concat([parts.body, Buffer.from(`${parts.start}\r\nHost: b\r\n\r\n`)]) }),
];

/** Chunks whose sizes are mostly right. */
function chunked(body: Buffer, random: Random): Buffer {
  const size = random.pick([
    body.length.toString(16),
    'zz',
    '-1',
    'ffffffffffffffff',
    '0',
    `${body.length.toString(16)};a=b`,
  ]);
  return Buffer.concat([Buffer.from(`${size}\r\n`), body, Buffer.from(random.pick(['\r\n0\r\n\r\n', '0\r\n', '']))]);
}
