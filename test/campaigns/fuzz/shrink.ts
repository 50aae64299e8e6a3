import type { Finding } from './finding.ts';
import { type FuzzRequest, signedBytesOf, withBytes } from './request.ts';

/** How often a smaller request is tried. */
const maxTries = 400;

/**
 * Leaves out as much of the body as it can with a flaw remaining, in halves first, then in ever smaller parts. Bytes are a
 * line that it walks along once for each length; a plan of the simulator is a tree, and has a shrinker of its own.
 */
export async function shrunk(
  found: Finding,
  check: (request: FuzzRequest) => Promise<Finding | undefined>,
): Promise<Finding> {
  let smallest = found;
  let length = Math.ceil(signedBytesOf(found.request).length / 2);
  for (let tries = 0, start = 0; tries < maxTries && length >= 1; tries += 1) {
    const bytes = signedBytesOf(smallest.request);
    if (start >= bytes.length) {
      length = Math.floor(length / 2);
      start = 0;
      continue;
    }
    const rest = Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]);
    const finding = await check(withBytes(smallest.request, rest));
    if (finding) smallest = finding;
    else start += length;
  }
  return smallest;
}
