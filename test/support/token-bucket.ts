/**
 * Half of the 1,000 write units that a partition has in a second: a write in a transaction takes two. So many
 * cancellations of one order DynamoDB admits, those that fail counted.
 */
export const orderWritesPerSecond = 500;

/** Admits so many a second, and after a rest a tenth of that at once. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #mostTokens: number;
  #tokens: number;
  #filledAtMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#mostTokens = perSecond / 10;
    this.#tokens = this.#mostTokens;
    this.#filledAtMs = nowMs;
  }

  /** Whether one more is admitted. */
  take(nowMs: number): boolean {
    const gained = ((nowMs - this.#filledAtMs) * this.#perSecond) / 1000;
    this.#tokens = Math.min(this.#mostTokens, this.#tokens + gained);
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
