import type { RequestedItem } from './cancellation.ts';
import { mistakeInAmount } from './likely-mistake.ts';
import type { MatchedItem, MatchedRequest } from './matched-request.ts';
import { decimalsOf, formatAmount } from './money.ts';
import { isBeforeCapture, type Order, type OrderLine, remainingOf } from './order.ts';
import { restOfLine } from './rest-of-line.ts';
import type { RemainingOfLine, RuleReason, RuleViolation } from './rule-violation.ts';
import { type BrokenTaxRule, brokenTaxRules } from './tax-rules.ts';

/** Every rule that one item of a request breaks (contract, section 3). */
export function violationsOfItem(item: MatchedItem, matched: MatchedRequest): RuleViolation[] {
  const { requested, line, scaledLine, index } = item;
  const { order, items, exponent } = matched;
  const violations: RuleViolation[] = [];
  const violate = (reason: RuleReason, name: keyof RequestedItem, shown?: string, more: Details = {}) => {
    const at = { field: `/items/${index}/${name}` };
    const remaining = line && describeRemaining(line, matched, reasonsWithSteps.has(reason));
    violations.push({ reason, at, shown, ...more, remaining });
  };

  const isRepeated = items.some((other) => other.index < index && other.requested.seq === requested.seq);
  if (isRepeated) violate('DUPLICATE_SEQ', 'seq');
  const precision = [String(exponent), { currencyCode: order.currencyCode }] as const;
  if (decimalsOf(requested.amount) > exponent) violate('AMOUNT_PRECISION', 'amount', ...precision);
  if (decimalsOf(requested.taxAmount ?? 0) > exponent) violate('AMOUNT_PRECISION', 'taxAmount', ...precision);
  if (line === undefined || scaledLine === undefined) {
    violate('UNKNOWN_ITEM', 'seq', listSeqs(order));
    return violations;
  }

  if (requested.itemId !== line.itemId) {
    const [holder, ...others] = order.lines.filter(({ itemId }) => itemId === requested.itemId);
    const isOnly = holder !== undefined && others.length === 0;
    const hint = isOnly ? ({ mistake: 'SEQ_OF_ANOTHER_LINE', meant: String(holder.seq) } as const) : {};
    violate('ITEM_MISMATCH', 'itemId', line.itemId, hint);
  }
  if (requested.itemType !== line.itemType) violate('ITEM_MISMATCH', 'itemType', line.itemType);
  const itemOfLine = { ...item, line, scaledLine };
  const brokenAmountRules = [...amountRules(itemOfLine, matched), ...taxRules(itemOfLine, matched)];
  for (const { reason, name, shown, ...more } of brokenAmountRules) violate(reason, name, shown, more);
  return violations;
}

type Details = Omit<RuleViolation, 'reason' | 'at' | 'shown' | 'remaining'>;

/** Whoever asked for too much of a line, or for nothing, is helped by how to cancel the rest of it. */
const reasonsWithSteps: ReadonlySet<RuleReason> = new Set([
  'QUANTITY_EXCEEDS_REMAINING',
  'AMOUNT_NOT_POSITIVE',
  'AMOUNT_EXCEEDS_REMAINING',
]);

type ItemOfLine = MatchedItem & { readonly line: OrderLine; readonly scaledLine: OrderLine };

interface BrokenRule extends Details {
  readonly reason: RuleReason;
  readonly name: keyof RequestedItem;
  readonly shown?: string;
}

/** What is wrong with the quantity and the amount of an item. */
function amountRules(item: ItemOfLine, { order, exponent, scale, minorUnit }: MatchedRequest): BrokenRule[] {
  const { requested, line, scaledLine, amountMinor } = item;
  const broken: BrokenRule[] = [];
  const sentAmount = (amount: bigint) => formatAmount(amount, exponent, scale);
  const major = (minor: bigint) => formatAmount(minor, exponent);
  const remaining = remainingOf(line);
  const unitAmount = major(line.unitAmountMinor);
  const isFree = line.unitAmountMinor === 0n;
  const taken = BigInt(requested.quantity) * amountMinor;

  if (requested.quantity > remaining.units) {
    broken.push({ reason: 'QUANTITY_EXCEEDS_REMAINING', name: 'quantity', shown: String(remaining.units) });
  }
  if (isBeforeCapture(order) && requested.quantity < line.quantity) {
    broken.push({ reason: 'PARTIAL_BEFORE_CAPTURE', name: 'quantity', shown: String(line.quantity) });
  }
  if (amountMinor > scaledLine.unitAmountMinor) {
    const isExact = amountMinor % minorUnit === 0n;
    const hint = isExact && mistakeInAmount(amountMinor / minorUnit, requested.quantity, line, exponent);
    const { mistake, meantMinor } = hint || {};
    const meant = meantMinor === undefined ? {} : { meant: major(meantMinor) };
    broken.push({ reason: 'AMOUNT_EXCEEDS_UNIT_AMOUNT', name: 'amount', shown: unitAmount, mistake, ...meant });
  }
  if (amountMinor <= 0n && !isFree) {
    const { quantity, most } = mostPerUnit(line, requested.quantity);
    broken.push({
      reason: 'AMOUNT_NOT_POSITIVE',
      name: 'amount',
      ...(most === 0n ? { ruleCase: 'NOTHING_REMAINS' } : { shown: major(most), withQuantity: String(quantity) }),
    });
  }
  if (isBeforeCapture(order) && amountMinor < scaledLine.unitAmountMinor) {
    broken.push({ reason: 'PARTIAL_BEFORE_CAPTURE', name: 'amount', shown: unitAmount });
  }
  if (taken > remainingOf(scaledLine).amountMinor) {
    const sent = `${requested.quantity} x ${sentAmount(amountMinor)} = ${sentAmount(taken)}`;
    broken.push({ reason: 'AMOUNT_EXCEEDS_REMAINING', name: 'amount', shown: major(remaining.amountMinor), sent });
  }
  return broken;
}

