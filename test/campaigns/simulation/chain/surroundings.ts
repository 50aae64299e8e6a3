import type { Context } from 'aws-lambda';
import { Random } from '../../../support/random.ts';
import { type Fault, faultOf } from '../faults.ts';
import { BrokenPromise } from '../history.ts';
import type { Network } from '../network.ts';
import type { Caller } from '../sdk-call.ts';
import { increment, type Statistics } from '../statistics.ts';
import type { VirtualTime } from '../virtual-time.ts';

/** What all parts of the chain of one history share. */
export interface ChainSurroundings {
  readonly time: VirtualTime;
  readonly network: Network;
  readonly statistics: Statistics;
  readonly random: Random;
  /** Ends the history. */
  readonly fail: (error: unknown) => void;
  readonly trace: ((text: string) => void) | undefined;
}

/** Where the callers of the chain begin to be numbered, so that none is taken for a request's. */
const firstNumber = 1000;

/** Functions of the chain: each invocation has an instance to itself. */
export class Functions {
  readonly #surroundings: ChainSurroundings;
  #callers = firstNumber;

  constructor(surroundings: ChainSurroundings) {
    this.#surroundings = surroundings;
  }

  /** @param onCrash when it has ended before its end */
  callerOf(name: string, faults: readonly Fault[], onCrash: () => void): Caller {
    const { random, time, trace } = this.#surroundings;
    this.#callers += 1;
    const caller: Caller = {
      name: `${name} ${this.#callers - firstNumber}`,
      number: this.#callers,
      random: new Random(random.next()),
      faults,
      wires: 0,
      hindrances: { faults: 0, refusals: [] },
      isDead: false,
      crash: () => {
        if (caller.isDead) return;
        caller.isDead = true;
        trace?.(`${caller.name} crashes`);
        time.after(caller.random.between(1, 50), onCrash);
      },
    };
    return caller;
  }

  /**
   * Runs a function once.
   * @param end gets what it returns; undefined when it died, which is all that whoever invoked it learns
   */
  invoke<Response>(
    { name, timeoutMs }: { readonly name: string; readonly timeoutMs: number },
    faults: readonly Fault[],
    run: (caller: Caller, context: Context) => Promise<Response>,
    end: (response: Response | undefined, caller: Caller) => void,
  ): Caller {
    const { time, statistics, fail, trace } = this.#surroundings;
    const caller = this.callerOf(name, faults, () => end(undefined, caller));
    const endsAtMs = time.nowMs + timeoutMs;
    const context = { getRemainingTimeInMillis: () => endsAtMs - time.nowMs } as Context;
    const finish = (response: Response) => {
      if (caller.isDead) return;
      if (time.nowMs >= endsAtMs) throw new BrokenPromise(`A ${name} ran into its timeout.`);
      if (faultOf(faults, 'CRASH_BEFORE_RESPONSE')) {
        increment(statistics.faults, 'CRASH_BEFORE_RESPONSE');
        caller.crash();
        return;
      }
      // Nothing of it goes on.
      caller.isDead = true;
      trace?.(`${caller.name} returns ${JSON.stringify(response)}`);
      end(response, caller);
    };
    trace?.(`${caller.name} begins`);
    run(caller, context).then(finish).catch(fail);
    return caller;
  }
}
