import { maxSignificantDigits } from '../domain/money.ts';
import { pointerSegment } from './json-pointer.ts';
import { maxListedErrors } from './limits.ts';
import type { Violation } from './violations.ts';

/**
 * Whether parsing has surely lost nothing of a JSON text: a quick check, which is false in case of doubt. Of a name
 * that stands twice in an object, JSON.parse keeps only the last value, and of a number only what a double can hold.
 * @param memberCount number of members of all objects in the parsed document
 */
export function isSurelyLossless(text: string, memberCount: number): boolean {
  // Each name in the text ends in a quote before a colon. Strings may contain such a quote too, so this count is an
  // upper limit: if as many members were parsed, no name was lost.
  const maxNames = text.match(/"\s*:/g)?.length ?? 0;
  return maxNames === memberCount && !numberThatMayBeInexact.test(text);
}

/** A number of 16 characters or more, or with an exponent, which may be inexact; or text that looks like one. */
const numberThatMayBeInexact = /(?:^|[:[,])\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * The names that a document may have, and how deep they may be. Only these places are reported, so pointers stay short.
 */
export interface KnownFields {
  readonly names: ReadonlySet<string>;
  /** Number of segments of the longest pointer. */
  readonly depth: number;
}

/** The first of findLossyValues: where it is, as a JSON Pointer, and a sentence that goes on from there. */
export function firstLossyValue(
  text: string,
  known: KnownFields,
): { readonly field: string; readonly problem: string } | undefined {
  const [lossy] = findLossyValues(text, known);
  if (lossy === undefined || !('field' in lossy.at)) return undefined;
  const isTooLong = lossy.reason === 'TOO_MANY_DIGITS';
  const problem = isTooLong ? `has more than ${maxSignificantDigits} significant digits` : 'stands twice';
  return { field: lossy.at.field, problem };
}

/**
 * The places where parsing loses something of a JSON text. Neither a repeated name nor an inexact number may decide how
 * much is canceled, so both are refused.
 * @param text a text that JSON.parse accepts
 * @param known where to look: whatever is elsewhere is refused as an unknown field
 * @returns at most maxListedErrors violations
 */
export function findLossyValues(text: string, known: KnownFields): Violation[] {
  const violations: Violation[] = [];
  const open: Frame[] = [];
  const add = (reason: Violation['reason']) => {
    const isKnown = ({ key }: Frame) => typeof key === 'number' || known.names.has(key);
    if (open.length > known.depth || violations.length === maxListedErrors || !open.every(isKnown)) return;
    violations.push({ reason, at: { field: open.map((frame) => `/${pointerSegment(frame.key)}`).join('') } });
  };
  for (const token of text.match(tokens) ?? []) {
    const frame = open.at(-1);
    if (token === '{') open.push({ names: new Set(), key: '', expectsName: true });
    else if (token === '[') open.push({ names: undefined, key: 0, expectsName: false });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && frame) step(frame);
    else if (token.startsWith('"') && frame?.expectsName) {
      frame.key = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
      frame.expectsName = false;
      if (frame.names?.has(frame.key)) add('FIELD_REPEATED');
      frame.names?.add(frame.key);
    } else if (token[0] !== '"' && !isExact(token)) add('TOO_MANY_DIGITS');
  }
  return violations;
}

/** An object or array that is open at a token. */
interface Frame {
  /** The names of an object so far; undefined for an array. */
  readonly names: Set<string> | undefined;
  /** The current name or index. */
  key: string | number;
  expectsName: boolean;
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|-?\d[\d.eE+-]*/g;

function step(frame: Frame): void {
  if (typeof frame.key === 'number') frame.key += 1;
  else frame.expectsName = true;
}

/**
 * A decimal of at most 15 significant digits is exact in a double, unless it is too close to 0 (1e-400 becomes 0). A
 * safe integer is exact too.
 */
function isExact(number: string): boolean {
  if (number.length <= maxSignificantDigits && !/e/i.test(number)) return true;
  const [mantissa = ''] = number.split(/[eE]/, 1);
  const digits = countSignificantDigits(mantissa);
  const isTooSmall = digits > 0 && Math.abs(Number(number)) < smallestExactNumber;
  if (digits <= maxSignificantDigits) return !isTooSmall;
  return /^-?\d+$/.test(number) && Number.isSafeInteger(Number(number));
}

/** The smallest double with full precision. */
const smallestExactNumber = 2 ** -1022;

/** Counts from the first to the last digit that is not 0. In one pass, because a number may be as long as the body. */
function countSignificantDigits(mantissa: string): number {
  let count = 0;
  let trailingZeros = 0;
  for (const character of mantissa) {
    if (character === '-' || character === '.') continue;
    if (character === '0') {
      if (count > 0) trailingZeros += 1;
    } else {
      count += trailingZeros + 1;
      trailingZeros = 0;
    }
  }
  return count;
}
