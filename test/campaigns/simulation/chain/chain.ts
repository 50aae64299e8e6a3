import type { SQSClient } from '@aws-sdk/client-sqs';
import type { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { Random } from '../../../support/random.ts';
import { createExecutionRepository } from '../../../../lambda/dynamodb/execution-repository.ts';
import type { ExecutionRow, RefundAccountRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { describeError } from '../../../../lambda/environment/log-lines.ts';
import { createDeadLetters, type DeadLetters } from '../../../../lambda/events/dead-letters.ts';
import { createEventBus } from '../../../../lambda/events/event-bus.ts';
import type { Handled } from '../../../../lambda/events/event-telemetry.ts';
import { createPublisher } from '../../../../lambda/publisher/publish.ts';
import { createResultTaker } from '../../../../lambda/result-taker/take-reports.ts';
import type { Change, DynamoDb } from '../dynamodb.ts';
import { BrokenPromise } from '../history.ts';
import type { Caller } from '../sdk-call.ts';
import { increment } from '../statistics.ts';
import type { Deadline } from '../virtual-time.ts';
import { Bus } from './bus.ts';
import { checkOrderChange } from './order-changes.ts';
import { Executor } from './executor.ts';
import { assertNoAccount, isOfSmokeStore, Ledger } from './ledger.ts';
import { Operators } from './operators.ts';
import type { ChainPlan } from './plan.ts';
import { Queue } from './queue.ts';
import type { SentReport } from './sent-reports.ts';
import { callService } from './service-call.ts';
import { Stream } from './stream.ts';
import { strayReport } from './strays.ts';
import { type ChainSurroundings, Functions } from './surroundings.ts';
import { checkFinished, checkKept, type Delivery } from './taken-reports.ts';

/** lib/publisher.ts and lib/result-taker.ts. */
const publisher = { name: 'publisher', timeoutMs: 30_000 };
const taker = { name: 'result taker', timeoutMs: 10_000 };

const impossibleRid = 'IMPOSSIBLE';

/**
 * What becomes of the money of the cancellations of one history: both streams, the publisher, the bus, the executor, the
 * queue of its reports, the result taker, and operators. Of these the functions are the real ones.
 */
export class Chain {
  readonly #plan: ChainPlan;
  readonly #surroundings: ChainSurroundings;
  readonly #functions: Functions;
  readonly #ledger = new Ledger();
  readonly #bus: Bus;
  readonly #executor: Executor;
  readonly #queue: Queue;
  readonly #operators: Operators;
  readonly #streams: Readonly<Record<'Cancellations' | 'Executions', Stream>>;
  /** By the message that brought them to the queue. */
  readonly #reports = new Map<string, SentReport>();
  readonly #sent: SentReport[] = [];
  readonly #unpublishable = new Set<string>();
  #publications = 0;
  #takings = 0;
  /** How many messages were finished, or given up, at last. */
  readonly #ended = new Set<string>();

  constructor(plan: ChainPlan, surroundings: Omit<ChainSurroundings, 'random'>, dynamoDb: DynamoDb) {
    this.#plan = plan;
    this.#surroundings = { ...surroundings, random: new Random(plan.seed) };
    const { time } = surroundings;
    this.#functions = new Functions(this.#surroundings);
    const accountAt = (key: object) => dynamoDb.latest('RefundAccounts', { ...key }) as RefundAccountRow | undefined;
    const send = (report: SentReport) => this.#sendToQueue(report);
    this.#executor = new Executor(plan, this.#surroundings, accountAt, send);
    this.#bus = new Bus(plan, this.#surroundings, this.#ledger, (event) => {
      this.#attempt(() => this.#executor.ask(event));
    });
    this.#queue = new Queue(this.#surroundings, {
      invoke: (event, end) => this.#invokeTaker(event, end),
      givenUp: ({ id }) => {
        this.#ended.add(id);
        increment(this.#surroundings.statistics.chain, 'report GIVEN_UP');
      },
    });
    const streamOf = (name: string, eventName: 'INSERT' | 'MODIFY') =>
      new Stream(name, eventName, this.#surroundings, (event, end) => this.#invokePublisher(event, end));
    this.#streams = {
      Cancellations: streamOf('Cancellations', 'INSERT'),
      Executions: streamOf('Executions', 'MODIFY'),
    };
    this.#operators = new Operators(plan, {
      ...this.#surroundings,
      functions: this.#functions,
      ledger: this.#ledger,
      busFor: (caller) => createEventBus(this.#bus.clientFor(caller), 'bus'),
    });
    dynamoDb.onChange = (change) => this.#attempt(() => this.#onChange(change));
    for (const { atMs, stream, by } of plan.rewinds) time.after(atMs, () => this.#streams[stream].rewind(by));
    for (const { atMs, of } of plan.strays) time.after(atMs, () => send(strayReport(of, this.#ledger, time.nowMs)));
    if (plan.impossibleRecordAtMs !== undefined) {
      time.after(plan.impossibleRecordAtMs, () => dynamoDb.write('Cancellations', impossibleRecord(time.nowMs)));
    }
  }

  /** What must hold when all faults have ended and nothing is under way. @throws BrokenPromise */
  checkAtRest(): void {
    for (const { rid, orderKey } of this.#ledger.records.values()) {
      if (isOfSmokeStore(orderKey)) continue;
      if (rid === impossibleRid) {
        if (!this.#unpublishable.has(rid)) throw new BrokenPromise('A record that cannot be is not a dead letter.');
        continue;
      }
      const states = this.#ledger.states.get(rid);
      if (states === undefined) throw new BrokenPromise('A record has no execution at the end.');
      for (const { att, seq } of states) {
        if (!this.#bus.taken.has(`${rid}-${att}-${seq}`)) throw new BrokenPromise('An event has not left at the end.');
      }
    }
    if (this.#queue.size > 0) throw new BrokenPromise('A report stays in the queue for ever.');
    if (this.#ended.size !== this.#reports.size) throw new BrokenPromise('A report has disappeared.');
    this.#countEnd();
  }

  /** A number that is the same for the same events. */
  get fingerprint(): number {
    let sum = this.#bus.taken.size * 31 + this.#executor.acts;
    for (const states of this.#ledger.states.values()) {
      for (const { att, seq, at } of states)
        sum = Math.imul(sum ^ Number(att * 1009n + seq * 31n + (at & 0xffffn)), 0x01000193);
    }
    return sum ^ this.#takings;
  }

  #countEnd(): void {
    const { chain } = this.#surroundings.statistics;
    for (const states of this.#ledger.states.values()) increment(chain, `execution ${states.at(-1)?.st}`);
  }

  #onChange(change: Change): void {
    const { table, before, after } = change;
    if (table === 'Orders' && before !== undefined) checkOrderChange(before, after);
    if (table !== 'Cancellations' && table !== 'Executions') return;
    this.#ledger.note(change, (id) => this.#bus.taken.has(id));
    if (table === 'Executions') this.#onExecution(before !== undefined, after as unknown as ExecutionRow);
    this.#streams[table].add(change);
  }

  #onExecution(isChanged: boolean, row: ExecutionRow): void {
    const isReported = isChanged && row.st !== 'REQUESTED' && row.st !== 'RESOLVED';
    if (isReported && !this.#sent.some((report) => isStateOf(row, report))) {
      throw new BrokenPromise('An execution is what nobody has reported.');
    }
    if (row.st === 'FAILED') this.#operators.noteFailure(row);
  }

  #invokePublisher(event: DynamoDBStreamEvent, end: (response: DynamoDBBatchResponse | undefined) => void): void {
    const faults = this.#plan.publisherFaults[this.#publications] ?? [];
    this.#publications += 1;
    const run = async (caller: Caller, context: Context) => {
      const handle = createPublisher({
        bus: createEventBus(this.#bus.clientFor(caller), 'bus'),
        executions: this.#executionsFor(caller),
        deadLetters: this.#deadLettersFor(caller, (body) => {
          assertNoAccount(body, 'a dead letter');
          this.#unpublishable.add((JSON.parse(body) as { returnRequestId: string }).returnRequestId);
        }),
        report: (handled) => this.#onReport(caller, handled),
      });
      return await handle(event, context);
    };
    this.#functions.invoke(publisher, faults, run, end);
  }

  #invokeTaker({ Records }: SQSEvent, end: (response: SQSBatchResponse | undefined) => void): void {
    const { time, random } = this.#surroundings;
    const faults = this.#plan.takerFaults[this.#takings] ?? [];
    this.#takings += 1;
    const skewMs = random.chance(20) ? random.between(-2000, 2000) : 0;
    const deliveries = new Map<string, Delivery>();
    for (const { messageId } of Records) {
      const report = this.#reports.get(messageId) as SentReport;
      deliveries.set(messageId, {
        report,
        before: this.#ledger.presentOf(report.rid),
        isKept: false,
        counted: new Set(),
      });
    }
    const keep = (body: string, reason: string) => {
      const message = Records.find((record) => record.body === body);
      const delivery = message && deliveries.get(message.messageId);
      if (delivery === undefined) throw new BrokenPromise('A dead letter is no message that came.');
      checkKept(delivery, this.#ledger, reason);
      delivery.isKept = true;
    };
    const run = async (caller: Caller, context: Context) => {
      const handle = createResultTaker({
        executions: this.#executionsFor(caller),
        deadLetters: this.#deadLettersFor(caller, keep),
        report: (handled) => {
          this.#onReport(caller, handled);
          const delivery = deliveries.get(String(handled.fields['messageId']));
          for (const name of handled.counted) delivery?.counted.add(name);
        },
        now: () => time.nowMs + skewMs,
      });
      return await handle({ Records }, context);
    };
    this.#functions.invoke(taker, faults, run, (response) => {
      this.#attempt(() => this.#checkFinished(deliveries, response));
      end(response);
    });
  }

  #checkFinished(deliveries: ReadonlyMap<string, Delivery>, response: SQSBatchResponse | undefined): void {
    if (response === undefined) return;
    const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const [messageId, delivery] of deliveries) {
      if (failed.has(messageId)) continue;
      checkFinished(delivery, this.#ledger);
      this.#ended.add(messageId);
    }
  }

  #executionsFor(caller: Caller) {
    const { network } = this.#surroundings;
    const send = async (command: unknown, { abortSignal }: { abortSignal?: Deadline } = {}) =>
      await network.send(caller, command, abortSignal);
    return createExecutionRepository({ send } as unknown as DynamoDBDocumentClient, 'Executions');
  }

  #deadLettersFor(caller: Caller, keep: (body: string, reason: string) => void): DeadLetters {
    const send = async ({ input }: SendMessageCommand, { abortSignal }: { abortSignal?: Deadline } = {}) =>
      await callService(this.#surroundings, caller, 'SendMessage', abortSignal, () => {
        this.#attempt(() => {
          const reason = input.MessageAttributes?.['reason']?.StringValue ?? '';
          assertNoAccount(reason, 'the reason of a dead letter');
          keep(input.MessageBody ?? '', reason);
        });
        increment(this.#surroundings.statistics.chain, `dead letter of ${caller.name.replace(/ \d+$/, '')}`);
        return {};
      });
    return createDeadLetters({ send } as unknown as SQSClient, 'dead letters');
  }

  /** What would be printed. */
  #onReport(caller: Caller, { outcome, counted, fields, error }: Handled<string>): void {
    if (caller.isDead) return;
    increment(this.#surroundings.statistics.chain, `${caller.name.replace(/ \d+$/, '')} ${outcome}`);
    const line = JSON.stringify({ outcome, counted, ...fields, error: describeError(error) });
    this.#attempt(() => assertNoAccount(line, 'a log line'));
  }

  #sendToQueue(report: SentReport): void {
    if (report.flaw !== 'NOT_JSON') this.#sent.push(report);
    const detail = report.detailJson;
    const body = `{"version":"0","id":"${this.#reports.size}","detail-type":"executor.report.v1","source":"refund-executor","detail":${detail}}`;
    this.#reports.set(this.#queue.send(body), report);
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#surroundings.fail(error);
    }
  }
}

function isStateOf({ rid, att, seq, st, why }: ExecutionRow, report: SentReport): boolean {
  const isSame = report.rid === rid && BigInt(report.attempt) === att && BigInt(report.sequence) === seq;
  const canBeTaken = report.flaw === undefined || report.flaw === 'CONTRADICTION';
  return isSame && canBeTaken && report.status === st && report.failureReason === why;
}

/** As version 0.1.0 wrote them: without a currency. */
function impossibleRecord(nowMs: number): object {
  const at = BigInt(nowMs);
  return {
    orderKey: 'STORE-1/OLD',
    cancellationKey: 'K#old',
    rid: impossibleRid,
    kind: 'REFUND',
    at,
    v: 2n,
    data: '{}',
    lines: [],
  };
}
