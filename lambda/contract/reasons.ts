import type { LineLeft, RuleReason, RuleViolation } from '../domain/decide-cancellation.ts';
import type { Mistake } from '../domain/likely-mistake.ts';
import { lastName } from './json-pointer.ts';
import { inLanguage, type Language, type Localized } from './language.ts';
import { detailPath } from './paths.ts';

export type Reason =
  | RuleReason
  | 'HEADER_MISSING'
  | 'HEADER_MALFORMED'
  | 'HEADER_REPEATED'
  | 'BODY_TOO_LARGE'
  | 'NOT_JSON'
  | 'INVALID_JSON'
  | 'FIELD_MISSING'
  | 'FIELD_UNKNOWN'
  | 'FIELD_REPEATED'
  | 'FIELD_INVALID'
  | 'TOO_MANY_DIGITS'
  | 'ORDER_NOT_FOUND'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'DUPLICATE_CANCELLATION';

/** One place of a request that is wrong, and what would be accepted there. */
export interface Violation extends Omit<RuleViolation, 'reason' | 'accepted'> {
  readonly reason: Reason;
  readonly accepted?: string | Localized | undefined;
}

export interface ErrorEntry {
  readonly field?: string;
  readonly header?: string;
  readonly reason: Reason;
  readonly message: string;
}

/** A violation as it stands in an answer's `errors` (contract, section 5). */
export function describeViolation(violation: Violation, language: Language): ErrorEntry {
  const { reason, at, accepted = '', currencyCode = '', mistake, meant = '', left } = violation;
  const place = 'header' in at ? at.header : placeOf(at.field, language);
  const sentence = sentences[reason][language](place, inLanguage(accepted, language), currencyCode);
  const told = [sentence];
  if (mistake) told.push(mistakes[mistake][language].replace('{}', meant));
  if (left) told.push(describeLeft[language](left));
  return { ...at, reason, message: told.join(' ') };
}

/** The name of a field, or where it has none: an item by its place, and the whole body. */
function placeOf(field: string, language: Language): string {
  const name = lastName(field);
  if (name === '') return language === 'ko' ? '본문' : 'body';
  if (/^\d+$/.test(name)) return field.slice(1);
  // A name of the merchant's may be as long as the body; a message need not.
  return name.length > 64 ? `${name.slice(0, 64)}...` : name;
}

type Sentence = (place: string, accepted: string, currencyCode: string) => string;

const describeLeft: Readonly<Record<Language, (left: LineLeft) => string>> = {
  en: ({ seq, units, amount, tax, currencyCode }) =>
    `Left of line ${seq}: quantity ${units}, amount ${amount} ${currencyCode}, tax ${tax} ${currencyCode}.`,
  ko: ({ seq, units, amount, tax, currencyCode }) =>
    `주문 항목 ${seq}의 남은 수량은 ${units}, 남은 금액은 ${amount} ${currencyCode}, 남은 세액은 ${tax} ${currencyCode}입니다.`,
};

