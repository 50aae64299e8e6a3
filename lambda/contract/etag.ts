/**
 * The ETag of an order: it names one state of it, because every change raises the version (contract, section 1).
 * Strong, and so in double quotes.
 */
export function etagOf({ orderNo, version }: { readonly orderNo: string; readonly version: number }): string {
  return `"${orderNo}.${version}"`;
}

const etag = '"[A-Za-z0-9._-]{1,64}\\.[1-9][0-9]{0,15}"';

/** A pattern of the ETag of a response. */
export const etagPattern = `^${etag}$`;

/** A pattern of If-Match: any state, or one ETag. A proxy may have called it weak. */
export const ifMatchPattern = `^(?:\\*|(?:W/)?${etag})$`;

/** Whether an order is in the state that If-Match names. A version is exact, so a weak ETag is as good as a strong one. */
export function matchesEtag(ifMatch: string, etag: string): boolean {
  return ifMatch === '*' || ifMatch.replace(/^W\//, '') === etag;
}
