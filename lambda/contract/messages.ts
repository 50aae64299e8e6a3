import type { Mistake } from '../domain/likely-mistake.ts';
import type { RuleReason } from '../domain/rules.ts';
import type { Localized } from './language.ts';
import { detailPath } from './paths.ts';

// The sentences of an errors entry, as data: violations.ts chooses among them and fills in the names in braces.

/** One message for each reason, in every language. A rule without a message does not compile. */
export const messages = {
  HEADER_MISSING: {
    en: 'The header {place} is missing: send {shown}.',
    ko: '{place} 헤더가 없습니다. 허용 값: {shown}.',
  },
  HEADER_MALFORMED: {
    en: 'The header {place} is malformed: send {shown}.',
    ko: '{place} 헤더의 형식이 올바르지 않습니다. 허용 값: {shown}.',
  },
  HEADER_REPEATED: {
    en: 'The header {place} is sent more than once: send it once.',
    ko: '{place} 헤더가 두 번 이상 전송되었습니다. 한 번만 보내 주십시오.',
  },
  BODY_TOO_LARGE: {
    en: 'The body is too large: send at most {shown} bytes.',
    ko: '본문이 너무 큽니다. 최대 {shown}바이트까지 보낼 수 있습니다.',
  },
  NOT_JSON: {
    en: '{place} must be application/json, optionally with charset=utf-8.',
    ko: '{place} 헤더는 application/json이어야 하며, charset=utf-8만 덧붙일 수 있습니다.',
  },
  INVALID_JSON: {
    en: 'The body is not one valid JSON document in UTF-8: {shown}.',
    ko: '본문이 UTF-8로 된 올바른 JSON 문서가 아닙니다. {shown}.',
  },
  FIELD_MISSING: {
    en: '{place} is missing: send {shown}.',
    ko: '{place} 필드가 없습니다. 허용 값: {shown}.',
  },
  FIELD_UNKNOWN: {
    en: '{place} is not a field of this object: its fields are {shown}.',
    ko: '{place} 필드는 이 객체에서 사용할 수 없습니다. 사용할 수 있는 필드: {shown}.',
  },
  FIELD_REPEATED: {
    en: '{place} stands more than once in the same object: send it once.',
    ko: '같은 객체에 {place} 필드가 두 번 이상 있습니다. 한 번만 보내 주십시오.',
  },
  FIELD_INVALID: {
    en: '{place} must be {shown}.',
    ko: '{place} 값이 올바르지 않습니다. 허용 값: {shown}.',
  },
  TOO_MANY_DIGITS: {
    en: '{place} has more digits than can be read exactly: send at most 15 significant ones.',
    ko: '{place} 값의 자릿수가 너무 많아 정확히 읽을 수 없습니다. 유효 숫자 15자리 이하로 보내 주십시오.',
  },
  ORDER_NOT_FOUND: {
    en: 'This store has no such order: send the orderNo, letter by letter, of an order of the store in X-Store-Id.',
    ko: '이 상점에 해당 주문이 없습니다. X-Store-Id 상점의 주문 번호를 대소문자까지 정확히 보내 주십시오.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    en:
      'This order was already canceled with this X-Idempotency-Key and another request body. Nothing was applied: ' +
      'send the first body to get its answer again, or a new key for a new cancellation.',
    ko:
      '이 주문에 같은 X-Idempotency-Key가 다른 요청 본문으로 이미 사용되었습니다. 이번 요청은 적용되지 않았습니다. ' +
      '처음 응답을 다시 받으려면 처음 본문을, 새로 취소하려면 새 키를 보내 주십시오.',
  },
  DUPLICATE_CANCELLATION: {
    en:
      'The identical request was applied more than 24 hours ago as {shown}. Nothing was applied: to cancel the ' +
      'same again, send an X-Idempotency-Key.',
    ko:
      '동일한 요청이 24시간보다 더 전에 이미 처리되었습니다(returnRequestId: {shown}). ' +
      '이번 요청은 적용되지 않았습니다. 같은 내용을 한 번 더 취소하려면 X-Idempotency-Key를 함께 보내 주십시오.',
  },
  DUPLICATE_SEQ: {
    en: 'This seq already stands in an earlier item: name each order line once.',
    ko: '같은 seq가 앞의 항목에 이미 있습니다. 주문 항목은 한 번씩만 보내 주십시오.',
  },
  UNKNOWN_ITEM: {
    en: 'The order has no line with this seq: its lines are {shown}.',
    ko: '주문에 이 seq의 항목이 없습니다. 주문 항목의 seq: {shown}.',
  },
  ITEM_MISMATCH: {
    en: 'The order line with this seq has the {place} {shown}.',
    ko: '이 seq에 해당하는 주문 항목의 {place} 값과 다릅니다. 허용 값: {shown}.',
  },
  AMOUNT_EXCEEDS_UNIT_AMOUNT: {
    en: "amount is per unit and at most the line's unit amount, {shown}.",
    ko: 'amount는 개당 금액이며, 항목의 단가인 {shown} 이하여야 합니다.',
  },
  AMOUNT_NOT_POSITIVE: {
    en: "amount must be more than 0 and at most the line's unit amount, {shown}.",
    ko: 'amount는 0보다 크고 항목의 단가인 {shown} 이하여야 합니다.',
  },
  TAX_EXCEEDS_UNIT_TAX: {
    en: "taxAmount is per unit and at most the line's unit tax, {shown}.",
    ko: 'taxAmount는 개당 세액이며, 항목의 개당 세액인 {shown} 이하여야 합니다.',
  },
  QUANTITY_EXCEEDS_REMAINING: {
    en: 'quantity is more than the {shown} left of the line.',
    ko: 'quantity가 항목의 남은 수량({shown})을 초과합니다.',
  },
  AMOUNT_EXCEEDS_REMAINING: {
    en: 'quantity x amount is more than the {shown} left of the line.',
    ko: 'quantity x amount가 항목의 남은 금액({shown})을 초과합니다.',
  },
  TAX_EXCEEDS_REMAINING: {
    en: 'quantity x taxAmount is more than the tax of {shown} left of the line.',
    ko: 'quantity x taxAmount가 항목의 남은 세액({shown})을 초과합니다.',
  },
  TOTAL_MISMATCH: {
    en: 'totalCancelAmount must be the sum of quantity x amount of the items, {shown}.',
    ko: 'totalCancelAmount는 모든 항목의 quantity x amount를 더한 합계와 같아야 합니다. 이 요청의 합계: {shown}.',
  },
  AMOUNT_PRECISION: {
    en: '{place} has more decimals than {currencyCode}, which has {shown}: amounts are never rounded.',
    ko: '{place} 값의 소수 자릿수가 너무 많습니다. 금액은 반올림하지 않습니다. {currencyCode}의 소수 자릿수: {shown}.',
  },
  CURRENCY_MISMATCH: {
    en: `{place} must be the currency of the order, {shown}. POST ${detailPath} answers with any currency.`,
    ko: `{place} 헤더는 주문 통화와 같아야 합니다. 허용 값: {shown}. POST ${detailPath}은 통화와 관계없이 조회할 수 있습니다.`,
  },
  PARTIAL_BEFORE_CAPTURE: {
    en: 'Before capture only the whole order can be canceled: {place} must be {shown}.',
    ko: '매입 전에는 전체 취소만 가능합니다. {place} 허용 값: {shown}.',
  },
  ORDER_NOT_CANCELABLE: {
    en: 'The payment is {shown}: only AUTHORIZED, CAPTURED and PARTIALLY_CANCELED ones can be canceled.',
    ko: '결제 상태가 {shown}입니다. AUTHORIZED, CAPTURED, PARTIALLY_CANCELED 상태의 결제만 취소할 수 있습니다.',
  },
  REFUND_ACCOUNT_REQUIRED: {
    en: 'This order is refunded to a bank account: refundAccount needs {place}.',
    ko: '이 주문은 은행 계좌로 환불되므로 refundAccount에 {place} 필드가 필요합니다.',
  },
} satisfies Readonly<Record<string, Localized>> & Readonly<Record<RuleReason, Localized>>;

