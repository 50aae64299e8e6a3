import { inspect } from 'node:util';
import type { ReportEvent } from '../../lambda/events/execution-report.ts';
import { Chance } from './chance.ts';
import { type Behavior, type History, startMs } from './draw-history.ts';
import type { ExecutorModule } from './executor.ts';
import { FakePsp, type Movement, type Payment } from './fake-psp.ts';
import { FakeTable } from './fake-table.ts';
import { Instance } from './instance.ts';
import { type Attempt, Service } from './service.ts';
import { dayMs, hourMs, minuteMs, secondMs, VirtualClock } from './virtual-clock.ts';

/** What happened in a history, for the judge. */
export interface Chronicle {
  readonly history: History;
  readonly service: Service;
  /** Reports that the bus took, as they were sent. */
  readonly said: ReadonlyArray<{ readonly atMs: number; readonly event: ReportEvent }>;
  readonly movements: readonly Movement[];
  /** References of which the bank refused a call. */
  readonly refused: ReadonlySet<string>;
  /** All that came out of the executor in another way than by its reports: errors, and rows of its table. */
  readonly traces: readonly string[];
  /** Runs that neither ended nor waited for anything that they had been given. */
  readonly hanging: readonly string[];
  /** What was delivered in vain until nobody delivered it any more, with the last error. */
  readonly givenUp: readonly string[];
}

/** A function that is invoked is ended after this time, and its message comes again. */
const runTimeoutMs = 15 * minuteMs;
const maxDeliveries = 40;
const maxSteps = 50_000;
type Run = readonly [name: string, call: (executor: Instance['executor']) => Promise<void>];

interface Options {
  /** Takes what happens, in words. */
  readonly note?: (text: string) => void;
  /** In real time: how long an executor may do something that is not one of its parts. */
  readonly patienceMs?: number;
}

/** @throws UnusableExecutor */
export async function playHistory(
  module: ExecutorModule,
  history: History,
  { note = () => undefined, patienceMs = 2000 }: Options = {},
): Promise<Chronicle> {
  const play = new Play(module, history, note, patienceMs);
  await play.toTheEnd();
  return play.chronicle();
}

class Play {
  readonly #module: ExecutorModule;
  readonly #history: History;
  readonly #note: (text: string) => void;
  readonly #patienceMs: number;
  readonly #clock = new VirtualClock(startMs);
  readonly #chance: Chance;
  readonly #service: Service;
  readonly #psp: FakePsp;
  readonly #table = new FakeTable();
  readonly #behaviors: ReadonlyMap<string, Behavior[]>;
  readonly #said: Array<Chronicle['said'][number]> = [];
  readonly #traces: string[] = [];
  readonly #hanging: string[] = [];
  readonly #givenUp: string[] = [];
  #instances: Instance[] = [];
  /** Troubles are finite, so that whoever tries often enough gets through. */
  #faultsLeft = 15;
  #crashesLeft = 6;
  #isEnding = false;

