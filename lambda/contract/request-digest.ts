import { hash } from 'node:crypto';
import type { CancellationRequest } from '../domain/cancellation.ts';

/**
 * SHA-256 (hex) of the canonical form of a request, so that two requests for the same cancellation have the same
 * digest, however they are written. Items are sorted by seq. Taxes and the refund account are not in it: a retry that
 * spells them differently is the same cancellation (contract, section 4).
 *
 * Records keep this digest for ever. If the canonical form changed, a retry that spans the deployment would look like
 * another request: so it may only be extended by fields that older requests do not have.
 */
export function requestDigestOf({ orderNo, totalCancelAmount, items }: CancellationRequest): string {
  // JSON writes a number as its shortest decimal: 2000, 2000.0 and 2e3 become the same text, and so do 0 and -0.
  const canonical = [
    orderNo,
    totalCancelAmount,
    items
      .toSorted((one, other) => one.seq - other.seq)
      .map(({ seq, itemType, itemId, quantity, amount }) => [seq, itemType, itemId, quantity, amount]),
  ];
  return hash('sha256', JSON.stringify(canonical), 'hex');
}