/** PARTIAL_BEFORE_CAPTURE for lines that are missing from a request; the message above is about a field of an item. */
export const missingLinesMessage: Localized = {
  en: 'Before capture only the whole order can be canceled: send the lines that are missing too, {shown}.',
  ko: '매입 전에는 전체 취소만 가능합니다. 빠진 주문 항목의 seq: {shown}.',
};

/** What remains of the line. Comes last. */
export const remainingMessage: Localized = {
  en: 'Left of line {seq}: quantity {units}, amount {amount} {currencyCode}, tax {tax} {currencyCode}.',
  ko: '주문 항목 {seq}의 남은 수량은 {units}, 남은 금액은 {amount} {currencyCode}, 남은 세액은 {tax} {currencyCode}입니다.',
};

/** The probable mistake. Follows the message of the reason. */
export const mistakeMessages: Readonly<Record<Mistake, Localized>> = {
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
    en: 'What was sent is the itemId of seq {meant}: send seq and itemId of one line.',
    ko: '보낸 값은 seq {meant}의 itemId입니다. 같은 항목의 seq와 itemId를 보내 주십시오.',
  },
  TAX_ADDED_TO_TOTAL: {
    en: 'What was sent is that sum plus the tax: tax is part of the amounts, never added to them.',
    ko: '보낸 값은 이 합계에 세액을 더한 금액입니다. 세액은 금액에 이미 포함되어 있으므로 더하지 마십시오.',
  },
};
