import { hash } from 'node:crypto';
import type { CancellationRequest } from '../domain/cancellation.ts';

/**
 * SHA-256 (hex) of the canonical form of a request, so that two requests for the same cancellation have the same
 * digest, however they are written. In the canonical form items are sorted by seq, an absent taxAmount is 0, an account
 * number is text, and a refund account without fields is the same as none.
 *
 * Records keep this digest for ever. If the canonical form changed, a retry that spans the deployment would look like
 * another request: so it may only be extended by fields that older requests do not have.
 */
export function requestDigestOf({ orderNo, totalCancelAmount, refundAccount, items }: CancellationRequest): string {
  const { accountNumber, bankCode, accountHolderName } = refundAccount ?? {};
  // JSON writes a number as its shortest decimal: 2000, 2000.0 and 2e3 become the same text, and so do 0 and -0.
  const canonical = [
    orderNo,
    totalCancelAmount,
    [accountNumber === undefined ? null : String(accountNumber), bankCode ?? null, accountHolderName ?? null],
    items
      .toSorted((one, other) => one.seq - other.seq)
      .map(({ seq, itemType, itemId, quantity, amount, taxAmount = 0 }) => [
        seq,
        itemType,
        itemId,
        quantity,
        amount,
        taxAmount,
      ]),
  ];
  return hash('sha256', JSON.stringify(canonical), 'hex');
}
