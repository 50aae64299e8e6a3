import { describe, expect, test } from '@jest/globals';
import { applyToLines } from '../../../../lambda/domain/apply-cancellation.ts';
import type { Decision } from '../../../../lambda/domain/decide-cancellation.ts';
import { areEqualAmounts, zeroAmounts } from '../../../../lambda/domain/line-amounts.ts';
import { type OrderLine, remainingOf } from '../../../../lambda/domain/order.ts';
import { restOfLine } from '../../../../lambda/domain/rest-of-line.ts';
import type { RuleReason, RuleViolation } from '../../../../lambda/domain/rule-violation.ts';
import { decideOn, reachableLines, type SmallItem, type SmallLine } from '../../../support/small-lines.ts';

// Not drawn at random: every line of up to 3 units at up to 6, in every state, and every item for it.
const lines = reachableLines();
const cases = lines.flatMap((state) => state.items.map((item) => ({ state, item, decision: state.decide(item) })));
type Case = (typeof cases)[number];

function textOf({ line }: SmallLine): string {
  const { units, amountMinor, taxMinor } = remainingOf(line);
  return `${line.quantity} x ${line.unitAmountMinor} (${line.unitTaxMinor}): ${units}, ${amountMinor} (${taxMinor}) left`;
}

/** The cases in which a law does not hold, as texts. */
function exceptions(law: (one: Case) => boolean): string[] {
  return cases.filter((one) => !law(one)).map(({ state, item }) => `${textOf(state)}; sent ${item.join(', ')}`);
}

/** Whether quantity and amount are within what is left: everything that a rule says but those about taxes. */
function isWithin({ line }: SmallLine, [quantity, amount]: SmallItem): boolean {
  const { units, amountMinor } = remainingOf(line);
  return (amount > 0 || line.unitAmountMinor === 0n) && quantity <= units && BigInt(quantity * amount) <= amountMinor;
}

function violationOf(decision: Decision, reason: RuleReason): RuleViolation | undefined {
  return decision.ok ? undefined : decision.violations.find((violation) => violation.reason === reason);
}

/** The lines for which a law does not hold, as texts. */
function exceptionsOfLines(law: (line: OrderLine) => boolean): string[] {
  return lines.filter(({ line }) => !law(line)).map(textOf);
}

function hasUnitsForItsAmount(line: OrderLine): boolean {
  const { units, amountMinor } = remainingOf(line);
  return line.unitAmountMinor === 0n || (amountMinor === 0n) === (units === 0);
}

/** Whether the steps for the rest of a line are accepted, two at most, and leave nothing of it. */
function isEmptiedByItsSteps(line: OrderLine): boolean {
  const steps = restOfLine(line);
  let emptied = line;
  for (const { quantity, amountMinor } of steps) {
    const decision = decideOn(emptied, [quantity, Number(amountMinor), undefined]);
    const [next] = decision.ok ? applyToLines([emptied], decision.cancellation.items) : [];
    if (next === undefined) return false;
    emptied = next;
  }
  return steps.length <= 2 && areEqualAmounts(remainingOf(emptied), zeroAmounts);
}

function isAllThatIsLeft({ state, item, decision }: Case): boolean {
  return decision.ok && BigInt(item[0] * item[1]) === remainingOf(state.line).amountMinor;
}

test('there are thousands of states', () => {
  expect(lines.length).toBeGreaterThan(2500);
});

describe('in every state', () => {
  test('not more tax is left than amount, so none once the amount is gone', () => {
    expect(exceptionsOfLines((line) => remainingOf(line).taxMinor <= remainingOf(line).amountMinor)).toEqual([]);
  });

  test('units are left exactly where an amount is, unless the line is free', () => {
    expect(exceptionsOfLines(hasUnitsForItsAmount)).toEqual([]);
  });

  test('the steps for the rest of the line empty it, of units and tax too, in two requests at most', () => {
    expect(exceptionsOfLines(isEmptiedByItsSteps)).toEqual([]);
  });

  test('two steps are named only where no quantity x amount is all that is left', () => {
    const avoidable = new Set(cases.filter(isAllThatIsLeft).map(({ state }) => state));
    expect(lines.filter((state) => avoidable.has(state) && restOfLine(state.line).length > 1).map(textOf)).toEqual([]);
  });
});

test('a request without taxAmount is accepted exactly where quantity and amount are within what is left', () => {
  expect(
    exceptions(({ state, item, decision }) => item[2] !== undefined || decision.ok === isWithin(state, item)),
  ).toEqual([]);
});

