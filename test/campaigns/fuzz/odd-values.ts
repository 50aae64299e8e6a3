import type { Random } from '../../support/random.ts';

/** A value as JSON text, or as something that a parser might take for it. */
export function oddValue(random: Random): string {
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return random.pick(oddNumbers);
    case 3:
    case 4:
      return random.pick(oddStrings);
    case 5:
      return nested(random);
    default:
      return random.pick(oddOthers);
  }
}

const oddNumbers = [
  ...`0 -0 0.0 -0.0e0 1 -1 0.1 2.5 1e0 1E+2 10e-1 100e-2 1e-1 3000.5 1000000 1000001 999999999999999 1000000000000000
    999999999999999.9 99999999999999.99 9007199254740991 9007199254740992 9007199254740993 -9007199254740991
    -9007199254740993 1e400 -1e400 1e308 1e-400 5e-324 2e-308 2.2250738585072014e-308 1e-7 1e21 1e15
    0.30000000000000004 123456789012345678901234567890 3000.000000000000000000 3000.000000000000000001 1e99999999999
    01 +1 .5 1. 1e 1e+ --1 0x10 1_000 1n NaN Infinity -Infinity １`.split(/\s+/),
  '1'.repeat(400),
  `0.${'0'.repeat(400)}1`,
  `1${'0'.repeat(300)}e-300`,
  `1e${'0'.repeat(50)}1`,
];

const oddStrings = [
  '""',
  '" "',
  '"0"',
  '"1"',
  '"1.0"',
  '"3000"',
  '"1e3"',
  '"true"',
  '"null"',
  '"NaN"',
  '"[object Object]"',
  `"${'A'.repeat(64)}"`,
  `"${'A'.repeat(65)}"`,
  `"${'9'.repeat(34)}"`,
  `"${'9'.repeat(35)}"`,
  `"${'가'.repeat(20)}"`,
  `"${'가'.repeat(100)}"`,
  `"${'😀'.repeat(100)}"`,
  `"${'😀'.repeat(101)}"`,
  '"\\u0000"',
  '"\\u001f"',
  '"\\u007f"',
  '"\\u0085"',
  '"\\u2028"',
  '"\\ufeff"',
  '"\\ud800"',
  '"\\udc00a"',
  '"\\ud83d\\ude00"',
  '"\\ude00\\ud83d"',
  '"\ud800"',
  '"\u2028"',
  '"\ufeff"',
  '"e\u0301"',
  '"\u202e"',
  '"\\u00zz"',
  '"\n"',
  '"\u0000"',
  '"\t"',
  '"\\x41"',
  '"\\',
  '"',
  "'a'",
  '"a\\u0000b"',
  '"A/B"',
  '"../../x"',
  '"A\\nB"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"PHYSICAL "',
  '"physical"',
  '"\\u0050HYSICAL"',
  '"DELIVERY"',
  '"CAPTURED"',
  '"STRANGE"',
  '"captured"',
  '"CAPTURED\\u0000"',
  '"OTHER-STORE/STRANGE"',
  '"K#a"',
  '"D#a"',
  '"${jndi:ldap://x}"',
  '"<script>"',
  '"\'; DROP TABLE orders; --"',
  '"%s%n"',
  '"{{7*7}}"',
];

const oddOthers = [
  'null',
  'true',
  'false',
  'undefined',
  '[]',
  '{}',
  '[[]]',
  '[{}]',
  '[null]',
  '',
  ',',
  '{,}',
  '[,]',
  '[1,]',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"__proto__":null}',
  '{"length":1,"0":{}}',
  '{"toString":1}',
  '{"valueOf":1,"toJSON":1}',
  '{"then":1}',
  '{"a":1,"a":2}',
  '/**/1',
  '1//',
];

export const oddNames = [
  '"__proto__"',
  '"constructor"',
  '"prototype"',
  '"toString"',
  '"hasOwnProperty"',
  '"toJSON"',
  '"then"',
  '"length"',
  '"orderno"',
  '"orderNo "',
  '"orderNo\\u0000"',
  '"\\u006frderNo"',
  '"order\\u004eo"',
  '"taxamount"',
  '"\\u0061mount"',
  '"seq"',
  '"amount"',
  '"items"',
  '"refundAccount"',
  '"accountNumber"',
  '"quantity"',
  '"totalCancelAmount"',
  '""',
  '"/"',
  '"~"',
  '"a/b~c"',
  '"~0~1"',
  '"0"',
  '"-1"',
  '"\\ud800"',
  '"\ufeff"',
  '"가"',
  '"😀"',
  '"\\n"',
  "'a'",
  '1',
  'a',
  'null',
  `"${'n'.repeat(64)}"`,
  `"${'n'.repeat(65)}"`,
  `"${'~'.repeat(5000)}"`,
  '"__proto_\\u005f"',
];

/** Rarely so deep that a recursion would end in an overflow. */
function nested(random: Random): string {
  const depth = random.chance(2) ? 30_000 : random.pick([2, 3, 10, 100, 1000]);
  const inside = random.pick(['', '1', '"a"', '{"__proto__":1}']);
  if (random.chance(60)) return `${'['.repeat(depth)}${inside}${']'.repeat(depth - Number(random.chance(10)))}`;
  const opening = random.pick(['{"a":', '{"__proto__":', '[{"items":', '{"constructor":']);
  const count = Math.min(depth, 3000);
  return `${opening.repeat(count)}1${(opening.startsWith('[') ? '}]' : '}').repeat(count)}`;
}
