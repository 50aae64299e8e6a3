import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';

export const noEnd = 'There is no end to it';

/** A clock that jumps from event to event. Events of one instant happen in the sequence in which they were planned. */
export class VirtualTime {
  /** Milliseconds, whole. */
  nowMs: number;
  /** How many events have happened: the total order of a history. */
  step = 0;
  readonly #queue: Event[] = [];
  #planned = 0;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  after(delayMs: number, happen: () => void): Event {
    const event = { atMs: this.nowMs + Math.ceil(delayMs), order: this.#planned, happen, isCanceled: false };
    this.#planned += 1;
    push(this.#queue, event);
    return event;
  }

  /**
   * Lets all events happen, one by one, and all that awaits one before the next: a tick comes after every microtask.
   * @param maxSteps throws when there are more: something goes round in circles
   */
  async run(maxSteps: number): Promise<void> {
    become(this);
    try {
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          try {
            if (this.step > maxSteps) throw new Error(`${noEnd} after ${maxSteps} events.`);
            if (this.#happenNext()) queueMicrotask(afterMicrotasks);
            else resolve();
          } catch (error) {
            reject(error);
          }
        };
        const afterMicrotasks = () => process.nextTick(turn);
        turn();
      });
    } finally {
      become(undefined);
    }
  }

  /** Forgets what has not happened yet. */
  stop(): void {
    this.#queue.length = 0;
  }

  #happenNext(): boolean {
    for (let event = pop(this.#queue); event !== undefined; event = pop(this.#queue)) {
      if (event.isCanceled) continue;
      this.nowMs = event.atMs;
      this.step += 1;
      event.happen();
      return true;
    }
    return false;
  }
}

export interface Event {
  readonly atMs: number;
  readonly order: number;
  readonly happen: () => void;
  isCanceled: boolean;
}

/** The time that the timers of this thread are of. */
let current: VirtualTime | undefined;

function become(time: VirtualTime | undefined): void {
  current = time;
}

/**
 * Makes the timers of this thread those of the virtual time that runs: middy's last resort, which it takes from
 * node:timers and from the globals, and the deadlines of AbortSignal.timeout.
 */
export function replaceTimers(): void {
  const real = { setTimeout: timers.setTimeout, clearTimeout: timers.clearTimeout };
  const setVirtual = (happen: () => void, delayMs = 0): unknown =>
    current === undefined ? real.setTimeout(happen, delayMs) : current.after(delayMs, happen);
  const clearVirtual = (timer: Partial<Event> | undefined) => {
    if (timer?.isCanceled === undefined) real.clearTimeout(timer as NodeJS.Timeout);
    else timer.isCanceled = true;
  };
  Object.assign(timers, { setTimeout: setVirtual, clearTimeout: clearVirtual });
  Object.assign(globalThis, { setTimeout: setVirtual, clearTimeout: clearVirtual });
  syncBuiltinESMExports();

  const timeoutReal = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (delayMs) =>
    current === undefined ? timeoutReal(delayMs) : (new Deadline(current.nowMs + delayMs) as unknown as AbortSignal);
}

/** What AbortSignal.timeout gives in virtual time. Only the simulated network looks at it. */
export class Deadline {
  readonly atMs: number;

  constructor(atMs: number) {
    this.atMs = atMs;
  }
}

/** A binary heap, the earliest event on top. */
function push(heap: Event[], event: Event): void {
  let index = heap.length;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex] as Event;
    if (isBefore(parent, event)) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = event;
}

function pop(heap: Event[]): Event | undefined {
  const [top] = heap;
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return top;
  let index = 0;
  for (;;) {
    let childIndex = 2 * index + 1;
    if (childIndex >= heap.length) break;
    const right = heap[childIndex + 1];
    if (right !== undefined && isBefore(right, heap[childIndex] as Event)) childIndex += 1;
    const child = heap[childIndex] as Event;
    if (isBefore(last, child)) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = last;
  return top;
}

function isBefore(one: Event, other: Event): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}
