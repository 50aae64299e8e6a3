import { isUtf8 } from 'node:buffer';
import type { Localized } from './language.ts';

/** What keeps a body from being JSON, and what to send instead, for the mistakes that are made most. */
export function jsonFlawOf(rawBody: Buffer): Localized {
  if (rawBody.length === 0) return flaws.empty;
  if (!isUtf8(rawBody)) return flaws.notUtf8;
  if (rawBody.subarray(0, byteOrderMark.length).equals(byteOrderMark)) return flaws.byteOrderMark;
  return isBase64OfObject(rawBody.toString('latin1')) ? flaws.base64 : flaws.other;
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Base64 of an object begins with `ey`, of one whose brace a line break follows with `ew`, of an empty one with `e3`. */
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
  other: {
    en: 'send one JSON object, with nothing before or after it',
    ko: '앞뒤에 다른 내용 없이 JSON 객체 하나를 보내 주십시오',
  },
} satisfies Record<string, Localized>;
