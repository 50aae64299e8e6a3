import { Ajv } from 'ajv';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { addListing, emptyListing, type Listing } from './listing.ts';

/** What was found, on one page or so far. */
export interface Findings {
  readonly counts: Counts;
  /** As they were printed: a resumed audit prints them again. */
  readonly violations: string[];
  /** Refunds that are no violation, and that somebody should know of: they are printed at the end. */
  readonly refunds: RefundListings;
}

export interface RefundListings {
  readonly failed: Listing;
  /** Requested long ago, and neither paid nor failed. */
  readonly waiting: Listing;
  /** Unfinished, with an account that ends soon. */
  readonly ending: Listing;
}

/** Progress files of other versions are refused: they know other walks. */
const version = 2;

/** Where a walk over the tables stands. It is kept in a file after every page, so that an audit can be resumed. */
export interface Progress extends Findings {
  readonly version: typeof version;
  /** A progress file belongs to one place, and there to one set of tables. */
  readonly of: AuditedTables;
  /** When it was saved, epoch milliseconds. */
  savedAtMs: number;
  readonly orders: SegmentProgress[];
  readonly cancellations: SegmentProgress[];
  /** Two walks over the store keys, see store-keys.ts. */
  readonly storeKeys: SegmentProgress[];
  readonly hashKeys: SegmentProgress[];
  readonly executions: SegmentProgress[];
  readonly refundAccounts: SegmentProgress[];
}

/** All segments of all walks. */
export function segmentsOf(progress: Progress): SegmentProgress[] {
  return walks.flatMap((name) => progress[name]);
}

export interface AuditedTables {
  readonly place: string;
  /** See identifyTables. */
  readonly identity: string;
}

/** At most this many violations are kept: nobody reads more. */
const maxKeptViolations = 1000;

export interface SegmentProgress {
  /** The key to continue after; absent at the start. */
  cursor?: Record<string, unknown>;
  isDone: boolean;
}

export interface Counts {
  orders: number;
  canceledOrders: number;
  records: number;
  storeKeys: number;
  executions: number;
  refundAccounts: number;
  /** Records of a time when nobody was asked for refunds. */
  oldRecords: number;
  violations: number;
}

export function newProgress(of: AuditedTables, segments: number): Progress {
  const start = () => Array.from({ length: segments }, (): SegmentProgress => ({ isDone: false }));
  return {
    version,
    of,
    savedAtMs: 0,
    orders: start(),
    cancellations: start(),
    storeKeys: start(),
    hashKeys: start(),
    executions: start(),
    refundAccounts: start(),
    ...noFindings(),
  };
}

export function noFindings(): Findings {
  return {
    counts: {
      orders: 0,
      canceledOrders: 0,
      records: 0,
      storeKeys: 0,
      executions: 0,
      refundAccounts: 0,
      oldRecords: 0,
      violations: 0,
    },
    violations: [],
    refunds: { failed: emptyListing(), waiting: emptyListing(), ending: emptyListing() },
  };
}

export function addFindings({ counts, violations, refunds }: Findings, more: Findings): void {
  for (const name of Object.keys(counts) as Array<keyof Counts>) counts[name] += more.counts[name];
  violations.push(...more.violations.slice(0, maxKeptViolations - violations.length));
  for (const name of Object.keys(refunds) as Array<keyof RefundListings>) {
    addListing(refunds[name], more.refunds[name]);
  }
}

/** Undefined if there is no file. @throws Error in one line if it is of other tables or not a progress file */
export function loadProgress(file: string, of: AuditedTables): Progress | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The progress file ${file} cannot be read: name another with --progress.`, { cause: error });
  }
  const parsed = parse(text);
  const instead = 'name another with --progress, or start anew with --restart';
  if (isOfOtherVersion(parsed)) {
    throw new Error(`${file} is the progress of an audit of another version: ${instead}.`);
  }
  const progress = isProgress(parsed) ? parsed : undefined;
  if (progress?.of.place !== of.place) {
    throw new Error(`${file} is not the progress of an audit of ${of.place}: ${instead}.`);
  }
  if (progress.of.identity !== of.identity) {
    throw new Error(`${file} is the progress of an audit of tables that others have replaced since: ${instead}.`);
  }
  return progress;
}

/** Whether it is a progress, but not one that this version continues. The first version had no number. */
function isOfOtherVersion(parsed: unknown): boolean {
  const { of, version: saved } = (parsed ?? {}) as { readonly of?: unknown; readonly version?: unknown };
  return of !== undefined && saved !== version;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const walks = [
  'orders',
  'cancellations',
  'storeKeys',
  'hashKeys',
  'executions',
  'refundAccounts',
] as const satisfies Array<keyof Progress>;

const isProgress = new Ajv().compile<Progress>({
  type: 'object',
  required: ['version', 'of', 'savedAtMs', ...walks, 'counts', 'violations', 'refunds'],
  properties: {
    version: { const: version },
    of: {
      type: 'object',
      required: ['place', 'identity'],
      properties: { place: { type: 'string' }, identity: { type: 'string' } },
    },
    savedAtMs: { type: 'integer', minimum: 0 },
    ...Object.fromEntries(walks.map((name) => [name, { $ref: '#/$defs/segments' }])),
    counts: {
      type: 'object',
      required: Object.keys(noFindings().counts),
      additionalProperties: { type: 'integer', minimum: 0 },
    },
    violations: { type: 'array', items: { type: 'string' } },
    refunds: {
      type: 'object',
      required: Object.keys(noFindings().refunds),
      additionalProperties: {
        type: 'object',
        required: ['count', 'first'],
        properties: {
          count: { type: 'integer', minimum: 0 },
          first: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
  $defs: {
    segments: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['isDone'],
        properties: { isDone: { type: 'boolean' }, cursor: { type: 'object' } },
      },
    },
  },
});

/** Writes a second file and renames it, so that the file is complete at every moment. @throws Error in one line */
export function saveProgress(file: string, progress: Progress, nowMs: number): void {
  progress.savedAtMs = nowMs;
  try {
    writeFileSync(`${file}.new`, JSON.stringify(progress));
    renameSync(`${file}.new`, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`The progress file ${file} cannot be written (${code}): name another with --progress.`, {
      cause: error,
    });
  }
}

export function removeProgress(file: string): void {
  rmSync(file, { force: true });
}
