// Independent of the service on purpose, as reference.ts is: section 3 and 4 of the contract, what it says of accounts.

import { isSafeInteger, type Json } from './reference-json.ts';

/** A refund account as it was sent, its number as text. */
export interface Account {
  readonly accountNumber?: string;
  readonly bankCode?: string;
  readonly accountHolderName?: string;
}

export type AccountField = keyof Account;
export const accountFields: readonly AccountField[] = ['accountNumber', 'bankCode', 'accountHolderName'];

/** Whether a bank can pay to what was sent in this field. */
export function isPayable(field: AccountField, value: Json): boolean {
  if (value.kind === 'number') {
    return field === 'accountNumber' && isSafeInteger(value.source) && Number(value.source) > 0;
  }
  if (value.kind !== 'string') return false;
  if (field === 'accountNumber') return /^[0-9A-Za-z-]{1,34}$/.test(value.text) && /[1-9]/.test(value.text);
  return isReadable(value.text, field === 'bankCode' ? 20 : 100);
}

const isLetter = (character: string | undefined) => character !== undefined && /^[\p{L}\p{M}]$/u.test(character);
const joiners = new Set(['\u200c', '\u200d']);

function isReadable(text: string, maxLength: number): boolean {
  const characters = Array.from(text);
  const isSeen = characters.every((character, index) =>
    joiners.has(character)
      ? isLetter(characters[index - 1]) && isLetter(characters[index + 1])
      : !/^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]$/u.test(character),
  );
  return isSeen && characters.length <= maxLength && /[\p{L}\p{N}]/u.test(text);
}

/** Number or text alike. */
export function textOfAccountField(value: Json): string {
  if (value.kind === 'number') return String(BigInt(Number(value.source)));
  return value.kind === 'string' ? value.text : '';
}

/** Whether two accounts are the same one, spelled in one way or another. */
export function isSameAccount(one: Account, other: Account): boolean {
  return accountFields.every((field) => spelled(field, one[field]) === spelled(field, other[field]));
}

function spelled(field: AccountField, text: string | undefined): string | undefined {
  const normal = text?.normalize('NFC');
  if (field === 'accountNumber') return normal?.replaceAll('-', '');
  return field === 'bankCode' ? normal?.replaceAll(/[- ]/g, '') : normal;
}
