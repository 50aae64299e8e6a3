import { Ajv } from 'ajv';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** What was found, on one page or so far. */
export interface Findings {
  readonly counts: Counts;
  /** As they were printed: a resumed audit prints them again. */
  readonly violations: string[];
}

/** Where a walk over the tables stands. It is kept in a file after every page, so that an audit can be resumed. */
export interface Progress extends Findings {
  /** A progress file belongs to one place, and there to one set of tables. */
  readonly of: AuditedTables;
  /** When it was saved, epoch milliseconds. */
  savedAtMs: number;
  readonly orders: SegmentProgress[];
  readonly cancellations: SegmentProgress[];
  /** Two walks over the store keys, see store-keys.ts. */
  readonly storeKeys: SegmentProgress[];
  readonly hashKeys: SegmentProgress[];
}

/** All segments of all walks. */
export function segmentsOf({ orders, cancellations, storeKeys, hashKeys }: Progress): SegmentProgress[] {
  return [...orders, ...cancellations, ...storeKeys, ...hashKeys];
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
  violations: number;
}

export function newProgress(of: AuditedTables, segments: number): Progress {
  const start = () => Array.from({ length: segments }, (): SegmentProgress => ({ isDone: false }));
  return {
    of,
    savedAtMs: 0,
    orders: start(),
    cancellations: start(),
    storeKeys: start(),
    hashKeys: start(),
    ...noFindings(),
  };
}

export function noFindings(): Findings {
  return { counts: { orders: 0, canceledOrders: 0, records: 0, storeKeys: 0, violations: 0 }, violations: [] };
}

export function addFindings({ counts, violations }: Findings, more: Findings): void {
  counts.orders += more.counts.orders;
  counts.canceledOrders += more.counts.canceledOrders;
  counts.records += more.counts.records;
  counts.storeKeys += more.counts.storeKeys;
  counts.violations += more.counts.violations;
  violations.push(...more.violations.slice(0, maxKeptViolations - violations.length));
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
  const progress = parse(text);
  const instead = 'name another with --progress, or start anew with --restart';
  if (progress?.of.place !== of.place) {
    throw new Error(`${file} is not the progress of an audit of ${of.place}: ${instead}.`);
  }
  if (progress.of.identity !== of.identity) {
    throw new Error(`${file} is the progress of an audit of tables that others have replaced since: ${instead}.`);
  }
  return progress;
}

function parse(text: string): Progress | undefined {
  try {
    const parsed = JSON.parse(text) as unknown;
    return isProgress(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const isProgress = new Ajv().compile<Progress>({
  type: 'object',
  required: ['of', 'savedAtMs', 'orders', 'cancellations', 'storeKeys', 'hashKeys', 'counts', 'violations'],
  properties: {
    of: {
      type: 'object',
      required: ['place', 'identity'],
      properties: { place: { type: 'string' }, identity: { type: 'string' } },
    },
    savedAtMs: { type: 'integer', minimum: 0 },
    orders: { $ref: '#/$defs/segments' },
    cancellations: { $ref: '#/$defs/segments' },
    storeKeys: { $ref: '#/$defs/segments' },
    hashKeys: { $ref: '#/$defs/segments' },
    counts: {
      type: 'object',
      required: Object.keys(noFindings().counts),
      additionalProperties: { type: 'integer', minimum: 0 },
    },
    violations: { type: 'array', items: { type: 'string' } },
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
