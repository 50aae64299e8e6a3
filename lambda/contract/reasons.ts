import type { LineLeft, RuleReason, RuleViolation } from '../domain/decide-cancellation.ts';
import { lastName } from './json-pointer.ts';
import { inLanguage, type Language, type Localized } from './language.ts';

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
  readonly accepted?: string | Localized;
}

export interface ErrorEntry {
  readonly field?: string;
  readonly header?: string;
  readonly reason: Reason;
  readonly message: string;
}

/** A violation as it stands in an answer's `errors` (contract, section 5). */
export function describeViolation(violation: Violation, language: Language): ErrorEntry {
  const { reason, at, accepted = '', left } = violation;
  const place = 'header' in at ? at.header : shortened(lastName(at.field)) || 'body';
  const sentence = sentences[reason][language](place, inLanguage(accepted, language));
  return { ...at, reason, message: left ? `${sentence} ${describeLeft[language](left)}` : sentence };
}

/** A name of the merchant's may be as long as the body; a message need not. */
function shortened(name: string): string {
  return name.length > 64 ? `${name.slice(0, 64)}...` : name;
}

type Sentence = (place: string, accepted: string) => string;

const describeLeft: Readonly<Record<Language, (left: LineLeft) => string>> = {
  en: ({ seq, units, amount, tax, currencyCode }) =>
    `Left of line ${seq}: quantity ${units}, amount ${amount} ${currencyCode}, tax ${tax} ${currencyCode}.`,
  ko: ({ seq, units, amount, tax, currencyCode }) =>
    `주문 항목 ${seq}의 남은 수량은 ${units}, 남은 금액은 ${amount} ${currencyCode}, 남은 세금은 ${tax} ${currencyCode}입니다.`,
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
    ko: (place) => `${place} 헤더가 두 번 이상 전송되었습니다. 한 번만 보내십시오.`,
  },
  BODY_TOO_LARGE: {
    en: (_place, accepted) => `The body is too large: send at most ${accepted} bytes.`,
    ko: (_place, accepted) => `본문이 너무 큽니다. 최대 ${accepted}바이트까지 보낼 수 있습니다.`,
  },
  NOT_JSON: {
    en: (place) => `${place} must be application/json, optionally with charset=utf-8.`,
    ko: (place) => `${place}은(는) application/json이어야 하며 charset=utf-8만 덧붙일 수 있습니다.`,
  },
  INVALID_JSON: {
    en: () => 'The body is not one valid JSON document in UTF-8.',
    ko: () => '본문이 UTF-8로 된 올바른 JSON 문서가 아닙니다.',
  },
  FIELD_MISSING: {
    en: (place, accepted) => `${place} is missing: send ${accepted}.`,
    ko: (place, accepted) => `${place} 필드가 없습니다. 허용 값: ${accepted}.`,
  },
  FIELD_UNKNOWN: {
    en: (place, accepted) => `${place} is not a field of this object: its fields are ${accepted}.`,
    ko: (place, accepted) => `${place}은(는) 이 객체의 필드가 아닙니다. 사용할 수 있는 필드: ${accepted}.`,
  },
  FIELD_REPEATED: {
    en: (place) => `${place} stands more than once in the same object: send it once.`,
    ko: (place) => `같은 객체에 ${place} 필드가 두 번 이상 있습니다. 한 번만 보내십시오.`,
  },
  FIELD_INVALID: {
    en: (place, accepted) => `${place} must be ${accepted}.`,
    ko: (place, accepted) => `${place} 값이 올바르지 않습니다. 허용 값: ${accepted}.`,
  },
  TOO_MANY_DIGITS: {
    en: (place) => `${place} has more digits than can be read exactly: send at most 15 significant ones.`,
    ko: (place) => `${place}의 자릿수가 많아 정확히 읽을 수 없습니다. 유효 숫자 15자리까지 보내십시오.`,
  },
  ORDER_NOT_FOUND: {
    en: () => 'This store has no such order.',
    ko: () => '이 상점에 해당 주문이 없습니다.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: () =>
      'This order was already canceled with this X-Idempotency-Key and another request body. Nothing was applied: ' +
      'send the first body to get its answer again, or a new key for a new cancellation.',
    ko: () =>
      '이 주문에서 같은 X-Idempotency-Key가 다른 요청 본문에 이미 사용되었습니다. 적용된 내용은 없습니다. ' +
      '처음 본문을 다시 보내거나 새 취소에는 새 키를 사용하십시오.',
  },
  DUPLICATE_CANCELLATION: {
    en: (_place, accepted) =>
      `The identical request was applied more than 24 hours ago as ${accepted}. Nothing was applied: to cancel the ` +
      'same again, send an X-Idempotency-Key.',
    ko: (_place, accepted) =>
      `동일한 요청이 24시간보다 전에 ${accepted}(으)로 처리되었습니다. 적용된 내용은 없습니다. ` +
      '같은 내용을 다시 취소하려면 X-Idempotency-Key를 보내십시오.',
  },
  DUPLICATE_SEQ: {
    en: () => 'This seq already stands in an earlier item: name each order line once.',
    ko: () => '같은 seq가 앞선 항목에 이미 있습니다. 주문 항목은 한 번씩만 보내십시오.',
  },
  UNKNOWN_ITEM: {
    en: () => 'The order has no line with this seq.',
    ko: () => '주문에 이 seq를 가진 항목이 없습니다.',
  },
  ITEM_MISMATCH: {
    en: (place, accepted) => `The order line with this seq has the ${place} ${accepted}.`,
    ko: (place, accepted) => `이 seq를 가진 주문 항목의 ${place}은(는) ${accepted}입니다.`,
  },
  AMOUNT_EXCEEDS_UNIT_AMOUNT: {
    en: (_place, accepted) => `amount is per unit and at most the line's unit amount, ${accepted}.`,
    ko: (_place, accepted) => `amount는 개당 금액이며 항목의 단가 ${accepted} 이하여야 합니다.`,
  },
  AMOUNT_NOT_POSITIVE: {
    en: (_place, accepted) => `amount must be more than 0 and at most the line's unit amount, ${accepted}.`,
    ko: (_place, accepted) => `amount는 0보다 크고 항목의 단가 ${accepted} 이하여야 합니다.`,
  },
  TAX_EXCEEDS_UNIT_TAX: {
    en: (_place, accepted) => `taxAmount is per unit and at most the line's unit tax, ${accepted}.`,
    ko: (_place, accepted) => `taxAmount는 개당 세금이며 항목의 개당 세금 ${accepted} 이하여야 합니다.`,
  },
  QUANTITY_EXCEEDS_REMAINING: {
    en: (_place, accepted) => `quantity is more than the ${accepted} left of the line.`,
    ko: (_place, accepted) => `quantity가 항목의 남은 수량 ${accepted}을(를) 초과합니다.`,
  },
  AMOUNT_EXCEEDS_REMAINING: {
    en: (_place, accepted) => `quantity x amount is more than the ${accepted} left of the line.`,
    ko: (_place, accepted) => `quantity x amount가 항목의 남은 금액 ${accepted}을(를) 초과합니다.`,
  },
  TAX_EXCEEDS_REMAINING: {
    en: (_place, accepted) => `quantity x taxAmount is more than the tax of ${accepted} left of the line.`,
    ko: (_place, accepted) => `quantity x taxAmount가 항목의 남은 세금 ${accepted}을(를) 초과합니다.`,
  },
  TOTAL_MISMATCH: {
    en: (_place, accepted) => `totalCancelAmount must be the sum of quantity x amount of the items, ${accepted}.`,
    ko: (_place, accepted) => `totalCancelAmount는 각 항목의 quantity x amount 합계인 ${accepted}이어야 합니다.`,
  },
  AMOUNT_PRECISION: {
    en: (place, accepted) => `${place} has more decimals than the ${accepted} of the order's currency.`,
    ko: (place, accepted) => `${place}의 소수 자릿수가 주문 통화의 ${accepted}자리를 초과합니다.`,
  },
  CURRENCY_MISMATCH: {
    en: (_place, accepted) => `The order is in ${accepted}.`,
    ko: (_place, accepted) => `주문 통화는 ${accepted}입니다.`,
  },
  PARTIAL_BEFORE_CAPTURE: {
    en: (place, accepted) =>
      place === 'items'
        ? `Before capture only the whole order can be canceled: send the lines ${accepted} too.`
        : `Before capture only the whole order can be canceled: ${place} must be ${accepted}.`,
    ko: (place, accepted) =>
      place === 'items'
        ? `매입 전에는 전체 취소만 가능합니다. 빠진 주문 항목: ${accepted}.`
        : `매입 전에는 전체 취소만 가능합니다. ${place}은(는) ${accepted}이어야 합니다.`,
  },
  ORDER_NOT_CANCELABLE: {
    en: (_place, accepted) =>
      `The payment is ${accepted}: only AUTHORIZED, CAPTURED and PARTIALLY_CANCELED ones can be canceled.`,
    ko: (_place, accepted) =>
      `결제 상태가 ${accepted}입니다. AUTHORIZED, CAPTURED, PARTIALLY_CANCELED 상태만 취소할 수 있습니다.`,
  },
  REFUND_ACCOUNT_REQUIRED: {
    en: (place) => `This order is refunded to a bank account: refundAccount needs ${place}.`,
    ko: (place) => `이 주문은 계좌로 환불됩니다. refundAccount에 ${place}이(가) 필요합니다.`,
  },
} satisfies Record<Reason, Record<Language, Sentence>>;

/** Every reason there is. Marked pure, so that a bundle which does not name it does without. */
export const reasons = /* @__PURE__ */ Object.keys(sentences) as Reason[];
