import { hash } from 'node:crypto';
import type { RefundAccount } from '../domain/cancellation.ts';

/**
 * The first 16 bits (hex) of the SHA-256 of a refund account, in the form in which accounts are compared: Unicode NFC,
 * the number without hyphens and as text, the bank code without spaces and hyphens (contract, section 4). Enough to
 * notice another account, but too little to find out the number. Of 65,536 other accounts one passes as the same: then a
 * request is replayed that should be refused, and nothing is paid twice.
 */
export function accountTagOf({ accountNumber = '', bankCode = '', accountHolderName = '' }: RefundAccount): string {
  const canonical = [
    String(accountNumber).normalize('NFC').replaceAll('-', ''),
    bankCode.normalize('NFC').replaceAll(/[ -]/g, ''),
    accountHolderName.normalize('NFC'),
  ];
  return hash('sha256', JSON.stringify(canonical), 'hex').slice(0, 4);
}
