import type { Mistake } from '../domain/likely-mistake.ts';
import type { RuleCase, RuleReason } from '../domain/rule-violation.ts';
import type { Localized } from './language.ts';
import { detailPath } from './paths.ts';

// The sentences of an errors entry, as data: violations.ts chooses among them and fills in the names in braces.

const amountIsNet: Localized = {
  en: "amount is the line's unit amount without its tax, beside the whole tax: amounts include their tax.",
  ko: 'amount가 단가에서 세액을 뺀 금액이고 taxAmount는 개당 세액 전부입니다. 금액에는 세액이 포함됩니다.',
};

const taxMayBeLeftOut: Localized = {
  en: 'Left out, it is the tax that belongs to the amount.',
  ko: '생략하면 금액에 해당하는 세액이 적용됩니다.',
};

/** One message for each reason, in every language. A rule without a message does not compile. */
export const messages = {
  HEADER_MISSING: {
    en: 'The header {place} is missing: send {shown}.',
    ko: '필수 헤더 {place}가 누락되었습니다. 허용 값: {shown}.',
  },
  HEADER_MALFORMED: {
    en: 'The header {place} is malformed: send {shown}.',
    ko: '{place} 헤더의 형식이 올바르지 않습니다. 허용 값: {shown}.',
  },
  HEADER_REPEATED: {
    en: 'The header {place} is sent more than once: send it once.',
    ko: '{place} 헤더가 두 번 이상 전송되었습니다. 한 번만 보내 주십시오.',
  },
  HEADERS_DIFFER: {
    en: 'The headers X-Idempotency-Key and Idempotency-Key have different values: send one of them, or the same in both.',
    ko: 'X-Idempotency-Key와 Idempotency-Key 헤더의 값이 다릅니다. 하나만 보내거나 같은 값을 보내 주십시오.',
  },
  ENCODING_UNSUPPORTED: {
    en: 'The header {place} says that the body is compressed: send it as it is, without {place}. Sign the bytes that are sent.',
    ko:
      '{place} 헤더에 압축된 본문이 지정되어 있습니다. 본문을 압축하지 말고 {place} 없이 보내 주십시오. 전송하는 바이트에 ' +
      '서명해야 합니다.',
  },
  ORDER_CHANGED: {
    en:
      'The order is not in the state that {place} names: its ETag is now {shown}. Look at the order, decide again, and ' +
      'then send this ETag.',
    ko:
      '주문이 {place}에 지정된 상태가 아닙니다. 현재 ETag: {shown}. 주문을 다시 조회하여 판단한 뒤 이 ETag를 보내 ' +
      '주십시오.',
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
    ko: '필수 필드 {place}가 누락되었습니다. 허용 값: {shown}.',
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
      'This order was already canceled with this {place} and another request body. Nothing was applied: send the first ' +
      'body to get its answer again, or a new key for a new cancellation.',
    ko:
      '이 주문에 같은 {place}가 다른 요청 본문으로 이미 사용되었습니다. 이번 요청은 처리되지 않았습니다. ' +
      '처음 응답을 다시 받으려면 처음 본문을, 새로 취소하려면 새 키를 보내 주십시오.',
  },
  DUPLICATE_CANCELLATION: {
    en:
      'The identical request was applied more than 24 hours ago as {shown}. Nothing was applied: to cancel the ' +
      'same again, send an {place}.',
    ko:
      '동일한 요청이 이미 처리되었으며 24시간이 지났습니다(returnRequestId: {shown}). ' +
      '이번 요청은 처리되지 않았습니다. 같은 내용을 한 번 더 취소하려면 {place}를 함께 보내 주십시오.',
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
    en: 'amount must be more than 0 and, with quantity {withQuantity}, at most {shown}.',
    ko: 'amount는 0보다 커야 하며 quantity가 {withQuantity}일 때 {shown} 이하여야 합니다.',
  },
  AMOUNT_WITHOUT_TAX: {
    en:
      `${amountIsNet.en} To cancel whole units send amount {shown}. To cancel exactly this amount, leave taxAmount out or ` +
      'send {orElse}.',
    ko:
      `${amountIsNet.ko} 상품 단위로 취소하려면 amount에 {shown} 값을, 이 금액만 취소하려면 taxAmount 없이 또는 ` +
      'taxAmount에 {orElse} 값을 보내 주십시오.',
  },
  TAX_EXCEEDS_UNIT_TAX: {
    en: `taxAmount is per unit and at most the line's unit tax, {shown}. ${taxMayBeLeftOut.en}`,
    ko: `taxAmount는 개당 세액이며, 항목의 개당 세액인 {shown} 이하여야 합니다. ${taxMayBeLeftOut.ko}`,
  },
  TAX_EXCEEDS_AMOUNT: {
    en: `taxAmount is a part of amount and at most {shown}. ${taxMayBeLeftOut.en}`,
    ko: `taxAmount는 amount에 포함되는 금액이므로 {shown} 이하여야 합니다. ${taxMayBeLeftOut.ko}`,
  },
  TAX_LEFT_OVER: {
    en: `More tax than amount would remain of the line: taxAmount must be at least {shown}. ${taxMayBeLeftOut.en}`,
    ko: `취소 후 항목에 금액보다 많은 세액이 남습니다. taxAmount는 {shown} 이상이어야 합니다. ${taxMayBeLeftOut.ko}`,
  },
  QUANTITY_EXCEEDS_REMAINING: {
    en: 'quantity is more than the {shown} left of the line.',
    ko: 'quantity가 항목의 취소 가능 수량({shown})을 초과합니다.',
  },
  AMOUNT_EXCEEDS_REMAINING: {
    en: 'quantity x amount is {sent}, more than the {shown} left of the line.',
    ko: 'quantity x amount는 {sent}이며, 항목의 취소 가능 금액({shown})을 초과합니다.',
  },
  TAX_EXCEEDS_REMAINING: {
    en: `quantity x taxAmount is more than the tax of {shown} left of the line. ${taxMayBeLeftOut.en}`,
    ko: `quantity x taxAmount가 항목의 취소 가능 세액({shown})을 초과합니다. ${taxMayBeLeftOut.ko}`,
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
    en: 'The payment is {shown}: only REQUESTED, AUTHORIZED, CAPTURED and PARTIALLY_CANCELED ones can be canceled.',
    ko: '결제 상태가 {shown}입니다. REQUESTED, AUTHORIZED, CAPTURED, PARTIALLY_CANCELED 상태의 결제만 취소할 수 있습니다.',
  },
  REFUND_ACCOUNT_REQUIRED: {
    en: 'This order is refunded to a bank account: refundAccount needs {place}.',
    ko: '이 주문은 은행 계좌로 환불되므로 refundAccount에 {place} 필드가 필요합니다.',
  },
} satisfies Readonly<Record<string, Localized>> & Readonly<Record<RuleReason, Localized>>;

