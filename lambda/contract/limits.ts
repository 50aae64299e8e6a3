import type { Localized } from './language.ts';

// The bounds of requests and responses (contract, section 6), and the texts about those that several fields share.

export const maxBodyBytes = 64 * 1024;
export const maxItems = 100;
export const maxCount = 1_000_000;

/** Cancellations in one response of the detail call: the most, and the number for a request without limit. */
export const maxPageSize = 100;
export const defaultPageSize = 20;

/** An order with more cancellations than this has none of them listed. */
export const maxListedCancellations = 1000;

/** A response lists at most this many errors: nobody sends a body with more by mistake. */
export const maxListedErrors = 1000;

/** Order numbers, item ids, stores, divisions and channels. No slash: it separates the parts of a table's keys. */
export const identifierPattern = '^[A-Za-z0-9._-]{1,64}$';
export const accountNumberPattern = '^[0-9A-Za-z-]{1,34}$';

export const identifierText: Localized = {
  en: '1 to 64 characters of A-Z a-z 0-9 . _ -',
  ko: 'A-Z a-z 0-9 . _ - 문자로 된 1~64자',
};
export const identifierFieldText: Localized = {
  en: `a string of ${identifierText.en}`,
  ko: `${identifierText.ko}의 문자열`,
};
