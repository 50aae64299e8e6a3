import type { Mutant } from './mutant.ts';

const idempotency = { file: 'domain/idempotency.ts', tests: 'unit/lambda/(domain/idempotency|cancel/handler)' };
const rules = { file: 'domain/rules.ts' };
const itemRules = { file: 'domain/item-rules.ts' };
const taxRules = { file: 'domain/tax-rules.ts' };
const total = { file: 'domain/total-rule.ts' };
const decision = { file: 'domain/decide-cancellation.ts' };
const taxOfAmount = { file: 'domain/tax-of-amount.ts' };
const order = { file: 'domain/order.ts' };

export const mutantsOfDomain: readonly Mutant[] = [
  {
    ...idempotency,
    name: 'only the first 64 characters of a key',
    edits: [['${idempotencyKeyPrefix}${$KEY}', '${idempotencyKeyPrefix}${$KEY.slice(0, 64)}']],
    why: 'another key is taken for the first, and its cancellation for a replay',
  },
  {
    ...idempotency,
    name: 'key prefixes dropped',
    edits: [
      ["= 'K#'", "= ''"],
      ["= 'D#'", "= ''"],
    ],
    why: 'a key that is the digest of another request stands for that request',
  },
  {
    ...idempotency,
    name: 'case of a key ignored',
    edits: [['${idempotencyKeyPrefix}${$KEY}', '${idempotencyKeyPrefix}${$KEY.toLowerCase()}']],
    why: 'another cancellation is taken for a repeated one',
  },
  {
    ...idempotency,
    name: 'digest not compared',
    edits: [['$DIGEST !== $EARLIER.requestDigest', "$EARLIER.requestDigest === ''"]],
    why: 'another request under the same key is taken for done',
  },
  {
    ...idempotency,
    name: 'retry window an hour short',
    edits: [['retryWindowMs = 24 *', 'retryWindowMs = 23 *']],
    why: 'a retry within the day is refused',
  },
  {
    ...idempotency,
    name: 'both taxes taken for the same',
    edits: [['const $SAME = $TAX === $TAXES.get(seq) ||', 'const $SAME = $TAX !== null ||']],
    why: 'a merchant believes in another tax than was canceled',
  },
  {
    ...idempotency,
    name: 'tax of 0 and none are two',
    edits: [['|| $UNTAXED.has(seq)', '']],
    why: 'a retry that spells its tax differently is refused',
  },
  {
    ...idempotency,
    name: 'account not compared',
    edits: [['$EARLIER.accountTag === undefined ||', '$EARLIER.accountTag !== null ||']],
    why: 'a merchant believes in a refund to another account',
  },
  {
    ...idempotency,
    name: 'another tax under a key replayed',
    edits: [
      [
        'if ($REPEATED.hasIdempotencyKey) return { kind: $SAME ?',
        'if ($REPEATED.hasIdempotencyKey) return { kind: !isOtherRequest ?',
      ],
    ],
    why: 'a merchant believes in another tax than was canceled',
  },
  {
    ...rules,
    name: 'partial before capture',
    edits: [['...violationsOfMissingLines($MATCHED),', '']],
    why: 'a payment is voided, and only a part of it was to be',
  },
  {
    ...rules,
    name: 'refund account not asked for',
    edits: [["$ORDER.refundMethod === 'BANK_ACCOUNT'", "$ORDER.refundMethod !== 'BANK_ACCOUNT'"]],
    why: 'a refund goes nowhere',
  },
  {
    ...rules,
    name: 'requested payment cannot be canceled',
    edits: [["new Set([ 'REQUESTED', 'AUTHORIZED',", "new Set([ 'AUTHORIZED',"]],
    why: 'a late deposit is captured',
  },
  {
    ...itemRules,
    name: 'remaining amount not checked',
    edits: [
      ['if ($TAKEN > remainingOf($LINE).amountMinor)', 'if ($TAKEN > remainingOf($LINE).amountMinor && $TAKEN < 0n)'],
    ],
    why: 'more is canceled than was paid',
  },
  {
    ...itemRules,
    name: 'remaining units not checked',
    edits: [['if ($QUANTITY > $REMAINING.units)', 'if ($QUANTITY < $REMAINING.units && $QUANTITY < 0)']],
    why: 'more units are canceled than were bought, of free lines at least',
  },
  {
    ...taxRules,
    name: 'tax not capped by the unit',
    edits: [
      [
        "if ($TAX > $UNIT) $BROKEN.push({ reason: 'TAX_EXCEEDS_UNIT_TAX',",
        "if ($TAX > $UNIT * BigInt(line.quantity)) $BROKEN.push({ reason: 'TAX_EXCEEDS_UNIT_TAX',",
      ],
    ],
    why: "one unit takes another one's tax",
  },
  {
    ...taxRules,
    name: 'remaining tax not checked',
    edits: [['if ($UNITS * $TAX > $REMAINING.taxMinor)', 'if ($TAX > $REMAINING.taxMinor && $UNITS < 0n)']],
    why: 'more tax is canceled than was paid',
  },
  {
    ...taxRules,
    name: 'tax larger than the amount',
    edits: [
      [
        "if ($TAX > $AMOUNT) $BROKEN.push({ reason: 'TAX_EXCEEDS_AMOUNT'",
        "if ($TAX > $AMOUNT && $AMOUNT < 0n) $BROKEN.push({ reason: 'TAX_EXCEEDS_AMOUNT'",
      ],
    ],
    why: 'a buyer gets back a tax without what it is a part of',
  },
  {
    ...taxRules,
    name: 'tax left over',
    edits: [['if (leavesTaxOver($TAX)) {', 'if (leavesTaxOver($TAX) && $TAX < 0n) {']],
    why: 'a tax is left that no request can cancel',
  },
  {
    ...taxRules,
    name: 'price net of tax not noticed',
    edits: [['if ($NET && !leavesTaxOver(', 'if ($NET && $NET === 0 && !leavesTaxOver(']],
    why: 'a buyer gets back too little',
  },
  {
    ...total,
    name: 'total not checked',
    edits: [['if ($TOTAL !== $SUM) {', 'if ($TOTAL < 0n) {']],
    why: 'another amount is canceled than the merchant added up',
  },
  {
    ...decision,
    name: 'nothing remains of the amount, and the units stay',
    edits: [['if ($EMPTIED) return $REMAINING.units;', '']],
    why: 'an order that was refunded is never canceled',
  },
  {
    ...decision,
    name: 'one unit instead of the quantity',
    edits: [['const $TAKEN = BigInt($QUANTITY) * $AMOUNT;', 'const $TAKEN = $AMOUNT;']],
    why: 'less is canceled than was asked for',
  },
  {
    ...decision,
    name: 'never wholly canceled',
    edits: [["? 'CANCELED' : 'PARTIALLY_CANCELED'", "? 'PARTIALLY_CANCELED' : 'PARTIALLY_CANCELED'"]],
    why: 'an order that is canceled does not say so',
  },
  {
    ...decision,
    name: 'tax by the unit instead of what is left',
    edits: [
      [
        'taxOfAmount(remainingOf($LINE), $TAKEN)',
        '($LINE.unitAmountMinor === 0n ? 0n : ($LINE.unitTaxMinor * $TAKEN) / $LINE.unitAmountMinor)',
      ],
    ],
    why: 'after a tax that was rounded, more or less is canceled than is left',
  },
  {
    ...decision,
    name: 'left out tax taken for 0',
    edits: [['taxOfAmount(remainingOf($LINE), $TAKEN)', '0n']],
    why: 'a tax is left that no request can cancel',
  },
  {
    ...taxOfAmount,
    name: 'tax not emptied with the line',
    edits: [['/ $REMAINING.amountMinor;', '/ ($REMAINING.amountMinor + 1n);']],
    why: 'a tax is left that no request can cancel',
  },
  {
    ...order,
    name: 'requested payment refunded',
    edits: [["$STATUS === 'REQUESTED' || $STATUS === 'AUTHORIZED'", "$STATUS === 'AUTHORIZED'"]],
    why: 'money that never came is paid back',
  },
];
