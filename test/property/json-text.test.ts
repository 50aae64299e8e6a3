import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { findLossyValues, isSurelyLossless } from '../../lambda/contract/find-lossy-values.ts';
import { acceptedByCancelField } from '../../lambda/cancel/cancel-request.ts';

/** A number that JSON writes with at most 15 significant digits. */
const shortNumber = fc.oneof(
  fc.integer(),
  fc
    .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: -30, max: 30 }))
    .map(([digits, power]) => Number(`${digits}e${power}`)),
  fc.maxSafeInteger(),
);

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(shortNumber, fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
  ),
}));

const known = { names: new Set(Object.keys(acceptedByCancelField)), depth: 3 };

test('what JSON writes of exact numbers loses nothing', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom(undefined, 2), (value, indent) => {
      expect(findLossyValues(JSON.stringify(value, undefined, indent), known)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

/** As the reviver of the parser counts them. */
function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, member) => sum + membersOf(member), own);
}

test('no text of which parsing loses something passes for one that was parsed whole', () => {
  const member = fc.tuple(
    fc.constantFrom('a', 'b', 'a":', '\\', ''),
    fc.oneof(anyValue, fc.constantFrom('":', '"a":', '\\":')),
  );
  const odd = fc.constantFrom('1e400', '1.0000000000000001', '12345678901234567', '0.00000000000000000001', '2000.0');
  fc.assert(
    fc.property(fc.array(member, { maxLength: 5 }), odd, fc.constantFrom('', ' ', '\n\t'), (members, number, space) => {
      const written = members.map(([key, value]) => `${JSON.stringify(key)}${space}:${space}${JSON.stringify(value)}`);
      const text = `{${[...written, `"n":${space}${number}`].join(`${space},`)}}`;
      const everyName = {
        names: new Set([...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([name]) => JSON.parse(name) as string)),
        depth: 99,
      };
      const isLossy = findLossyValues(text, everyName).length > 0;
      expect(isLossy && isSurelyLossless(text, membersOf(JSON.parse(text)))).toBe(false);
    }),
    { numRuns: 500 },
  );
});

const name = fc.constantFrom(...Object.keys(acceptedByCancelField));
const pointer = (...keys: ReadonlyArray<string | number>) =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

test('a name that stands twice is found at its place, however deep a field may be', () => {
  fc.assert(
    fc.property(name, name, fc.nat({ max: 3 }), anyValue, anyValue, (outer, inner, index, first, second) => {
      const twice = `{${JSON.stringify(inner)}:${JSON.stringify(first)},${JSON.stringify(inner)}:${JSON.stringify(second)}}`;
      const list = [...Array<string>(index).fill('{}'), twice].join();
      const text = `{${JSON.stringify(outer)}:[${list}]}`;
      expect(findLossyValues(text, known)).toEqual([
        { reason: 'FIELD_REPEATED', at: { field: pointer(outer, index, inner) } },
      ]);
    }),
    { numRuns: 300 },
  );
});

test('a number that reads back as another one is found at its place', () => {
  const digits = fc.stringMatching(/^[1-9]\d{16,30}$/);
  fc.assert(
    fc.property(name, digits, fc.nat({ max: 10 }), (field, text, decimals) => {
      const number = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
      const significant = number.replace('.', '').replace(/0+$/, '');
      fc.pre(significant.length > 16);
      const found = findLossyValues(`{${JSON.stringify(field)}:${number}}`, known);
      expect(found).toEqual([{ reason: 'TOO_MANY_DIGITS', at: { field: pointer(field) } }]);
    }),
  );
});

test('however deep a body is, and however long its names, what is listed of it stays small', () => {
  const deep = fc.tuple(fc.string({ minLength: 1 }), fc.nat({ max: 2000 }), fc.nat({ max: 2000 }));
  fc.assert(
    fc.property(deep, fc.constantFrom('items', 'amount', 'x'.repeat(1000)), ([outer, depth, repeats], inner) => {
      const twice = Array<string>(repeats)
        .fill(`${JSON.stringify(inner)}:1.00000000000000000001`)
        .join();
      const text = `${`{${JSON.stringify(outer)}:`.repeat(depth)}{${twice}}${'}'.repeat(depth)}`;
      const violations = findLossyValues(text, known);
      expect(violations.length).toBeLessThanOrEqual(1000);
      expect(JSON.stringify(violations).length).toBeLessThan(100_000);
    }),
    { numRuns: 50 },
  );
});