const reasonsOfTax: ReadonlySet<RuleReason> = new Set([
  'TAX_EXCEEDS_UNIT_TAX',
  'TAX_EXCEEDS_AMOUNT',
  'TAX_EXCEEDS_REMAINING',
  'TAX_LEFT_OVER',
  'AMOUNT_WITHOUT_TAX',
]);

function taxReasons(decision: Decision): RuleReason[] {
  const reasons = decision.ok ? [] : decision.violations.map(({ reason }) => reason);
  return reasons.filter((reason) => reasonsOfTax.has(reason));
}

/** Section 3 of the contract, read once more. */
function expectedReasons({ line }: SmallLine, [quantity, amount, tax]: SmallItem): string {
  if (tax === undefined) return '';
  const [unitAmount, unitTax] = [Number(line.unitAmountMinor), Number(line.unitTaxMinor)];
  const left = { amount: Number(remainingOf(line).amountMinor), tax: Number(remainingOf(line).taxMinor) };
  const leavesOver = (unit: number) => {
    const isWithinLeft = quantity * amount <= left.amount && quantity * unit <= left.tax;
    return isWithinLeft && left.tax - quantity * unit > left.amount - quantity * amount;
  };
  const isNet = unitTax > 0 && tax === unitTax && amount === unitAmount - unitTax;
  const broken: ReadonlyArray<readonly [RuleReason, boolean]> = [
    ['TAX_EXCEEDS_UNIT_TAX', tax > unitTax],
    ['TAX_EXCEEDS_AMOUNT', tax > amount],
    ['TAX_EXCEEDS_REMAINING', quantity * tax > left.tax],
    ['TAX_LEFT_OVER', leavesOver(tax)],
    ['AMOUNT_WITHOUT_TAX', isNet && !leavesOver(tax - 1)],
  ];
  return broken.flatMap(([reason, isBroken]) => (isBroken ? [reason] : [])).join(' ');
}

test('a tax that is sent breaks exactly the rules of the contract', () => {
  expect(
    exceptions(({ state, item, decision }) => taxReasons(decision).join(' ') === expectedReasons(state, item)),
  ).toEqual([]);
});

/** What a violation about taxes names, as items. */
function namedBy({ reason, shown, orElse }: RuleViolation, [quantity, amount]: SmallItem): SmallItem[] {
  const withoutTax: SmallItem = [quantity, amount, undefined];
  if (shown === undefined) return [withoutTax];
  if (reason === 'TAX_LEFT_OVER') return [withoutTax, [quantity, amount, Number(shown)]];
  if (reason !== 'AMOUNT_WITHOUT_TAX') return [withoutTax];
  return [withoutTax, [quantity, amount, Number(orElse)], [quantity, Number(shown), undefined]];
}

describe('what a refusal names is accepted', () => {
  test('every way out of a wrong tax, where quantity and amount are within what is left', () => {
    expect(
      exceptions(({ state, item, decision }) => {
        if (decision.ok || !isWithin(state, item)) return true;
        const named = decision.violations.flatMap((violation) => namedBy(violation, item));
        return named.length > 0 && named.every((other) => state.decide(other).ok);
      }),
    ).toEqual([]);
  });

  test('the least unit tax that does not leave too much is named, and none where none does', () => {
    expect(
      exceptions(({ state, item, decision }) => {
        const violation = violationOf(decision, 'TAX_LEFT_OVER');
        if (violation === undefined || !isWithin(state, item)) return true;
        const [quantity, amount, sent = 0] = item;
        const taxes = Array.from({ length: Number(state.line.unitTaxMinor) + 1 }, (_value, tax) => tax);
        const least = taxes.find((tax) => tax > sent && state.decide([quantity, amount, tax]).ok);
        return violation.shown === (least === undefined ? undefined : String(least));
      }),
    ).toEqual([]);
  });

  test('the largest amount with the quantity that is named beside it, where one has to be more than 0', () => {
    expect(
      exceptions(({ state, item, decision }) => {
        const violation = violationOf(decision, 'AMOUNT_NOT_POSITIVE');
        if (violation === undefined) return true;
        const { shown, withQuantity } = violation;
        if (shown === undefined) return remainingOf(state.line).units === 0;
        const [quantity, amount] = [Number(withQuantity), Number(shown)];
        const isMore =
          BigInt(amount) < state.line.unitAmountMinor && state.decide([quantity, amount + 1, undefined]).ok;
        return quantity <= item[0] && state.decide([quantity, amount, undefined]).ok && !isMore;
      }),
    ).toEqual([]);
  });
});
