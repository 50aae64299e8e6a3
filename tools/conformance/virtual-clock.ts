interface Planned {
  readonly atMs: number;
  readonly happen: () => void;
}

/** A clock that jumps to the next thing that was planned. What is planned for one instant happens as it was planned. */
export class VirtualClock {
  nowMs: number;
  readonly #planned: Planned[] = [];

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  after(delayMs: number, happen: () => void): void {
    const atMs = this.nowMs + delayMs;
    const later = this.#planned.findIndex((planned) => planned.atMs > atMs);
    this.#planned.splice(later < 0 ? this.#planned.length : later, 0, { atMs, happen });
  }

  async pause(delayMs: number): Promise<void> {
    await new Promise<void>((resolve) => this.after(delayMs, resolve));
  }

  /** Lets the next thing happen. @returns false when nothing is planned */
  next(): boolean {
    const planned = this.#planned.shift();
    if (planned === undefined) return false;
    this.nowMs = planned.atMs;
    planned.happen();
    return true;
  }
}

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