/**
 * The largest amount per unit that an item may have, and the quantity that it may have it with: the one that was sent, as
 * many as are left, or one unit where so little is left that more cannot share it.
 */
function mostPerUnit(line: OrderLine, sentQuantity: number): { readonly quantity: number; readonly most: bigint } {
  const { units, amountMinor } = remainingOf(line);
  const within = Math.min(sentQuantity, units);
  const quantity = amountMinor < BigInt(within) ? 1 : within;
  const share = quantity === 0 ? 0n : amountMinor / BigInt(quantity);
  return { quantity, most: share < line.unitAmountMinor ? share : line.unitAmountMinor };
}

/** What is wrong with the tax of an item, in minor units wherever it was sent in them. */
function taxRules(item: ItemOfLine, { exponent, minorUnit }: MatchedRequest): BrokenRule[] {
  const { requested, line, scaledLine, amountMinor, taxMinor } = item;
  // Left out, the tax is the one that belongs to the amount, which never breaks a rule.
  if (taxMinor === undefined) return [];
  const isExact = amountMinor % minorUnit === 0n && taxMinor % minorUnit === 0n;
  const unit = isExact ? minorUnit : 1n;
  const judgedLine = isExact ? line : scaledLine;
  const broken = brokenTaxRules(judgedLine, requested.quantity, amountMinor / unit, taxMinor / unit);
  // What is named has no more decimals than the currency: the most is rounded down.
  const major = (amount: bigint) => formatAmount(isExact ? amount : amount / minorUnit, exponent);
  return broken.map((rule) => brokenTaxRule(rule, major, isExact));
}

/** @param isExact whether the amounts are in minor units, so that one of them can be named as acceptable */
function brokenTaxRule(rule: BrokenTaxRule, major: (minor: bigint) => string, isExact: boolean): BrokenRule {
  switch (rule.reason) {
    case 'AMOUNT_WITHOUT_TAX': {
      const { unitAmountMinor, inProportionMinor } = rule;
      if (unitAmountMinor === undefined || inProportionMinor === undefined || !isExact) {
        return { reason: rule.reason, name: 'amount', ruleCase: 'LESS_THAN_UNITS_REMAIN' };
      }
      return { reason: rule.reason, name: 'amount', shown: major(unitAmountMinor), orElse: major(inProportionMinor) };
    }
    case 'TAX_LEFT_OVER':
      return rule.leastMinor === undefined || !isExact
        ? { reason: rule.reason, name: 'taxAmount', ruleCase: 'NO_UNIT_TAX_FITS' }
        : { reason: rule.reason, name: 'taxAmount', shown: major(rule.leastMinor) };
    case 'TAX_EXCEEDS_UNIT_TAX':
    case 'TAX_EXCEEDS_AMOUNT':
    case 'TAX_EXCEEDS_REMAINING':
      return { reason: rule.reason, name: 'taxAmount', shown: major(rule.mostMinor) };
  }
}

function describeRemaining(line: OrderLine, { order, exponent }: MatchedRequest, hasSteps: boolean): RemainingOfLine {
  const { units, amountMinor, taxMinor } = remainingOf(line);
  const major = (minor: bigint) => formatAmount(minor, exponent);
  const rest = hasSteps ? restOfLine(line) : [];
  return {
    seq: line.seq,
    itemId: line.itemId,
    units,
    amount: major(amountMinor),
    tax: major(taxMinor),
    currencyCode: order.currencyCode,
    steps: rest.length === 0 ? undefined : rest.map((part) => `${part.quantity} x ${major(part.amountMinor)}`),
  };
}

/** A message lists at most this many lines of an order. */
const maxListedSeqs = 20;

function listSeqs({ lines }: Order): string {
  const seqs = lines.slice(0, maxListedSeqs).map(({ seq }) => seq);
  return seqs.join(', ') + (lines.length > maxListedSeqs ? ', ...' : '');
}