  constructor(module: ExecutorModule, history: History, note: (text: string) => void, patienceMs: number) {
    this.#patienceMs = patienceMs;
    this.#module = module;
    this.#history = history;
    this.#note = (text) => note(`+${((this.#clock.nowMs - startMs) / secondMs).toFixed(3)} s  ${text}`);
    this.#chance = new Chance(history.seed ^ 0x5bd1e995);
    this.#service = new Service(this.#chance);
    const { refunds } = history;
    this.#behaviors = new Map(refunds.map(({ requested, behaviors }) => [requested.returnRequestId, [...behaviors]]));
    const payments = refunds.map(({ requested: { storeId, orderNo, currencyCode }, capturedMs }) => {
      const capturedAtMs = capturedMs === undefined ? undefined : startMs + capturedMs;
      return [`${storeId}/${orderNo}`, { currencyCode, capturedAtMs }] satisfies [string, Payment];
    });
    this.#psp = new FakePsp({
      clock: this.#clock,
      chance: this.#chance,
      payments: new Map(payments),
      comparesCalls: history.pspComparesCalls,
      nextBehavior: (reference) => this.#behaviors.get(reference.split('-')[0] ?? '')?.shift() ?? 'SUCCEEDS',
      needsAccount: (reference) => this.#service.attempts.get(reference)?.account !== undefined,
      onNotice: (notice) =>
        this.#run([`the notice ${notice.status} of ${notice.reference}`, (one) => one.notice(structuredClone(notice))]),
      note: this.#note,
    });
  }

  async toTheEnd(): Promise<void> {
    for (const refund of this.#history.refunds) {
      const attempt = this.#service.ask(refund);
      for (const deliveryMs of refund.deliveriesMs) this.#clock.after(deliveryMs, () => this.#request(attempt));
    }
    await this.#letItHappen();
    if (!this.#history.losesReports) return;
    this.#isEnding = true;
    // As an operator does whose executions do not get on.
    for (const { returnRequestId, attempt } of this.#service.executions.values()) {
      const present = this.#service.attempts.get(`${returnRequestId}-${attempt}`);
      if (present !== undefined) this.#clock.after(dayMs, () => this.#request(present));
    }
    await this.#letItHappen();
  }

  chronicle(): Chronicle {
    return {
      history: this.#history,
      service: this.#service,
      said: this.#said,
      movements: this.#psp.movements,
      refused: this.#psp.refused,
      traces: [...this.#traces, ...[...this.#table.rows.values()].map((row) => JSON.stringify(row))],
      hanging: this.#hanging,
      givenUp: this.#givenUp,
    };
  }

  #request({ reference, event }: Attempt): void {
    this.#run([`the request ${reference}`, (one) => one.handle(structuredClone(event))]);
  }

  /** Delivers something, and again until the executor takes it without an error. */
  #run(run: Run, deliveries = 1): void {
    const [name, call] = run;
    const instance = this.#instanceFor();
    if (!this.#isEnding && this.#crashesLeft > 0 && this.#chance.percent(this.#history.crashPercent)) {
      this.#crashesLeft -= 1;
      instance.dieAfter(this.#chance.between(1, 8), this.#chance.percent(50));
    }
    this.#note(`delivers ${name}`);
    let isOver = false;
    const end = (problem?: string) => {
      if (isOver) return;
      isOver = true;
      instance.running -= 1;
      this.#note(problem === undefined ? `${name}: done` : `${name}: ${problem}`);
      if (problem === undefined) return;
      if (deliveries < maxDeliveries)
        this.#clock.after(this.#pauseMs(deliveries), () => this.#run(run, deliveries + 1));
      else this.#givenUp.push(`${name}: ${problem}`);
    };
    instance.running += 1;
    this.#clock.after(runTimeoutMs, () => {
      if (isOver) return;
      instance.isDead = true;
      end('is ended, and comes again');
    });
    const ended = async () => {
      try {
        await call(instance.executor);
        end();
      } catch (error) {
        this.#traces.push(inspect(error));
        end(`throws ${String(error)}`);
      }
    };
    void ended();
  }

  #pauseMs(deliveries: number): number {
    if (this.#history.comesAgainLate && deliveries === 1) return this.#chance.between(25 * hourMs, 30 * dayMs);
    return Math.min(12 * hourMs, 10 * secondMs * 2 ** deliveries);
  }

  /** One of the processes that run, or a new one: each of them may have several runs at the same time. */
  #instanceFor(): Instance {
    this.#instances = this.#instances.filter(({ isDead }) => !isDead);
    const running = this.#instances[this.#chance.between(0, 2)];
    if (running !== undefined) return running;
    const started = new Instance(this.#module, {
      clock: this.#clock,
      chance: this.#chance,
      psp: this.#psp,
      table: this.#table,
      accountOf: (ref) => this.#service.accountOf(ref, this.#clock.nowMs),
      takeReport: (event) => this.#takeReport(event),
      drawFault: () => this.#drawFault(),
      note: this.#note,
    });
    this.#instances.push(started);
    return started;
  }

  #drawFault(): boolean {
    if (this.#isEnding || this.#faultsLeft === 0) return false;
    const isFault = this.#chance.percent(this.#history.faultPercent);
    if (isFault) this.#faultsLeft -= 1;
    return isFault;
  }

  /** The bus has a report: the service gets it once or twice, soon or later than those that follow it. */
  #takeReport(event: ReportEvent): void {
    this.#said.push({ atMs: this.#clock.nowMs, event });
    if (this.#history.losesReports && !this.#isEnding && this.#chance.percent(30)) {
      this.#note('the report is lost');
      return;
    }
    const times = this.#chance.percent(30) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.#clock.after(this.#chance.between(0, 5 * minuteMs), () => this.#settle(event));
    }
  }

  #settle(event: ReportEvent): void {
    const execution = this.#service.take(event, this.#clock.nowMs);
    const planned = this.#history.refunds.find(
      ({ requested }) => requested.returnRequestId === execution?.returnRequestId,
    );
    if (execution?.status !== 'FAILED' || planned?.isRetried !== true || execution.attempt >= 3) return;
    this.#clock.after(this.#chance.between(minuteMs, 3 * dayMs), () => {
      const attempt = this.#service.retry(execution, this.#clock.nowMs);
      if (attempt === undefined) return;
      this.#request(attempt);
      if (this.#chance.percent(40))
        this.#clock.after(this.#chance.between(0, 40 * dayMs), () => this.#request(attempt));
      // The attempt before it comes once more.
      const earlier = this.#service.attempts.get(`${execution.returnRequestId}-${execution.attempt}`);
      if (earlier !== undefined && this.#chance.percent(40)) {
        this.#clock.after(this.#chance.between(0, 40 * dayMs), () => this.#request(earlier));
      }
    });
  }

  async #letItHappen(): Promise<void> {
    for (let step = 0; this.#clock.next(); step += 1) {
      if (this.#hanging.length > 0) return;
      if (step > maxSteps) {
        this.#hanging.push(`the history does not end within ${maxSteps} steps`);
        return;
      }
      await this.#untilAllWait();
    }
  }

  /** Until each run has ended or waits for one of its parts. */
  async #untilAllWait(): Promise<void> {
    await turn();
    const since = performance.now();
    while (this.#instances.some(isBusy)) {
      if (performance.now() - since > this.#patienceMs) {
        const stuck = this.#instances.filter(isBusy);
        for (const instance of stuck) instance.isDead = true;
        this.#hanging.push('a run waits for something that is not one of its parts');
        return;
      }
      await turn();
    }
  }
}

function isBusy({ isDead, running, waiting }: Instance): boolean {
  return !isDead && running > 0 && waiting === 0;
}

/** Lets everything happen that waits for nothing but its turn. */
async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
