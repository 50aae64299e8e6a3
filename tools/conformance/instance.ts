import type { ReportEvent } from '../../lambda/events/execution-report.ts';
import type { Chance } from './chance.ts';
import type { AccountRef, BankAccount, Executor, ExecutorModule, ExecutorParts, PspAnswer } from './executor.ts';
import type { FakePsp, RefundCall } from './fake-psp.ts';
import type { FakeTable } from './fake-table.ts';
import { minuteMs, secondMs, type VirtualClock } from './virtual-clock.ts';

/** How long an executor waits for its PSP. */
const pspTimeoutMs = 30 * secondMs;

/** A module that cannot be judged: what is wrong with it, as the rest of a sentence. */
export class UnusableExecutor extends Error {
  override readonly name = 'UnusableExecutor';
}

export function firstLineOf(error: unknown): string {
  return String((error as Error | null)?.message ?? error).split('\n', 1)[0] ?? '';
}

/** What is around the executors of one history. */
export interface Surroundings {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly psp: FakePsp;
  readonly table: FakeTable;
  readonly accountOf: (ref: AccountRef) => BankAccount | undefined;
  readonly takeReport: (event: ReportEvent) => void;
  /** Whether the next call fails. In the end of a history nothing does. */
  readonly drawFault: () => boolean;
  readonly note: (text: string) => void;
}

/**
 * A process with an executor in it. Each call of the executor takes time, and may fail before or after it has taken
 * effect. A process that has died makes no further calls, and no call of it is answered.
 */
export class Instance {
  readonly executor: Executor;
  /** Calls that were not answered yet. */
  waiting = 0;
  /** Runs that have not ended. */
  running = 0;
  isDead = false;
  /** Dies at so many calls from now on; before or after that call has taken effect. */
  #diesAfter = Infinity;
  #diesBeforeEffect = false;
  readonly #around: Surroundings;

  /** @throws UnusableExecutor when createExecutor throws, or returns something else */
  constructor(module: ExecutorModule, around: Surroundings) {
    this.#around = around;
    try {
      this.executor = module.createExecutor(this.#parts());
    } catch (error) {
      throw new UnusableExecutor(`has a createExecutor that throws: ${firstLineOf(error)}`, { cause: error });
    }
    const lacking = (['handle', 'notice'] as const).filter((name) => typeof this.executor?.[name] !== 'function');
    if (lacking.length === 0) return;
    throw new UnusableExecutor(`has a createExecutor that returns no function ${lacking.join(' and no function ')}.`);
  }

  dieAfter(calls: number, isBeforeEffect: boolean): void {
    this.#diesAfter = calls;
    this.#diesBeforeEffect = isBeforeEffect;
  }

  #parts(): ExecutorParts {
    const { clock, table, accountOf, takeReport } = this.#around;
    return {
      psp: {
        refund: async (call) => await this.#askPsp(`refund ${keyIn(call)}`, 'REFUND', call),
        release: async (call) => await this.#askPsp(`release ${keyIn(call)}`, 'RELEASE', call),
        find: async (reference) => await this.#call(`find ${reference}`, () => this.#around.psp.find(reference)),
      },
      table: {
        get: async (id) => await this.#call(`get ${id}`, () => table.get(id)),
        put: async (row) => {
          const copy = structuredClone(row);
          return await this.#call(`put ${row.id} version ${row.version}`, () => table.put(copy));
        },
      },
      accounts: { get: async (ref) => await this.#call(`account ${ref?.refundKey}`, () => accountOf(ref)) },
      report: async (event) => {
        const copy = structuredClone(event);
        await this.#call(`report ${copy?.data?.status} ${copy?.data?.sequence}`, () => takeReport(copy));
      },
      now: () => clock.nowMs,
    };
  }

  async #askPsp(name: string, operation: PspAnswer['operation'], call: RefundCall): Promise<PspAnswer> {
    const { chance, clock, psp } = this.#around;
    const copy = structuredClone(call);
    // A call that takes minutes is not answered in time, and takes effect all the same.
    const isSlow = this.#around.drawFault();
    const workMs = isSlow ? chance.between(pspTimeoutMs, 50 * minuteMs) : chance.between(1, 3 * secondMs);
    return await this.#call(name, async () => {
      const answer = psp.receive(operation, copy, workMs);
      const timeout = clock.pause(pspTimeoutMs).then(() => {
        throw new Error('The PSP has not answered in time.');
      });
      return await Promise.race([answer, timeout]);
    });
  }

  /** Lets a call travel, take effect, and be answered. */
  async #call<Result>(name: string, effect: () => Result | Promise<Result>): Promise<Result> {
    const { clock, chance, note } = this.#around;
    this.#diesAfter -= 1;
    const diesHere = this.#diesAfter <= 0;
    if (diesHere && this.#diesBeforeEffect) this.#die(`before ${name}`);
    if (this.isDead) return await never();
    const fails = this.#around.drawFault() ? chance.pick(['BEFORE', 'AFTER']) : undefined;
    this.waiting += 1;
    try {
      await clock.pause(chance.between(0, 20));
      if (fails === 'BEFORE') throw new Error('The call was not answered.');
      let result: Result;
      try {
        result = await effect();
      } finally {
        if (diesHere) this.#die(`after ${name}`);
      }
      await clock.pause(chance.between(0, 20));
      if (fails === 'AFTER') throw new Error('The call was not answered.');
      note(`${name} -> ${JSON.stringify(result)}`);
      return this.isDead ? await never() : structuredClone(result);
    } catch (error) {
      note(`${name} fails: ${(error as Error).message}`);
      if (this.isDead) return await never();
      throw error;
    } finally {
      this.waiting -= 1;
    }
  }

  #die(when: string): void {
    if (!this.isDead) this.#around.note(`the process dies ${when}`);
    this.isDead = true;
  }
}

function keyIn({ reference, idempotencyKey }: RefundCall): string {
  return `${reference} with key ${idempotencyKey}`;
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
