import { etagOf } from '../../../lambda/contract/etag.ts';
import { headerRules } from '../../../lambda/contract/header-rules.ts';
import { explainJsonError } from '../../../lambda/contract/explain-json-error.ts';
import { acceptedByCancelField } from '../../../lambda/cancel/cancel-request.ts';
import { maxBodyBytes } from '../../../lambda/contract/limits.ts';
import type { Reason, Violation } from '../../../lambda/contract/violations.ts';
import type { RefusalKind } from '../../../lambda/contract/result-codes.ts';

/** An example of a reason: its place, and the refusal that it belongs to. */
export interface Sample {
  readonly refusal: RefusalKind;
  readonly violation: SampleViolation;
  /** Where the reason has other words in some cases: those, by the name of their example. */
  readonly others?: Readonly<Record<string, SampleViolation>>;
}

type SampleViolation = Omit<Violation, 'reason'>;

const returnRequestId = 'RETREQ01KDRKZ1MNWQ4Y6V2S8C5T7HGF';
const remaining = { seq: 3, itemId: 'P003', units: 1, amount: '1000', tax: '0', currencyCode: 'KRW' };
const withSteps = { ...remaining, steps: ['1 x 1000'] };
const taxed = { seq: 1, itemId: 'P001', units: 1, amount: '50000', tax: '5000', currencyCode: 'KRW' };
const ofRule = (violation: SampleViolation, others: Sample['others'] = {}): Sample => ({
  refusal: 'RULES_BROKEN',
  violation,
  others,
});