/** Every mistake in every language, {} for what was meant. Said after the reason's own sentence. */
const mistakes: Readonly<Record<Mistake, Localized>> = {
  TAX_ADDED_TO_AMOUNT: {
    en: 'What was sent is the unit amount plus its tax: tax is part of the amount, never added to it.',
    ko: '보낸 값은 단가에 세액을 더한 금액입니다. 세액은 금액에 이미 포함되어 있으므로 더하지 마십시오.',
  },
  LINE_TOTAL_AS_AMOUNT: {
    en: 'What was sent is quantity x the unit amount: send the amount of one unit.',
    ko: '보낸 값은 quantity x 단가입니다. 한 개당 금액을 보내 주십시오.',
  },
  TOTAL_OF_OTHER_AMOUNTS: {
    en: 'What was sent is right as soon as the amounts of the items are: correct those first.',
    ko: '보낸 값은 각 항목의 amount를 바로잡으면 올바른 합계가 됩니다. amount를 먼저 수정해 주십시오.',
  },
  SUM_WITHOUT_QUANTITY: {
    en: 'What was sent is the bare sum of the amounts: multiply each amount by its quantity, for it is per unit.',
    ko: '보낸 값은 quantity를 곱하지 않은 amount의 합계입니다. amount는 개당 금액이므로 quantity를 곱해 주십시오.',
  },
  SUM_OR_LINE_TOTALS: {
    en:
      'What was sent is the bare sum of the amounts, and an amount is per unit: multiply each by its quantity or, where it ' +
      'was meant for all units, divide it by the quantity and leave the total.',
    ko:
      '보낸 값은 quantity를 곱하지 않은 amount의 합계이며 amount는 개당 금액입니다. quantity를 곱하거나, amount가 전체 ' +
      '수량의 금액이면 quantity로 나누고 합계는 그대로 두십시오.',
  },
  SUM_WITHOUT_QUANTITY_PLUS_TAX: {
    en: 'What was sent is the bare sum of the amounts plus tax: multiply each by its quantity and add no tax, it is in them.',
    ko: '보낸 값은 amount의 합계에 세액을 더한 금액입니다. amount에 quantity를 곱하고, 이미 포함된 세액은 더하지 마십시오.',
  },
  AMOUNT_WITHOUT_TAX: {
    en: 'Leave the total as it is: the amounts lack their tax. Add to each its taxAmount.',
    ko: '합계는 그대로 두십시오. 보낸 amount에 세액이 빠져 있습니다. 각 amount에 taxAmount를 더해 주십시오.',
  },
  TAX_ADDED_OR_LEFT_OUT: {
    en:
      'What was sent is that sum plus the tax: if the amounts have their tax in them, do not add it; if they lack it, add it ' +
      'to each and leave the total.',
    ko:
      '보낸 값은 이 합계에 세액을 더한 금액입니다. amount에 세액이 포함되어 있으면 더하지 말고, 빠져 있으면 각 amount에 ' +
      '더하고 합계는 그대로 두십시오.',
  },
  TAX_TAKEN_FROM_TOTAL: {
    en: 'What was sent is that sum less the tax: tax is part of the amounts and of the total.',
    ko: '보낸 값은 이 합계에서 세액을 뺀 금액입니다. 세액은 amount와 합계에 포함됩니다.',
  },
  SEQ_OF_ANOTHER_LINE: {
    en: 'What was sent is the itemId of seq {}: send seq and itemId of one line.',
    ko: '보낸 값은 seq {}의 itemId입니다. 같은 항목의 seq와 itemId를 보내 주십시오.',
  },
  TAX_ADDED_TO_TOTAL: {
    en: 'What was sent is that sum plus the tax: tax is part of the amounts, never added to them.',
    ko: '보낸 값은 이 합계에 세액을 더한 금액입니다. 세액은 금액에 이미 포함되어 있으므로 더하지 마십시오.',
  },
};

