import type { Random } from '../../support/random.ts';
import { type Members, members } from './tree.ts';
import { spellings } from './world.ts';

/** A refund account as JSON: mostly one of a few, spelled in one way or another, and now and then none that can be paid. */
export function accountFor(random: Random): Members {
  const isOdd = random.chance(5);
  return members({
    accountNumber: isOdd && random.chance(50) ? random.pick(oddNumbers) : fieldOf('accountNumber', random),
    bankCode: isOdd && random.chance(30) ? random.pick(oddTexts) : fieldOf('bankCode', random),
    accountHolderName: isOdd && random.chance(30) ? random.pick(oddTexts) : fieldOf('accountHolderName', random),
  });
}

type Field = keyof typeof spellings;

function fieldOf(field: Field, random: Random): string | undefined {
  if (random.chance(2)) return undefined;
  const ways: ReadonlyArray<readonly string[]> = spellings[field];
  const text = random.pick(random.chance(80) ? (ways[0] ?? []) : random.pick(ways));
  return asJson(text, random);
}

/** Digits also as a number. */
function asJson(text: string, random: Random): string {
  return /^[1-9][0-9]*$/.test(text) && random.chance(50) ? text : JSON.stringify(text);
}

/** The same account in another spelling, or with one field of another account or without it. */
export function otherAccount(account: Readonly<Record<string, unknown>>, random: Random): Record<string, unknown> {
  const field = random.pick(Object.keys(spellings) as Field[]);
  const ways: ReadonlyArray<readonly string[]> = spellings[field];
  const own = ways.find((texts) => texts.includes(String(account[field])));
  const { [field]: _left, ...others } = account;
  if (random.chance(10)) return others;
  const text = random.pick(own !== undefined && random.chance(60) ? own : random.pick(ways));
  return { ...others, [field]: JSON.parse(asJson(text, random)) as unknown };
}

/** Of these the text says what is wrong with them: the first ones are right. */
const oddNumbers = [
  '123',
  '1e3',
  '"0-1"',
  '0.10e1',
  '9007199254740991',
  '"9007199254740993"',
  '0',
  '-0',
  '-5',
  '1.5',
  '9007199254740992',
  '12345678901234567',
  '-12345678901234567',
  '1234567890.12345678',
  '1e20',
  '1e400',
  '"-"',
  '"0"',
  '"000-00"',
  '"A-B"',
  '""',
  '" 1"',
];

const oddTexts = [
  '"1"',
  '"\uac00"',
  '"\u2460"',
  '"\u0641\u200c\u0627"',
  '"\u0915\u094d\u200d\u0937"',
  '"A\u200dB"',
  '"\u200dA"',
  '"A\u200c"',
  '"1\u200c2"',
  '"A \u200dB"',
  '" "',
  '"-"',
  '"\u3000"',
  '"\u0301"',
  '"A\\u0000"',
  '"A\\u0085"',
  '"A\\n"',
  '"A\u00ad"',
  '"A\u200bB"',
  '"A\u202eB"',
  '"A\ufeff"',
  '"A\u2028"',
  '"A\u2029B"',
  '"A\\ud800"',
];
