import { EventEmitter, once } from 'node:events';

/** What was sent and is not through yet; and whoever waits for something is woken by each change. */
export class UnderWay {
  #count = 0;
  readonly #changes = new EventEmitter();

  get isNothing(): boolean {
    return this.#count === 0;
  }

  begins(): void {
    this.#count += 1;
  }

  ends(count = 1): void {
    this.#count -= count;
    this.changed();
  }

  changed(): void {
    this.#changes.emit('changed');
  }

  /** @returns whether it is so before the signal */
  async until(isSo: () => boolean, signal: AbortSignal): Promise<boolean> {
    while (!isSo()) {
      if (signal.aborted) return false;
      await once(this.#changes, 'changed', { signal }).catch(() => undefined);
    }
    return true;
  }
}
