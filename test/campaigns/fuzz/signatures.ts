import { createHash, createHmac } from 'node:crypto';
import { signatureOf } from '../../../tools/in-memory/requests.ts';
import type { Random } from '../../support/random.ts';
import { sender, stranger } from './world.ts';

/**
 * The values of an X-EBP-Signature header for a body, none of them the one right value alone: the right one damaged, or
 * what a mistaken or a hostile client would compute.
 */
export function wrongSignatures(body: Buffer, random: Random): string[] {
  const right = signatureOf(body, sender.hashKey);
  for (let tries = 0; tries < 10; tries += 1) {
    const values = random.pick(forgeries)(right, body, random);
    if (values.length !== 1 || values[0] !== right) return values;
  }
  return [];
}

type Forgery = (right: string, body: Buffer, random: Random) => string[];

const sha256 = (...parts: ReadonlyArray<string | Buffer>) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash;
};
const signed = (body: string | Buffer, key: string) => [signatureOf(body, key)];
const digits = Array.from('0123456789abcdef');

const damages: readonly Forgery[] = [
  (right, _body, random) => [withBitFlipped(right, random)],
  (right, _body, random) => [withBitFlipped(right, random)],
  (right, _body, random) => [changed(right, random, () => random.pick(digits))],
  (right, _body, random) => [changed(right, random, (digit) => digit.toUpperCase())],
  (right, _body, random) => [changed(right, random, () => random.pick(lookalikes))],
  (right, _body, random) => [changed(right, random, () => '')],
  (right, _body, random) => [changed(right, random, (digit) => digit + digit)],
  (right) => [right.toUpperCase()],
  (right, _body, random) => [right.slice(0, random.below(64))],
  (right, _body, random) => [right.slice(1 + random.below(63))],
  (right, _body, random) => [right + random.pick(digits)],
  (right, _body, random) => [random.pick(affixes) + right],
  (right, _body, random) => [right + random.pick(affixes)],
  (right) => [Array.from(right).toReversed().join('')],
  (right) => [Buffer.from(Buffer.from(right, 'hex').toReversed()).toString('hex')],
  (right) => [right.slice(32) + right.slice(0, 32)],
  (right) => [right + right],
  (right) => [right, right],
  (right, _body, random) => [right, random.bytes(32).toString('hex')],
  (right, _body, random) => [random.bytes(32).toString('hex'), right],
  (right) => [`${right}, ${right}`],
  (right) => [Buffer.from(right, 'hex').toString('base64')],
  (right) => [Buffer.from(right, 'hex').toString('base64url')],
  (right) => [Buffer.from(right, 'hex').toString('latin1')],
];

const computed: readonly Forgery[] = [
  () => [],
  () => [''],
  (_right, _body, random) => [random.bytes(32).toString('hex')],
  (_right, _body, random) => [random.pick(digits).repeat(64)],
  (_right, body) => signed(body, stranger.hashKey),
  (_right, body) => signed(body, ''),
  (_right, body) => signed(body, sender.accessKey),
  // What an unknown access key is checked against.
  (_right, body) => signed(body, '0'.repeat(64)),
  (_right, body) => signed(body, sender.hashKey.toUpperCase()),
  (_right, body) => signed(body, sender.hashKey.slice(0, -1)),
  (_right, body) => signed(body, `${sender.hashKey}\n`),
  (_right, body) => signed(body, ` ${sender.hashKey}`),
  (_right, body, random) =>
    signed(Buffer.concat([body, Buffer.from(random.pick(['\n', ' ', '\u0000', '\r\n']))]), sender.hashKey),
  (_right, body) => signed(Buffer.concat([Buffer.from('\ufeff'), body]), sender.hashKey),
  (_right, body, random) => signed(body.subarray(0, random.below(body.length)), sender.hashKey),
  (_right, body) => signed(body.toString('base64'), sender.hashKey),
  (_right, body) => signed(body.toString('hex'), sender.hashKey),
  (_right, body) => signed(JSON.stringify(JSON.parse(body.toString('utf8'))) + ' ', sender.hashKey),
  (_right, _body) => signed('', sender.hashKey),
  (_right, _body) => signed('{}', sender.hashKey),
  (_right, body) => [sha256(sender.hashKey, body).digest('hex')],
  (_right, body) => [sha256(body, '.', sender.hashKey).digest('hex')],
  (_right, body) => [sha256(body, Buffer.from(sender.hashKey, 'hex')).digest('hex')],
  () => [sha256(sender.hashKey).digest('hex')],
  (right) => [sha256(right).digest('hex')],
  (right) => [sha256(Buffer.from(right, 'hex')).digest('hex')],
  (_right, body) => [createHmac('sha256', sender.hashKey).update(body).digest('hex')],
  (_right, body, random) => [
    createHash(random.pick(['md5', 'sha1', 'sha512', 'sha224', 'sha3-256']))
      .update(body)
      .update(sender.hashKey)
      .digest('hex'),
  ],
];

const forgeries = [...damages, ...computed];

const affixes = [
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\u00a0',
  '\ufeff',
  '\u0000',
  '0x',
  'sha256=',
  'SHA256:',
  '"',
  "'",
  ',',
  ';',
  '0',
];

/** Not digits to a check of ASCII, and digits or letters to others: full width, Arabic, mathematical, Cyrillic. */
const lookalikes = [
  '０',
  '９',
  'ａ',
  'ｆ',
  '٠',
  '٩',
  '𝟎',
  'а',
  'с',
  'е',
  'ﬀ',
  'º',
  '²',
  'g',
  'G',
  '-',
  '+',
  '.',
  '\u0000',
  'é',
];

function withBitFlipped(hex: string, random: Random): string {
  const bytes = Buffer.from(hex, 'hex');
  const bit = random.below(256);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('hex');
}

function changed(text: string, random: Random, change: (character: string) => string): string {
  const at = random.below(text.length);
  return text.slice(0, at) + change(text.charAt(at)) + text.slice(at + 1);
}