/** What a violation is about, if a reason needs other words in some cases. */
export type MessageCase = RuleCase | 'DIFFERS';

/** The messages of these cases, in place of the reason's own. */
export const caseMessages: Readonly<Record<MessageCase, Localized>> = {
  DIFFERS: {
    en:
      'This cancellation was already made as {shown}, with another {place}. Nothing was applied. If the first one was ' +
      'wrong, do not cancel again: give us this returnRequestId. Only if you mean to cancel the same once more, send an ' +
      'X-Idempotency-Key.',
    ko:
      '이 취소는 {place} 값만 다르게 이미 처리되었습니다(returnRequestId: {shown}). 이번 요청은 처리되지 않았습니다. ' +
      '처음 요청이 잘못되었다면 다시 취소하지 말고 이 returnRequestId를 알려 주십시오. 같은 내용을 한 번 더 취소하려는 ' +
      '경우에만 X-Idempotency-Key를 함께 보내 주십시오.',
  },
  MISSING_LINES: {
    en: 'Before capture only the whole order can be canceled: send the lines that are missing too, {shown}.',
    ko: '매입 전에는 전체 취소만 가능합니다. 빠진 주문 항목의 seq: {shown}.',
  },
  NOTHING_REMAINS: {
    en: 'Nothing is left of the line that could be canceled.',
    ko: '항목에 취소 가능한 금액이 없습니다.',
  },
  LESS_THAN_UNITS_REMAIN: {
    en: `${amountIsNet.en} To cancel exactly this amount, leave taxAmount out.`,
    ko: `${amountIsNet.ko} 이 금액만 취소하려면 taxAmount를 생략해 주십시오.`,
  },
  NO_UNIT_TAX_FITS: {
    en: 'More tax than amount would remain of the line, and no taxAmount per unit changes that: leave taxAmount out.',
    ko: '취소 후 항목에 금액보다 많은 세액이 남으며, 개당 세액으로는 맞출 수 없습니다. taxAmount를 생략해 주십시오.',
  },
  ITEMS_FIRST: {
    en:
      'totalCancelAmount must be the sum of quantity x amount of the items, now {shown}: correct the items first, then ' +
      'send their sum.',
    ko:
      'totalCancelAmount는 모든 항목의 quantity x amount를 더한 합계와 같아야 합니다(현재 합계: {shown}). 항목을 먼저 ' +
      '수정한 뒤 그 합계를 보내 주십시오.',
  },
};

