// Independent of lambda/contract/find-lossy-values.ts on purpose: the two have to come to the same by different ways.

/**
 * Whether reading a JSON text loses a name that stands twice in its object, or digits of a number (contract, sections 2
 * and 6). A descent over the text with its own stack, where the service looks at tokens.
 * @param text a text that JSON.parse accepts
 */
export function losesSomething(text: string): boolean {
  const namesOfOpen: Array<Set<string> | undefined> = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '{') namesOfOpen.push(new Set());
    if (character === '[') namesOfOpen.push(undefined);
    if (character === '}' || character === ']') namesOfOpen.pop();
    if (character === '"') {
      const end = endOfString(text, at);
      const isName = text.slice(end).trimStart().startsWith(':');
      const name = isName ? (JSON.parse(text.slice(at, end)) as string) : undefined;
      const names = namesOfOpen.at(-1);
      if (name !== undefined && names?.has(name)) return true;
      if (name !== undefined) names?.add(name);
      at = end;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      const end = endOfNumber(text, at);
      if (losesDigits(text.slice(at, end))) return true;
      at = end;
    } else {
      at += 1;
    }
  }
  return false;
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

function losesDigits(number: string): boolean {
  const [mantissa = ''] = number.toLowerCase().split('e');
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length;
  const isPlainInteger = mantissa === number && !number.includes('.');
  if (digits > 15) return !(isPlainInteger && Number.isSafeInteger(Number(number)));
  return digits > 0 && Math.abs(Number(number)) < 2.2250738585072014e-308;
}
