import { createHash } from 'node:crypto';

/** What goes wrong, and at how many percent of its places. */
const percents = {
  /** The bus does not take an entry. */
  BUS_REFUSES: 6,
  /** The bus takes it, and the answer is lost. */
  BUS_ANSWER_LOST: 6,
  /** An answer is late, so that the SDK sends the same again. */
  BUS_ANSWER_LATE: 2,
  DELIVERED_TWICE: 30,
  DELIVERED_LATE: 30,
  /** A function ends before or after one of its calls, or before its answer. */
  DIES_BEFORE_CALL: 1,
  DIES_AFTER_CALL: 1,
  DIES_BEFORE_ANSWER: 5,
  /** A delivery to the executor fails: before it has acted, or after it. */
  DELIVERY_FAILS_BEFORE: 15,
  DELIVERY_FAILS_AFTER: 15,
  PSP_CALL_LOST: 5,
  PSP_ANSWER_LOST: 10,
  /** The executor's own table has put a row, and its answer is lost. */
  TABLE_ANSWER_LOST: 3,
} as const;

export type ChainFault = keyof typeof percents;

/**
 * Decides what goes wrong. Whether a place meets a fault depends on the seed, the fault, what it is about, and how often
 * that came before: so a refund meets the same faults whatever else happens at once.
 */
export class ChainFaults {
  readonly met = new Map<ChainFault, number>();
  readonly #seed: number;
  readonly #earlier = new Map<string, number>();
  #isOn: boolean;

  constructor(seed: number, isOn: boolean) {
    this.#seed = seed;
    this.#isOn = isOn;
  }

  /** From now on all goes well. */
  end(): void {
    this.#isOn = false;
  }

  meets(fault: ChainFault, about: string): boolean {
    return this.draw(fault, about) !== undefined;
  }

  /** A number from 0 to 1 where the fault is met, for how bad it is. */
  draw(fault: ChainFault, about: string): number | undefined {
    const place = `${this.#seed} ${fault} ${about}`;
    const earlier = this.#earlier.get(place) ?? 0;
    this.#earlier.set(place, earlier + 1);
    if (!this.#isOn) return undefined;
    const draw = createHash('sha256').update(`${place} ${earlier}`).digest();
    if (draw.readUInt32BE(0) >= (percents[fault] / 100) * 2 ** 32) return undefined;
    this.met.set(fault, (this.met.get(fault) ?? 0) + 1);
    return draw.readUInt32BE(4) / 2 ** 32;
  }
}