/** What remains of the line. Comes last. */
export const remainingMessage: Localized = {
  en: 'Left of line {seq} ({itemId}): quantity {units}, amount {amount} {currencyCode}, tax {tax} {currencyCode}.',
  ko:
    'seq {seq} 항목({itemId})의 취소 가능 수량은 {units}개, 취소 가능 금액은 {amount} {currencyCode}, 취소 가능 세액은 ' +
    '{tax} {currencyCode}입니다.',
};

/** How to cancel all that remains of the line: in one request, or in several. */
export const stepsMessage: Localized = {
  en: 'To cancel all of it, send quantity x amount {steps}, without taxAmount.',
  ko: '모두 취소하려면 taxAmount 없이 다음 quantity x amount를 보내 주십시오. 취소 단계: {steps}.',
};

/** Between two requests that follow each other. */
export const thenText: Localized = { en: ', then in another request ', ko: ', 그다음 별도 요청으로 ' };

/** The probable mistake. Follows the message of the reason. */
export const mistakeMessages: Readonly<Record<Mistake, Localized>> = {
  TAX_ADDED_TO_AMOUNT: {
    en: 'What was sent is the unit amount plus its tax: tax is part of the amount, never added to it.',
    ko: '보낸 값은 단가에 세액을 더한 금액입니다. 세액은 금액에 이미 포함되어 있으므로 더하지 마십시오.',
  },
  LINE_TOTAL_AS_AMOUNT: {
    en: 'What was sent is quantity x the unit amount: send the amount of one unit.',
    ko: '보낸 값은 수량과 단가를 곱한 금액입니다. 개당 금액을 보내 주십시오.',
  },
  TOTAL_OF_OTHER_AMOUNTS: {
    en: 'What was sent is right as soon as the amounts of the items are: correct those first.',
    ko: '보낸 값은 각 항목의 amount를 바로잡으면 올바른 합계가 됩니다. amount를 먼저 수정해 주십시오.',
  },
  MINOR_UNITS: {
    en: 'What was sent looks like minor units (cents): send major units, {meant}.',
    ko: '보낸 값은 보조 단위(센트 등)로 보입니다. 기본 단위로 보내 주십시오. 올바른 값: {meant}.',
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
  AMOUNTS_LACK_TAX: {
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
