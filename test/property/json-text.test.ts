import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { lossyPlaces } from '../../lambda/contract/find-lossy-values.ts';
import { acceptedByField } from '../../lambda/contract/limits.ts';

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

test('what JSON writes of exact numbers loses nothing', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom(undefined, 2), (value, indent) => {
      expect(lossyPlaces(JSON.stringify(value, undefined, indent))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const name = fc.constantFrom(...Object.keys(acceptedByField));
const pointer = (...keys: ReadonlyArray<string | number>) =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

test('a name that stands twice is found at its place, however deep a field may be', () => {
  fc.assert(
    fc.property(name, name, fc.nat({ max: 3 }), anyValue, anyValue, (outer, inner, index, first, second) => {
      const twice = `{${JSON.stringify(inner)}:${JSON.stringify(first)},${JSON.stringify(inner)}:${JSON.stringify(second)}}`;
      const list = [...Array<string>(index).fill('{}'), twice].join();
      const text = `{${JSON.stringify(outer)}:[${list}]}`;
      expect(lossyPlaces(text)).toEqual([{ reason: 'FIELD_REPEATED', at: { field: pointer(outer, index, inner) } }]);
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
      const found = lossyPlaces(`{${JSON.stringify(field)}:${number}}`);
      expect(found).toEqual([{ reason: 'TOO_MANY_DIGITS', at: { field: pointer(field) } }]);
    }),
  );
});

test('whatever a body is nested in or named, what is told of it stays small', () => {
  const deep = fc.tuple(fc.string({ minLength: 1 }), fc.nat({ max: 2000 }), fc.nat({ max: 2000 }));
  fc.assert(
    fc.property(deep, fc.constantFrom('items', 'amount', 'x'.repeat(1000)), ([outer, depth, repeats], inner) => {
      const twice = Array<string>(repeats)
        .fill(`${JSON.stringify(inner)}:1.00000000000000000001`)
        .join();
      const text = `${`{${JSON.stringify(outer)}:`.repeat(depth)}{${twice}}${'}'.repeat(depth)}`;
      const told = lossyPlaces(text);
      expect(told.length).toBeLessThanOrEqual(1000);
      expect(JSON.stringify(told).length).toBeLessThan(100_000);
    }),
    { numRuns: 50 },
  );
});
