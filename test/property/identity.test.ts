import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { CancellationRequest, RefundAccount } from '../../lambda/domain/cancellation.ts';
import { refundMethods } from '../../lambda/domain/order.ts';
import { memoryService } from '../../tools/in-memory/memory-service.ts';
import { capturedOrder, requestFor, wishes } from '../support/arbitraries.ts';
import { dataOf, send } from '../support/send.ts';

/** An account in its plainest spelling. Some numbers can be sent as a number as well. */
const account = fc.record({
  accountNumber: fc.stringMatching(/^[1-9][0-9]{5,14}$/),
  bankCode: fc.stringMatching(/^[0-9A-Z]{3,8}$/),
  accountHolderName: fc.stringMatching(/^[A-Za-zéèüçñ가힣]{1,20}$/),
});

/** How somebody may write it: where a hyphen or a space is put, and whether the rest is changed. */
interface Spelling {
  readonly at: number;
  readonly separator: '-' | ' ' | '';
  readonly isNumber: boolean;
  readonly isDecomposed: boolean;
}

const spelling: fc.Arbitrary<Spelling> = fc.record({
  at: fc.nat({ max: 8 }),
  separator: fc.constantFrom('-', ' ', ''),
  isNumber: fc.boolean(),
  isDecomposed: fc.boolean(),
});

function spelled(plain: Required<RefundAccount>, { at, separator, isNumber, isDecomposed }: Spelling): RefundAccount {
  const split = (text: string, by: string) => `${text.slice(0, at)}${by}${text.slice(at)}`;
  const number = String(plain.accountNumber);
  const holder = plain.accountHolderName;
  return {
    accountNumber: isNumber ? Number(number) : split(number, separator === ' ' ? '' : separator),
    bankCode: split(plain.bankCode, separator),
    accountHolderName: isDecomposed ? holder.normalize('NFD') : holder.normalize('NFC'),
  };
}

/** The request with a tax in every item, or in none. */
function taxed(request: CancellationRequest, hasTax: boolean, untaxedSeqs: ReadonlySet<number>): CancellationRequest {
  const items = request.items.map(({ taxAmount: _taxAmount, ...item }) =>
    hasTax && untaxedSeqs.has(item.seq) ? { ...item, taxAmount: 0 } : item,
  );
  return { ...request, items };
}

const repeats = fc.array(fc.record({ spelling, hasTax: fc.boolean() }), { minLength: 2, maxLength: 4 });
const key = fc.option(fc.constant('K'), { nil: undefined });

test('equal cancellations take effect once, however the account is spelled, with the tax of an untaxed line or without', async () => {
  await fc.assert(
    fc.asyncProperty(
      capturedOrder,
      fc.constantFrom(...refundMethods),
      wishes,
      account,
      repeats,
      key,
      async (captured, refundMethod, wished, plain, sent, idempotencyKey) => {
        const service = memoryService([{ ...captured, refundMethod }]);
        const untaxedSeqs = new Set(captured.lines.filter((line) => line.unitTaxMinor === 0n).map(({ seq }) => seq));
        const headers = { 'X-Currency-Code': captured.currencyCode, 'X-Idempotency-Key': idempotencyKey };
        const request = requestFor(captured, wished);
        const responses = [];
        for (const each of sent) {
          const refundAccount = spelled(plain, each.spelling);
          responses.push(
            await send(service, { ...taxed(request, each.hasTax, untaxedSeqs), refundAccount }, { headers }),
          );
        }
        const [first, ...others] = responses;
        fc.pre(first?.status === 200);
        expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
        expect(new Set(responses.map((response) => dataOf(response).returnRequestId)).size).toBe(1);
        expect(service.records.size).toBe(1);
        expect([...service.orders.values()].map(({ version }) => version)).toEqual([2]);
      },
    ),
  );
});

test('whatever tax or account a repetition without a key has, nothing is canceled a second time', async () => {
  const tax = fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      capturedOrder,
      wishes,
      fc.array(fc.record({ refundAccount: account, tax }), { maxLength: 4 }),
      async (captured, wished, others) => {
        const service = memoryService([{ ...captured, refundMethod: 'BANK_ACCOUNT' }]);
        const headers = { 'X-Currency-Code': captured.currencyCode };
        const refundAccount = { accountNumber: '110-1', bankCode: '004', accountHolderName: 'Kim' };
        const request = { ...taxed(requestFor(captured, wished), false, new Set()), refundAccount };
        const { status } = await send(service, request, { headers });
        fc.pre(status === 200);
        for (const other of others) {
          const items = request.items.map((item) => ({
            ...item,
            ...(other.tax !== undefined && { taxAmount: other.tax }),
          }));
          const response = await send(service, { ...request, items, refundAccount: other.refundAccount }, { headers });
          // 200 is a replay: an account of the same 16 bits passes as the same one.
          expect([409, 200]).toContain(response.status);
        }
        expect([...service.orders.values()].map(({ version }) => version)).toEqual([2]);
      },
    ),
  );
});
