import { maxSignificantDigits } from '../domain/money.ts';
import { pointerSegment } from './json-pointer.ts';
import { acceptedByField, maxListedErrors } from './limits.ts';
import type { Violation } from './reasons.ts';

/**
 * What parsing silently loses of a JSON text: of a name that stands twice in an object all but the last value, and of
 * a number what a double cannot hold. Neither may decide how much is canceled, so both are refused.
 * @param text a text that JSON.parse accepts
 * @param places where to look: what is not there is an unknown field, and refused as one
 * @returns at most as many as an answer lists
 */
export function lossyPlaces(text: string, places: Places = placesOfRequest): Violation[] {
  const violations: Violation[] = [];
  const open: Frame[] = [];
  const add = (reason: Violation['reason']) => {
    const isKnown = ({ key }: Frame) => typeof key === 'number' || places.names.has(key);
    if (open.length > places.depth || violations.length === maxListedErrors || !open.every(isKnown)) return;
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

interface Frame {
  /** The names so far of an object; undefined for an array. */
  readonly names: Set<string> | undefined;
  /** The present name or index. */
  key: string | number;
  expectsName: boolean;
}

/** Names that a document may have, and how deep: pointers stay short, whatever a body holds. */
export interface Places {
  readonly names: ReadonlySet<string>;
  /** Segments of the longest pointer. */
  readonly depth: number;
}

/** As deep as /items/0/amount. */
const placesOfRequest: Places = { names: new Set(Object.keys(acceptedByField)), depth: 3 };

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
