import type { ChainFaults } from './chain-faults.ts';

/** An invocation that may end before or after any of its calls: from then on it does nothing more, and nobody gets an answer. */
export class Life {
  readonly #faults: ChainFaults;
  #isOver = false;

  constructor(faults: ChainFaults) {
    this.#faults = faults;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** @throws Error when it is over */
  async call<Value>(about: string, run: () => Promise<Value>): Promise<Value> {
    this.#goOn('DIES_BEFORE_CALL', about);
    const value = await run();
    this.#goOn('DIES_AFTER_CALL', about);
    return value;
  }

  /** @throws Error when it is over */
  async answer<Value>(about: string, run: () => Promise<Value>): Promise<Value> {
    const value = await run();
    this.#goOn('DIES_BEFORE_ANSWER', about);
    return value;
  }

  #goOn(fault: 'DIES_BEFORE_CALL' | 'DIES_AFTER_CALL' | 'DIES_BEFORE_ANSWER', about: string): void {
    if (!this.#isOver && this.#faults.meets(fault, about)) this.#isOver = true;
    if (this.#isOver) throw new Error('The function has ended.');
  }
}
