import { maxSignificantDigits } from '../domain/money.ts';
import { pointerSegment } from './json-pointer.ts';
import { maxListedErrors } from './limits.ts';
import type { Violation } from './violations.ts';

/**
 * Whether it is certain that parsing lost nothing of a JSON text. Names that stand twice in an object are lost but for
 * the last value, and of a number what a double cannot hold. Says no also where it is only not certain.
 * @param memberCount how many members the objects of the parsed document have in all
 */
export function isParsedWhole(text: string, memberCount: number): boolean {
  // A quote before a colon ends a name, or stands escaped in a string: there are at least as many as there are names.
  const mostNames = text.match(/"\s*:/g)?.length ?? 0;
  return mostNames === memberCount && !numberThatMayBeInexact.test(text);
}

/** A number of more characters than significant digits are exact, or with an exponent; or text that looks like one. */
const numberThatMayBeInexact = /(?:^|[:[,])\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

/** The names that a document may have, and how deep they lie: pointers stay short, whatever a body holds. */
export interface KnownFields {
  readonly names: ReadonlySet<string>;
  /** Segments of the longest pointer. */
  readonly depth: number;
}

/**
 * The places where parsing loses something of a JSON text. Neither a repeated name nor an inexact number may decide how
 * much is canceled, so both are refused.
 * @param text a text that JSON.parse accepts
 * @param known where to look: anything else is an unknown field, and refused as one
 * @returns at most as many as a response lists
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
  /** The names so far of an object; undefined for an array. */
  readonly names: Set<string> | undefined;
  /** The present name or index. */
  key: string | number;
  expectsName: boolean;
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|-?\d[\d.eE+-]*/g;

function step(frame: Frame): void {
  if (typeof frame.key === 'number') frame.key += 1;
  else frame.expectsName = true;
}

/**
 * Any decimal of 15 significant digits reads back the same from a double, unless it is too close to 0 for one (1e-400
 * would be read as 0), and so does a safe integer.
 */
function isExact(number: string): boolean {
  if (number.length <= maxSignificantDigits && !/e/i.test(number)) return true;
  const [mantissa = ''] = number.split(/[eE]/, 1);
  const digits = countSignificantDigits(mantissa);
  const isTooSmall = digits > 0 && Math.abs(Number(number)) < smallestExactNumber;
  if (digits <= maxSignificantDigits) return !isTooSmall;
  return /^-?\d+$/.test(number) && Number.isSafeInteger(Number(number));
}

/** The smallest double with all its digits; below it they get fewer. */
const smallestExactNumber = 2 ** -1022;

/** From the first digit that is not 0 to the last one, in one pass: the text may be as long as the body. */
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