/** One for each reason, from which the examples of the document are made. A missing one does not compile. */
export const samples: Readonly<Record<Reason, Sample>> = {
  HEADER_MISSING: {
    refusal: 'HEADERS_INVALID',
    violation: { at: { header: 'X-Access-Key' }, shown: headerRules['X-Access-Key'].accepted },
  },
  HEADER_MALFORMED: {
    refusal: 'HEADERS_INVALID',
    violation: { at: { header: 'Time-Zone' }, shown: headerRules['Time-Zone'].accepted },
  },
  HEADER_REPEATED: { refusal: 'HEADERS_INVALID', violation: { at: { header: 'X-Store-Id' } } },
  HEADERS_DIFFER: { refusal: 'HEADERS_INVALID', violation: { at: { header: 'Idempotency-Key' } } },
  ENCODING_UNSUPPORTED: { refusal: 'ENCODING_UNSUPPORTED', violation: { at: { header: 'Content-Encoding' } } },
  ORDER_CHANGED: {
    refusal: 'ORDER_CHANGED',
    violation: { at: { header: 'If-Match' }, shown: etagOf({ orderNo: 'ORD20251224001', version: 4 }) },
  },
  BODY_TOO_LARGE: {
    refusal: 'BODY_TOO_LARGE',
    violation: { at: { field: '' }, shown: String(maxBodyBytes) },
  },
  NOT_JSON: { refusal: 'NOT_JSON', violation: { at: { header: 'Content-Type' } } },
  INVALID_JSON: {
    refusal: 'INVALID_JSON',
    violation: { at: { field: '' }, shown: explainJsonError(Buffer.from('{')) },
  },
  FIELD_MISSING: ofSchema('/orderNo', acceptedByCancelField.orderNo),
  FIELD_UNKNOWN: ofSchema('/refundAccount/iban', 'accountNumber, bankCode, accountHolderName'),
  FIELD_REPEATED: ofSchema('/orderNo'),
  FIELD_INVALID: ofSchema('/items/0/quantity', acceptedByCancelField.quantity),
  TOO_MANY_DIGITS: ofSchema('/totalCancelAmount'),
  ORDER_NOT_FOUND: { refusal: 'ORDER_NOT_FOUND', violation: { at: { field: '/orderNo' } } },
  IDEMPOTENCY_KEY_REUSED: { refusal: 'KEY_REUSED', violation: { at: { header: 'X-Idempotency-Key' } } },
  DUPLICATE_CANCELLATION: {
    refusal: 'DUPLICATE',
    violation: { at: { header: 'X-Idempotency-Key' }, shown: returnRequestId },
    others: {
      DUPLICATE_CANCELLATION_other_tax: {
        ruleCase: 'DIFFERS',
        at: { field: '/items/0/taxAmount' },
        shown: returnRequestId,
      },
      DUPLICATE_CANCELLATION_other_account: {
        ruleCase: 'DIFFERS',
        at: { field: '/refundAccount' },
        shown: returnRequestId,
      },
    },
  },
  DUPLICATE_SEQ: ofRule({ at: { field: '/items/1/seq' }, remaining }),
  UNKNOWN_ITEM: ofRule({ at: { field: '/items/0/seq' }, shown: '1, 2, 3' }),
  ITEM_MISMATCH: ofRule({ at: { field: '/items/0/itemId' }, shown: 'P003', remaining }),
  AMOUNT_EXCEEDS_UNIT_AMOUNT: ofRule({ at: { field: '/items/0/amount' }, shown: '3000', remaining }),
  AMOUNT_NOT_POSITIVE: ofRule(
    { at: { field: '/items/0/amount' }, shown: '1000', withQuantity: '1', remaining: withSteps },
    {
      AMOUNT_NOT_POSITIVE_nothing_left: {
        ruleCase: 'NOTHING_REMAINS',
        at: { field: '/items/0/amount' },
        remaining: { ...remaining, units: 0, amount: '0' },
      },
    },
  ),
  AMOUNT_WITHOUT_TAX: ofRule({ at: { field: '/items/0/amount' }, shown: '50000', orElse: '4500', remaining: taxed }),
  TAX_EXCEEDS_AMOUNT: ofRule({ at: { field: '/items/0/taxAmount' }, shown: '1', remaining: taxed }),
  TAX_LEFT_OVER: ofRule({ at: { field: '/items/0/taxAmount' }, shown: '5000', remaining: taxed }),
  TAX_EXCEEDS_UNIT_TAX: ofRule({ at: { field: '/items/0/taxAmount' }, shown: '0', remaining }),
  QUANTITY_EXCEEDS_REMAINING: ofRule({ at: { field: '/items/0/quantity' }, shown: '1', remaining: withSteps }),
  AMOUNT_EXCEEDS_REMAINING: ofRule({
    at: { field: '/items/0/amount' },
    shown: '1000',
    sent: '1 x 2000 = 2000',
    remaining: withSteps,
  }),
  TAX_EXCEEDS_REMAINING: ofRule({ at: { field: '/items/0/taxAmount' }, shown: '0', remaining }),
  TOTAL_MISMATCH: ofRule({
    at: { field: '/totalCancelAmount' },
    shown: '106000',
    mistake: 'SUM_WITHOUT_QUANTITY',
  }),
  AMOUNT_PRECISION: ofRule({ at: { field: '/items/0/amount' }, shown: '0', currencyCode: 'KRW', remaining }),
  CURRENCY_MISMATCH: ofRule({ at: { header: 'X-Currency-Code' }, shown: 'KRW' }),
  PARTIAL_BEFORE_CAPTURE: ofRule({ ruleCase: 'MISSING_LINES', at: { field: '/items' }, shown: '2, 3' }),
  ORDER_NOT_CANCELABLE: ofRule({ at: { field: '/orderNo' }, shown: 'CANCELED' }),
  REFUND_ACCOUNT_REQUIRED: ofRule({ at: { field: '/refundAccount/bankCode' } }),
};

/** A sample of a body that breaks the schema. */
export function ofSchema(field: string, shown?: Violation['shown']): Sample {
  return { refusal: 'SCHEMA_VIOLATED', violation: { at: { field }, ...(shown && { shown }) } };
}
