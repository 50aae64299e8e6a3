const prefix = 'RETREQ';

/** The id of a cancellation: a ULID with a prefix. */
export const returnRequestIdPattern = `^${prefix}[0-9A-HJKMNP-TV-Z]{26}$`;

/** @param ulid sorts by time, so that ids of cancellations do too */
export function returnRequestIdOf(ulid: string): string {
  return `${prefix}${ulid}`;
}
