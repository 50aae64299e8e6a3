import { maxBodyBytes } from '../../../lambda/contract/limits.ts';
import type { Random } from '../../support/random.ts';

/** Bytes with one to four things done to them that know nothing of JSON. */
export function mutatedBytes(bytes: Buffer, random: Random, another: () => Buffer): Buffer {
  let mutated = bytes;
  for (let count = 1 + random.below(4); count > 0; count -= 1)
    mutated = random.pick(mutations)(mutated, random, another);
  // Sizes around the limit come from padding; what splicing makes of it stays small.
  return mutated.subarray(0, maxBodyBytes + 1);
}

type Mutation = (bytes: Buffer, random: Random, another: () => Buffer) => Buffer;

const mutations: readonly Mutation[] = [
  (bytes, random) => withByte(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => withByte(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => withByte(bytes, random, () => random.below(256)),
  (bytes, random) => withByte(bytes, random, () => random.pick(structural).charCodeAt(0)),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random.below(bytes.length + 1)),
  (bytes, random) => replaced(bytes, random, Buffer.alloc(0)),
  (bytes, random) => replaced(bytes, random, part(bytes, random)),
  (bytes, random) => inserted(bytes, random, part(bytes, random)),
  (bytes, random) => inserted(bytes, random, random.bytes(1 + random.below(8))),
  (bytes, random) => inserted(bytes, random, random.pick(brokenUtf8)),
  (bytes, random) => inserted(bytes, random, Buffer.from(random.pick(structural))),
  (bytes, random, another) => replaced(bytes, random, part(another(), random)),
  (bytes, random, another) =>
    Buffer.concat([bytes.subarray(0, random.below(bytes.length + 1)), part(another(), random)]),
  (bytes, random) => Buffer.concat([random.pick(heads), bytes]),
  (bytes, random) => Buffer.concat([bytes, random.pick(tails)]),
  (bytes, random) => (random.chance(5) ? padded(bytes, maxBodyBytes - 1 + random.below(3)) : bytes),
  (bytes, random) => (random.chance(20) ? random.bytes(random.below(200)) : bytes),
  (bytes, random) => (random.chance(20) ? Buffer.from(bytes.toString('utf8'), 'utf16le') : bytes),
  (bytes, random) => (random.chance(10) ? Buffer.alloc(0) : bytes),
];

const structural = ['{', '}', '[', ']', ',', ':', '"', '\\', '0', '9', '-', '.', 'e', ' ', '\n', '\u0000'];
const brokenUtf8 = ['ff', 'c0af', 'eda080', 'f4908080', 'e282', '80', 'fffe', 'f09f98'].map((hex) =>
  Buffer.from(hex, 'hex'),
);
const heads = ['\ufeff', ' ', '\u0000', ")]}',\n", '//\n'].map((text) => Buffer.from(text));
const tails = ['\n', ' ', '\u0000', '}', ']', ',', '{}', '\u001a', '\ufeff'].map((text) => Buffer.from(text));

function withByte(bytes: Buffer, random: Random, change: (byte: number) => number): Buffer {
  if (bytes.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  const at = random.below(copy.length);
  copy[at] = change(copy[at] ?? 0);
  return copy;
}

function part(bytes: Buffer, random: Random): Buffer {
  const start = random.below(bytes.length + 1);
  return bytes.subarray(start, start + random.below(Math.min(64, bytes.length) + 1));
}

function inserted(bytes: Buffer, random: Random, more: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}

function replaced(bytes: Buffer, random: Random, by: Buffer): Buffer {
  const start = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(start + random.below(32))]);
}

function padded(bytes: Buffer, length: number): Buffer {
  return bytes.length >= length ? bytes : Buffer.concat([bytes, Buffer.alloc(length - bytes.length, ' ')]);
}
