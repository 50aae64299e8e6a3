import { isUtf8 } from 'node:buffer';
import type { Localized } from './language.ts';

/** Why a body is not JSON, and what to send instead, for the most frequent mistakes. */
export function explainJsonError(rawBody: Buffer): Localized {
  if (rawBody.length === 0) return flaws.empty;
  if (!isUtf8(rawBody)) return flaws.notUtf8;
  if (rawBody.subarray(0, byteOrderMark.length).equals(byteOrderMark)) return flaws.byteOrderMark;
  if (isBase64OfObject(rawBody.toString('latin1'))) return flaws.base64;
  const place = placeOfFlaw(rawBody.toString('utf8'));
  return place === undefined ? flaws.other : flawAt(place);
}

interface Place {
  readonly line: string;
  readonly column: string;
}

/** Where the parser stopped. Most of its messages quote the body, so only line and column are taken from them. */
function placeOfFlaw(text: string): Place | undefined {
  try {
    JSON.parse(text);
  } catch (error) {
    const [, line, column] = / \(line (\d{1,6}) column (\d{1,6})\)$/.exec((error as Error).message) ?? [];
    if (line !== undefined && column !== undefined) return { line, column };
  }
  return undefined;
}

function flawAt({ line, column }: Place): Localized {
  return {
    en: `it stops being JSON at line ${line}, column ${column}, ${rules.en}`,
    ko: `${line}행 ${column}열에 JSON 문법 오류가 있습니다. ${rules.ko}`,
  };
}

const rules: Localized = {
  en:
    'send one JSON object with nothing after it, names and strings in double quotes, no comma before a closing bracket ' +
    'and none in numbers',
  ko: 'JSON 객체 하나만 보내 주십시오. 이름과 문자열은 큰따옴표로 감싸고, 닫는 괄호 앞과 숫자 안에 쉼표를 쓰지 마십시오',
};

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Base64 of `{"` begins with `ey`, of `{` and a line break with `ew`, and of `{}` with `e3`. */
function isBase64OfObject(text: string): boolean {
  return /^e[wy3][A-Za-z0-9+/]*={0,2}\s*$/.test(text);
}

const flaws = {
  empty: {
    en: 'it is empty, send one JSON object',
    ko: '본문이 비어 있습니다. JSON 객체 하나를 보내 주십시오',
  },
  notUtf8: {
    en: 'its bytes are of another encoding, send UTF-8',
    ko: '다른 인코딩의 바이트가 있습니다. UTF-8로 보내 주십시오',
  },
  byteOrderMark: {
    en: 'it begins with a byte order mark, send it without one and sign it so',
    ko: '본문이 BOM으로 시작합니다. BOM을 빼고 서명하여 보내 주십시오',
  },
  base64: {
    en: 'it looks like Base64, sign and send the JSON text itself',
    ko: 'Base64로 인코딩된 것으로 보입니다. JSON 텍스트 자체에 서명하여 보내 주십시오',
  },
  other: rules,
} satisfies Record<string, Localized>;
