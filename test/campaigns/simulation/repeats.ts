// What section 4 of the contract says of two requests for the same cancellation, read a second time: nothing of it is
// the service's.

import type { CancellationKind, CancellationRequest, RefundAccount } from '../../../lambda/domain/cancellation.ts';
import type { Order } from '../../../lambda/domain/order.ts';

/**
 * What both requests for a cancellation of an order have in common, in whatever sequence their items are: all but taxes
 * and the refund account.
 */
export function cancellationOf({ orderNo, totalCancelAmount, items }: CancellationRequest): string {
  const lines = items.map(
    ({ seq, itemType, itemId, quantity, amount }) => `${seq} ${itemType} ${itemId} ${quantity} ${amount}`,
  );
  return [orderNo, totalCancelAmount, ...lines.sort()].join('\n');
}

/**
 * The places of a request for the same cancellation in which it says something else than the first one did.
 * @param kind of the cancellation that the first one made
 */
export function differencesFrom(
  first: CancellationRequest,
  again: CancellationRequest,
  { lines, refundMethod }: Order,
  kind: CancellationKind,
): string[] {
  const places: string[] = [];
  for (const [index, { seq, taxAmount }] of again.items.entries()) {
    const isTaxed = lines.some((line) => line.seq === seq && line.unitTaxMinor > 0n);
    const firstTax = first.items.find((item) => item.seq === seq)?.taxAmount;
    if (isTaxed && taxAmount !== firstTax) places.push(`/items/${index}/taxAmount`);
  }
  const isAccountUsed = refundMethod === 'BANK_ACCOUNT' && kind === 'REFUND';
  if (isAccountUsed && payeeOf(first.refundAccount) !== payeeOf(again.refundAccount)) places.push('/refundAccount');
  return places;
}

/** Equal for two spellings of one account. */
function payeeOf({ accountNumber = '', bankCode = '', accountHolderName = '' }: RefundAccount = {}): string {
  const number = String(accountNumber).split('-').join('');
  const bank = bankCode.split(/[\s-]/).join('');
  return [number, bank, accountHolderName].join('\n').normalize('NFC');
}
