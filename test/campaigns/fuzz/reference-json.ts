// Independent of lambda/contract/find-lossy-values.ts on purpose: the two have to come to the same by different ways.

/** A JSON text as it was written: names that stand twice and every digit of a number are still there. */
export type Json =
  | { readonly kind: 'object'; readonly members: Array<[name: string, value: Json]> }
  | { readonly kind: 'array'; readonly items: Json[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly source: string }
  | { readonly kind: 'literal' };

/** Undefined for what is no JSON. A descent over the text with its own stack, where the service looks at tokens. */
export function readJson(text: string): Json | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const root: Json = { kind: 'array', items: [] };
  const open: Json[] = [root];
  let name: string | undefined;
  const put = (value: Json) => {
    const parent = open.at(-1);
    if (parent?.kind === 'array') parent.items.push(value);
    if (parent?.kind === 'object') parent.members.push([name ?? '', value]);
    name = undefined;
  };
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    let end = at + 1;
    if (character === '{' || character === '[') {
      const value: Json = character === '{' ? { kind: 'object', members: [] } : { kind: 'array', items: [] };
      put(value);
      open.push(value);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      end = endOfString(text, at);
      const string = JSON.parse(text.slice(at, end)) as string;
      if (open.at(-1)?.kind === 'object' && name === undefined) name = string;
      else put({ kind: 'string', text: string });
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      end = endOfNumber(text, at);
      put({ kind: 'number', source: text.slice(at, end) });
    } else if ('tfn'.includes(character)) {
      end = at + (character === 'f' ? 'false' : 'true').length;
      put({ kind: 'literal' });
    }
    at = end;
  }
  return root.items[0];
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function endOfNumber(text: string, start: number): number {
  let at = start;
  while (at < text.length && '+-.eE0123456789'.includes(text.charAt(at))) at += 1;
  return at;
}

/** A number as whole digits, without zeros at their end, times a power of ten. */
function decimalOf(source: string): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = '', power = '0'] = source.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/0+$/, '');
  if (digits === '' || digits === '-') return { digits: 0n, exponent: 0 };
  const zeros = whole.length + fraction.length - digits.length;
  return { digits: BigInt(digits), exponent: Number(power) - fraction.length + zeros };
}

/** Whether somebody who reads numbers as doubles may get another decimal than the one sent (contract, section 2). */
export function losesDigits(source: string): boolean {
  const { digits } = decimalOf(source);
  const isPlainInteger = !/[.eE]/.test(source);
  if (String(digits).replace('-', '').length > 15) return !(isPlainInteger && Number.isSafeInteger(Number(source)));
  return digits !== 0n && (Math.abs(Number(source)) < 2.2250738585072014e-308 || !Number.isFinite(Number(source)));
}

/** Whether the decimal that was sent, and not only the double it is read as, is a whole number without gaps around it. */
export function isSafeInteger(source: string): boolean {
  return decimalOf(source).exponent >= 0 && Number.isSafeInteger(Number(source));
}

/** How many of the parts that exact amounts are counted in make 1: no number that loses nothing has more decimals. */
const partDigits = 330;
export const partsOfOne = 10n ** BigInt(partDigits);

/** The exact value of a number in those parts. @param source a number that loses no digits */
export function partsOf(source: string): bigint {
  const { digits, exponent } = decimalOf(source);
  return digits * 10n ** BigInt(exponent + partDigits);
}
