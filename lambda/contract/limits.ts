import type { Localized } from './language.ts';

/** Every bound of a request (contract, section 6), and how a response names those that several fields share. */
export const maxBodyBytes = 64 * 1024;
export const maxItems = 100;
export const maxCount = 1_000_000;

/** Cancellations in one response of the detail call: at most, and where the request asks for no number. */
export const maxPageSize = 100;
export const defaultPageSize = 20;

/** The cancellations of an order are listed up to this many; of an order with more, none is. */
export const maxListedCancellations = 1000;

/** A response lists at most this many errors; a body that is wrong in more places is hardly a mistake. */
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
