/** What a run was made of. Plain data, which workers send to be added up. */
export interface Statistics {
  histories: number;
  /** Invocations of the function. */
  requests: number;
  wireCalls: number;
  events: number;
  commits: number;
  readonly outcomes: Record<string, number>;
  readonly faults: Record<string, number>;
  /** What DynamoDB answered instead of doing what it was asked, by itself or for a fault. */
  readonly refusals: Record<string, number>;
  /** What happened in the refund chain. */
  readonly chain: Record<string, number>;
  /** One bit per kind of interleaving that was seen. */
  readonly marks: Uint8Array;
  /** Equal for equal runs, in whatever sequence their histories are added up. */
  fingerprint: number;
}

const markBits = 22;

export function newStatistics(): Statistics {
  return {
    histories: 0,
    requests: 0,
    wireCalls: 0,
    events: 0,
    commits: 0,
    outcomes: {},
    faults: {},
    refusals: {},
    chain: {},
    marks: new Uint8Array(2 ** (markBits - 3)),
    fingerprint: 0,
  };
}

export function increment(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** @param hash of the sequence in which requests met in a history */
export function markInterleaving({ marks }: Statistics, hash: number): void {
  const place = hash >>> (32 - markBits);
  marks[place >>> 3] = (marks[place >>> 3] ?? 0) | (1 << (place & 7));
}

/** How many different interleavings were seen, estimated from the marks (linear counting). */
export function interleavings({ marks }: Statistics): number {
  let unmarked = 0;
  for (const byte of marks) for (let bit = 0; bit < 8; bit += 1) unmarked += 1 - ((byte >>> bit) & 1);
  const places = 2 ** markBits;
  return Math.round(places * Math.log(places / Math.max(1, unmarked)));
}

export function addTo(sum: Statistics, part: Statistics): void {
  for (const name of ['histories', 'requests', 'wireCalls', 'events', 'commits'] as const) sum[name] += part[name];
  for (const kind of ['outcomes', 'faults', 'refusals', 'chain'] as const) {
    for (const [name, count] of Object.entries(part[kind])) sum[kind][name] = (sum[kind][name] ?? 0) + count;
  }
  for (const [index, byte] of part.marks.entries()) sum.marks[index] = (sum.marks[index] ?? 0) | byte;
  sum.fingerprint = (sum.fingerprint + part.fingerprint) >>> 0;
}