/** Every reason in every language. A missing one does not compile. */
const sentences = {
  HEADER_MISSING: {
    en: (place, accepted) => `The header ${place} is missing: send ${accepted}.`,
    ko: (place, accepted) => `${place} 헤더가 없습니다. 허용 값: ${accepted}.`,
  },
  HEADER_MALFORMED: {
    en: (place, accepted) => `The header ${place} is malformed: send ${accepted}.`,
    ko: (place, accepted) => `${place} 헤더의 형식이 올바르지 않습니다. 허용 값: ${accepted}.`,
  },
  HEADER_REPEATED: {
    en: (place) => `The header ${place} is sent more than once: send it once.`,
    ko: (place) => `${place} 헤더가 두 번 이상 전송되었습니다. 한 번만 보내 주십시오.`,
  },
  BODY_TOO_LARGE: {
    en: (_place, accepted) => `The body is too large: send at most ${accepted} bytes.`,
    ko: (_place, accepted) => `본문이 너무 큽니다. 최대 ${accepted}바이트까지 보낼 수 있습니다.`,
  },
  NOT_JSON: {
    en: (place) => `${place} must be application/json, optionally with charset=utf-8.`,
    ko: (place) => `${place} 헤더는 application/json이어야 하며, charset=utf-8만 덧붙일 수 있습니다.`,
  },
  INVALID_JSON: {
    en: (_place, accepted) => `The body is not one valid JSON document in UTF-8: ${accepted}.`,
    ko: (_place, accepted) => `본문이 UTF-8로 된 올바른 JSON 문서가 아닙니다. ${accepted}.`,
  },
  FIELD_MISSING: {
    en: (place, accepted) => `${place} is missing: send ${accepted}.`,
    ko: (place, accepted) => `${place} 필드가 없습니다. 허용 값: ${accepted}.`,
  },
  FIELD_UNKNOWN: {
    en: (place, accepted) => `${place} is not a field of this object: its fields are ${accepted}.`,
    ko: (place, accepted) => `${place} 필드는 이 객체에서 사용할 수 없습니다. 사용할 수 있는 필드: ${accepted}.`,
  },
  FIELD_REPEATED: {
    en: (place) => `${place} stands more than once in the same object: send it once.`,
    ko: (place) => `같은 객체에 ${place} 필드가 두 번 이상 있습니다. 한 번만 보내 주십시오.`,
  },
  FIELD_INVALID: {
    en: (place, accepted) => `${place} must be ${accepted}.`,
    ko: (place, accepted) => `${place} 값이 올바르지 않습니다. 허용 값: ${accepted}.`,
  },
  TOO_MANY_DIGITS: {
    en: (place) => `${place} has more digits than can be read exactly: send at most 15 significant ones.`,
    ko: (place) => `${place} 값의 자릿수가 너무 많아 정확히 읽을 수 없습니다. 유효 숫자 15자리 이하로 보내 주십시오.`,
  },
  ORDER_NOT_FOUND: {
    en: () =>
      'This store has no such order: send the orderNo, letter by letter, of an order of the store in X-Store-Id.',
    ko: () => '이 상점에 해당 주문이 없습니다. X-Store-Id 상점의 주문 번호를 대소문자까지 정확히 보내 주십시오.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: () =>
      'This order was already canceled with this X-Idempotency-Key and another request body. Nothing was applied: ' +
      'send the first body to get its answer again, or a new key for a new cancellation.',
    ko: () =>
      '이 주문에 같은 X-Idempotency-Key가 다른 요청 본문으로 이미 사용되었습니다. 이번 요청은 적용되지 않았습니다. ' +
      '처음 응답을 다시 받으려면 처음 본문을, 새로 취소하려면 새 키를 보내 주십시오.',
  },
  DUPLICATE_CANCELLATION: {
    en: (_place, accepted) =>
      `The identical request was applied more than 24 hours ago as ${accepted}. Nothing was applied: to cancel the ` +
      'same again, send an X-Idempotency-Key.',
    ko: (_place, accepted) =>
      `동일한 요청이 24시간보다 더 전에 이미 처리되었습니다(returnRequestId: ${accepted}). ` +
      '이번 요청은 적용되지 않았습니다. 같은 내용을 한 번 더 취소하려면 X-Idempotency-Key를 함께 보내 주십시오.',
  },
  DUPLICATE_SEQ: {
    en: () => 'This seq already stands in an earlier item: name each order line once.',
    ko: () => '같은 seq가 앞의 항목에 이미 있습니다. 주문 항목은 한 번씩만 보내 주십시오.',
  },
  UNKNOWN_ITEM: {
    en: (_place, accepted) => `The order has no line with this seq: its lines are ${accepted}.`,
    ko: (_place, accepted) => `주문에 이 seq의 항목이 없습니다. 주문 항목의 seq: ${accepted}.`,
  },
  ITEM_MISMATCH: {
    en: (place, accepted) => `The order line with this seq has the ${place} ${accepted}.`,
    ko: (place, accepted) => `이 seq에 해당하는 주문 항목의 ${place} 값과 다릅니다. 허용 값: ${accepted}.`,
  },
  AMOUNT_EXCEEDS_UNIT_AMOUNT: {
    en: (_place, accepted) => `amount is per unit and at most the line's unit amount, ${accepted}.`,
    ko: (_place, accepted) => `amount는 개당 금액이며, 항목의 단가인 ${accepted} 이하여야 합니다.`,
  },
  AMOUNT_NOT_POSITIVE: {
    en: (_place, accepted) => `amount must be more than 0 and at most the line's unit amount, ${accepted}.`,
    ko: (_place, accepted) => `amount는 0보다 크고 항목의 단가인 ${accepted} 이하여야 합니다.`,
  },
  TAX_EXCEEDS_UNIT_TAX: {
    en: (_place, accepted) => `taxAmount is per unit and at most the line's unit tax, ${accepted}.`,
    ko: (_place, accepted) => `taxAmount는 개당 세액이며, 항목의 개당 세액인 ${accepted} 이하여야 합니다.`,
  },
  QUANTITY_EXCEEDS_REMAINING: {
    en: (_place, accepted) => `quantity is more than the ${accepted} left of the line.`,
    ko: (_place, accepted) => `quantity가 항목의 남은 수량(${accepted})을 초과합니다.`,
  },
  AMOUNT_EXCEEDS_REMAINING: {
    en: (_place, accepted) => `quantity x amount is more than the ${accepted} left of the line.`,
    ko: (_place, accepted) => `quantity x amount가 항목의 남은 금액(${accepted})을 초과합니다.`,
  },
  TAX_EXCEEDS_REMAINING: {
    en: (_place, accepted) => `quantity x taxAmount is more than the tax of ${accepted} left of the line.`,
    ko: (_place, accepted) => `quantity x taxAmount가 항목의 남은 세액(${accepted})을 초과합니다.`,
  },
  TOTAL_MISMATCH: {
    en: (_place, accepted) => `totalCancelAmount must be the sum of quantity x amount of the items, ${accepted}.`,
    ko: (_place, accepted) =>
      `totalCancelAmount는 모든 항목의 quantity x amount를 더한 합계와 같아야 합니다. 이 요청의 합계: ${accepted}.`,
  },
  AMOUNT_PRECISION: {
    en: (place, accepted, currencyCode) =>
      `${place} has more decimals than ${currencyCode}, which has ${accepted}: amounts are never rounded.`,
    ko: (place, accepted, currencyCode) =>
      `${place} 값의 소수 자릿수가 너무 많습니다. 금액은 반올림하지 않습니다. ${currencyCode}의 소수 자릿수: ${accepted}.`,
  },
  CURRENCY_MISMATCH: {
    en: (place, accepted) =>
      `${place} must be the currency of the order, ${accepted}. POST ${detailPath} answers with any currency.`,
    ko: (place, accepted) =>
      `${place} 헤더는 주문 통화와 같아야 합니다. 허용 값: ${accepted}. POST ${detailPath}은 통화와 관계없이 조회할 수 있습니다.`,
  },
  PARTIAL_BEFORE_CAPTURE: {
    en: (place, accepted) =>
      place === 'items'
        ? `Before capture only the whole order can be canceled: send the lines that are missing too, ${accepted}.`
        : `Before capture only the whole order can be canceled: ${place} must be ${accepted}.`,
    ko: (place, accepted) =>
      place === 'items'
        ? `매입 전에는 전체 취소만 가능합니다. 빠진 주문 항목의 seq: ${accepted}.`
        : `매입 전에는 전체 취소만 가능합니다. ${place} 허용 값: ${accepted}.`,
  },
  ORDER_NOT_CANCELABLE: {
    en: (_place, accepted) =>
      `The payment is ${accepted}: only AUTHORIZED, CAPTURED and PARTIALLY_CANCELED ones can be canceled.`,
    ko: (_place, accepted) =>
      `결제 상태가 ${accepted}입니다. AUTHORIZED, CAPTURED, PARTIALLY_CANCELED 상태의 결제만 취소할 수 있습니다.`,
  },
  REFUND_ACCOUNT_REQUIRED: {
    en: (place) => `This order is refunded to a bank account: refundAccount needs ${place}.`,
    ko: (place) => `이 주문은 은행 계좌로 환불되므로 refundAccount에 ${place} 필드가 필요합니다.`,
  },
} satisfies Record<Reason, Record<Language, Sentence>>;

/** Every reason there is. Marked pure, so that a bundle which does not name it does without. */
export const reasons = /* @__PURE__ */ Object.keys(sentences) as Reason[];
