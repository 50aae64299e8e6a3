/** A name or an index as a segment of a JSON Pointer (RFC 6901, section 3). */
export function pointerSegment(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}
