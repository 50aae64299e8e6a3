import { Ajv } from 'ajv';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Where a walk over the tables stands. It is kept in a file after every page, so that an audit can be resumed. */
export interface Progress {
  /** Which tables: a progress file belongs to one place. */
  readonly place: string;
  readonly orders: SegmentProgress[];
  readonly cancellations: SegmentProgress[];
  readonly counts: Counts;
  /** The violations so far, as they were told: a resumed audit tells them again. No more than can be read. */
  readonly violations: string[];
}

export const maxKeptViolations = 1000;

export interface SegmentProgress {
  /** The key to go on from; absent at the start. */
  cursor?: Record<string, unknown>;
  isDone: boolean;
}

export interface Counts {
  orders: number;
  canceledOrders: number;
  records: number;
  violations: number;
}

export function newProgress(place: string, segments: number): Progress {
  const start = () => Array.from({ length: segments }, (): SegmentProgress => ({ isDone: false }));
  return {
    place,
    orders: start(),
    cancellations: start(),
    counts: noCounts(),
    violations: [],
  };
}

export function noCounts(): Counts {
  return { orders: 0, canceledOrders: 0, records: 0, violations: 0 };
}

export function addCounts(total: Counts, more: Readonly<Counts>): void {
  total.orders += more.orders;
  total.canceledOrders += more.canceledOrders;
  total.records += more.records;
  total.violations += more.violations;
}

/** @throws Error in one line when the file is of other tables or is not a progress file */
export function loadProgress(file: string, place: string): Progress | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The progress file ${file} cannot be read.`, { cause: error });
  }
  const progress = parse(text);
  if (progress?.place !== place) {
    throw new Error(`${file} is not the progress of an audit of ${place}: remove it, or name another with --progress.`);
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
  required: ['place', 'orders', 'cancellations', 'counts', 'violations'],
  properties: {
    place: { type: 'string' },
    orders: { $ref: '#/$defs/segments' },
    cancellations: { $ref: '#/$defs/segments' },
    counts: {
      type: 'object',
      required: Object.keys(noCounts()),
      additionalProperties: { type: 'integer', minimum: 0 },
    },
    violations: { type: 'array', items: { type: 'string' } },
  },
  $defs: {
    segments: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', required: ['isDone'], properties: { isDone: { type: 'boolean' } } },
    },
  },
});

/** Written beside and renamed, so that there is a whole file at every moment. */
export function saveProgress(file: string, progress: Progress): void {
  writeFileSync(`${file}.new`, JSON.stringify(progress));
  renameSync(`${file}.new`, file);
}

export function removeProgress(file: string): void {
  rmSync(file, { force: true });
}
