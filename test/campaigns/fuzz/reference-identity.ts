// Independent of the service on purpose, as reference.ts is: section 4 of the contract.

import type { Order } from '../../../lambda/domain/order.ts';
import { isSameAccount } from './reference-account.ts';
import { isVoid } from './reference-rules.ts';
import type { Asked } from './reference-schema.ts';
import { type ExpectedError, sure } from './verdict.ts';

/** A cancellation that was applied. */
export interface Past {
  readonly asked: Asked;
  /** Whether the account says anything: of a refund to an account, which a void and a refund to the payment are not. */
  readonly hasAccount: boolean;
  readonly atMs: number;
  readonly etag: string;
  readonly returnRequestId: string;
  readonly dataText: string;
}

/** What a cancellation of an order is known by: the key that was sent, or all that says what is canceled but tax and account. */
export function keyOf(asked: Asked, sent: string | undefined): string {
  const of = sent === undefined ? identityOf(asked) : `sent ${sent}`;
  return `${asked.orderNo} ${of}`;
}

function identityOf({ total, items }: Asked): string {
  const texts = items.map(({ seq, itemType, itemId, quantity, amount }) =>
    [seq, itemType, itemId, quantity, amount].join(' '),
  );
  // One cancellation in whatever sequence its items stand.
  return [total, ...texts.sort()].join();
}

/** What a request says otherwise than the one that was applied, or undefined where it is another one altogether. */
export function differences(past: Past, asked: Asked, order: Order): ExpectedError[] | undefined {
  if (identityOf(past.asked) !== identityOf(asked)) return undefined;
  const taxes = asked.items.flatMap(({ seq, tax }, index) => {
    const hasTax = order.lines.some((line) => line.seq === seq && line.unitTaxMinor > 0n);
    const before = past.asked.items.find((item) => item.seq === seq)?.tax;
    return hasTax && before !== tax ? [sure(`/items/${index}/taxAmount`, 'DUPLICATE_CANCELLATION')] : [];
  });
  const isAccount = past.hasAccount && !isSameAccount(past.asked.account, asked.account);
  return isAccount ? [...taxes, sure('/refundAccount', 'DUPLICATE_CANCELLATION')] : taxes;
}

export function saysAccount(order: Order): boolean {
  return !isVoid(order) && order.refundMethod === 'BANK_ACCOUNT';
}
