import { hash } from 'node:crypto';
import type { CancellationRequest } from '../domain/cancellation.ts';

/**
 * SHA-256 (hex) of the canonical request: two requests that mean the same cancellation have the same digest, however
 * they are written. Items are sorted by seq, an absent taxAmount is 0, an account number is its text, and an empty
 * refund account is none.
 *
 * Records keep this digest for ever. Changing the canonical form makes a retry across the deployment look like
 * another request, so it may only be extended by fields that are absent from older requests.
 */
export function requestDigest({ orderNo, totalCancelAmount, refundAccount, items }: CancellationRequest): string {
  const { accountNumber, bankCode, accountHolderName } = refundAccount ?? {};
  // JSON writes a number as its shortest decimal, in which 2000, 2000.0 and 2e3 are one, and so are 0 and -0.
  const canonical = [
    orderNo,
    totalCancelAmount,
    [accountNumber === undefined ? null : String(accountNumber), bankCode ?? null, accountHolderName ?? null],
    items
      .map(({ seq, itemType, itemId, quantity, amount, taxAmount = 0 }) => [
        seq,
        itemType,
        itemId,
        quantity,
        amount,
        taxAmount,
      ])
      .sort(([seq], [otherSeq]) => Number(seq) - Number(otherSeq)),
  ];
  return hash('sha256', JSON.stringify(canonical), 'hex');
}
