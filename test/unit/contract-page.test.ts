import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { headerRules } from '../../lambda/contract/header-rules.ts';
import {
  defaultPageSize,
  maxBodyBytes,
  maxListedCancellations,
  maxCount,
  maxItems,
  maxListedErrors,
  maxPageSize,
} from '../../lambda/contract/limits.ts';
import { reasons } from '../../lambda/contract/violations.ts';
import { gatewayRefusals, refusals } from '../../lambda/contract/result-codes.ts';
import { retryWindowMs } from '../../lambda/domain/idempotency.ts';
import { maxAmount } from '../../lambda/domain/money.ts';
import { itemTypes, paymentStatuses } from '../../lambda/domain/order.ts';
import { taxOfAmount } from '../../lambda/domain/tax-of-amount.ts';
import { rowsOf } from '../support/markdown.ts';
import { projectRoot } from '../support/run-node.ts';

const page = readFileSync(join(projectRoot, 'docs/contract.md'), 'utf8');

/** The text of a section, by its number. */
function section(number: number): string {
  const [, text = ''] = page.split(new RegExp(`^## ${number}\\. `, 'm'));
  return text.split(/^## /m, 1)[0] ?? '';
}

const missing = (names: readonly string[], text: string) => names.filter((name) => !text.includes(name));
/** The rows of the table of responses. */
const responses = rowsOf(section(5)).filter(([status = '']) => /^\d{3}$/.test(status));
const written = (number: number) => number.toLocaleString('en-US');

describe('docs/contract.md', () => {
  test('has a row for each header, which says whether it is required', () => {
    const rows = rowsOf(section(1)).map(([header = '', required]) => [header.replaceAll('`', ''), required]);
    const expected = Object.entries(headerRules).map(([name, { isRequired }]) => [name, isRequired ? 'yes' : 'no']);
    expect(rows).toEqual(expect.arrayContaining(expected));
  });

  test('has a row for each way in which the service refuses, and no other', () => {
    const rows = responses
      .filter(([status]) => status !== '200')
      .map(([status, resultCode]) => `${status} ${resultCode}`);
    const expected = Object.values(refusals).map(({ status, resultCode }) => `${status} ${resultCode}`);
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });

  test('has a row for each way in which the gateway refuses', () => {
    const statusOf: Readonly<Record<string, string>> = { DEFAULT_4XX: 'other 4xx', DEFAULT_5XX: '5xx' };
    const rows = rowsOf(section(5)).map(([from, status, resultCode]) => `${from} ${status} ${resultCode}`);
    const expected = Object.entries(gatewayRefusals).map(
      ([type, { status, resultCode }]) => `gateway ${statusOf[type] ?? status} ${resultCode}`,
    );
    expect(rows).toEqual(expect.arrayContaining(expected));
  });

  test('lists each reason with its result code, and no other', () => {
    const listed = responses.flatMap(([, , , names = '']) => names.match(/\b[A-Z]+_[A-Z_]+\b/g) ?? []);
    expect(listed.toSorted()).toEqual(reasons.toSorted());
  });

  test('names each rule of section 3 by its reason', () => {
    const [, , , rules = ''] = responses.find(([status, code]) => status === '400' && code === 'EBP-C-0004') ?? [];
    const inSection3 = rowsOf(section(3)).flatMap(([, reason = '']) => reason.match(/^[A-Z]+_[A-Z_]+/g) ?? []);
    expect(inSection3.toSorted()).toEqual(rules.split(', ').toSorted());
  });

  test('has an example of taxes that were left out that is right', () => {
    const rows = rowsOf(section(2)).filter(([item = '']) => /^1 x \d+$/.test(item));
    const numbers = rows.map((cells) => cells.map((cell) => BigInt(cell.replaceAll(/^1 x |\*/g, ''))));
    expect(numbers).toHaveLength(3);
    let remaining = { units: 1, amountMinor: 30_000n, taxMinor: 2727n };
    for (const [amount = 0n, amountLeft, taxLeft, tax] of numbers) {
      const taken = taxOfAmount(remaining, amount);
      expect([amountLeft, taxLeft, tax]).toEqual([remaining.amountMinor, remaining.taxMinor, taken]);
      remaining = { units: 1, amountMinor: remaining.amountMinor - amount, taxMinor: remaining.taxMinor - taken };
    }
    expect(remaining).toMatchObject({ amountMinor: 0n, taxMinor: 0n });
  });

  test('names each payment status and each item type', () => {
    expect(missing(paymentStatuses, section(3))).toEqual([]);
    expect(missing(itemTypes, section(6))).toEqual([]);
  });

  test('states each limit as it is', () => {
    const limits = [
      `${written(maxBodyBytes)} bytes`,
      `1 to ${maxItems}`,
      `from 1 to ${written(maxCount)}`,
      `0 to ${written(maxAmount)}`,
      `1 to ${maxPageSize}, ${defaultPageSize} by default`,
      `${maxListedCancellations} of an order`,
      `${maxListedErrors} entries`,
      written(Number.MAX_SAFE_INTEGER),
      `${retryWindowMs / (60 * 60 * 1000)} hours`,
    ];
    expect(missing(limits, section(6))).toEqual([]);
  });
});
