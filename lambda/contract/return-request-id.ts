const prefix = 'RETREQ';

/** The id of a cancellation: a ULID with a prefix. */
export const returnRequestIdPattern = `^${prefix}[0-9A-HJKMNP-TV-Z]{26}$`;

/** @param ulid sorts by time, and so do the ids made from it */
export function returnRequestIdOf(ulid: string): string {
  return `${prefix}${ulid}`;
}
