import type { Order } from '../../../lambda/domain/order.ts';
import { lineOf, orderOf } from '../../../tools/in-memory/orders.ts';
import { Reference } from './reference.ts';
import { type FuzzRequest, type Header, headersFor } from './request.ts';
import type { Verdict } from './verdict.ts';
import { sender } from './world.ts';

export interface Sent {
  /** Quantity, amount, tax of items for the first line, and the total where it is not their sum. */
  readonly items: ReadonlyArray<readonly [quantity: number, amount: number, tax?: number]>;
  readonly total?: number;
  readonly account?: object;
  readonly headers?: readonly Header[];
  readonly afterMs?: number;
}

export const ofLine = (quantity: number, amount: bigint, tax: bigint, overrides: Partial<Order> = {}) =>
  orderOf({
    storeId: sender.storeId,
    orderNo: 'A',
    lines: [lineOf({ quantity, unitAmountMinor: amount, unitTaxMinor: tax })],
    ...overrides,
  });
export const bank = { refundMethod: 'BANK_ACCOUNT' } as const;
export const holder = { accountNumber: '110-123-456789', bankCode: 'B 1', accountHolderName: 'Jos\u00e9' };

export function bodyOf({ items, total, account }: Sent): object {
  return {
    orderNo: 'A',
    totalCancelAmount: total ?? items.reduce((sum, [quantity, amount]) => sum + quantity * amount, 0),
    refundAccount: account,
    items: items.map(([quantity, amount, taxAmount]) => {
      return { seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity, amount, taxAmount };
    }),
  };
}

export function requestOf(body: object | string, currencyCode = 'KRW', more: readonly Header[] = []): FuzzRequest {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const headers = headersFor(bytes, currencyCode).filter(([name]) => !more.some(([other]) => other === name));
  return { body: bytes.toString('base64'), isBase64Encoded: true, headers: [...headers, ...more] };
}

/** What comes of the last of some requests, each of which is applied where it may be. */
export function lastOf(order: Order, sent: readonly Sent[]) {
  const reference = new Reference([order]);
  let verdict: Verdict = { responses: [] };
  sent.forEach((one, index) => {
    const request = requestOf(bodyOf(one), order.currencyCode, one.headers);
    verdict = reference.verdictOn(request, one.afterMs ?? 0);
    verdict.apply?.({ returnRequestId: `RETREQ${index}` } as never);
  });
  const errors = (verdict.errors ?? []).filter(({ isSure }) => isSure);
  return {
    verdict,
    after: reference.orderOf('A'),
    named: errors.map(({ place, reasons }) => `${reasons[0]} ${place}`),
  };
}

export const responseTo = (order: Order, ...sent: Sent[]) => {
  const { verdict, named } = lastOf(order, sent);
  const kind = verdict.replayed === undefined ? verdict.responses.join(' or ') : 'replay';
  return [kind, ...named].join(', ');
};
