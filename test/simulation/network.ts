import { BatchGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Circumstances, DynamoDb, Reply } from './dynamodb.ts';
import {
  aborted,
  canceledFor,
  connectionReset,
  failed,
  inProgress,
  retryClassOf,
  throttled,
  timedOut,
} from './dynamodb-errors.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { Random } from './random.ts';
import { increment, type Statistics } from './statistics.ts';
import type { Deadline, Event, VirtualTime } from './virtual-time.ts';

/** An invocation of the function, as the network knows it. */
export interface Caller {
  readonly name: string;
  /** Counted within its history. */
  readonly number: number;
  readonly random: Random;
  readonly faults: readonly Fault[];
  /** How many wire calls it has made. */
  wires: number;
  isDead: boolean;
  crash(): void;
}

// What lambda/store/client.ts sets, and the SDK's own backoff (@smithy/core, retry; 25 ms is DynamoDB's base).
const maxAttempts = 3;
const attemptMs = 1500;
const transientBackoffMs = 25;
const throttlingBackoffMs = 1000;

/** An attempt that nothing disturbs is answered within this time, so that its timeout need not be waited for. */
const undisturbedMs = 100;

/**
 * The SDK and the wire between the function and DynamoDB: attempts, timeouts, backoff, and whatever the faults of the
 * caller do to a request or its answer. What has left arrives, whatever becomes of its sender.
 */
export class Network {
  readonly #time: VirtualTime;
  readonly #dynamoDb: DynamoDb;
  readonly #statistics: Statistics;
  readonly #tell: ((text: string) => void) | undefined;
  /** A hash of who has reached DynamoDB, with what, in which order. */
  interleaving = 0;

  constructor(time: VirtualTime, dynamoDb: DynamoDb, statistics: Statistics, tell?: (text: string) => void) {
    this.#time = time;
    this.#dynamoDb = dynamoDb;
    this.#statistics = statistics;
    this.#tell = tell;
  }

  /** DynamoDBDocumentClient's send. Never settles once the caller is dead. */
  async send(caller: Caller, command: unknown, deadline: Deadline | undefined): Promise<unknown> {
    return await new Promise((resolve, reject) => {
      new Call(this.#time, this, caller, command, deadline?.atMs ?? Infinity, { resolve, reject }).attempt();
    });
  }

  /** Lets one attempt go out, with the fault that meets it. */
  transmit(caller: Caller, command: unknown, reply: Reply): { readonly mayHang: boolean } {
    const wire = caller.wires;
    caller.wires += 1;
    this.#statistics.wireCalls += 1;
    const fault = faultAt(caller.faults, wire, command);
    if (fault !== undefined) increment(this.#statistics.faults, fault.kind);
    this.#tell?.(`${caller.name} wire ${wire} ${nameOf(command)}${fault === undefined ? '' : ` ${fault.kind}`}`);
    this.#carry(caller, command, fault, reply);
    return { mayHang: fault !== undefined && hangs.has(fault.kind) };
  }

  #carry(caller: Caller, command: unknown, fault: Fault | undefined, reply: Reply): void {
    const { random } = caller;
    const kind = fault?.kind;
    const choice = fault?.choice ?? 0;
    if (kind === 'CRASH_BEFORE_REQUEST') {
      caller.crash();
      return;
    }
    if (kind === 'REQUEST_LOST') return;
    if (kind === 'REQUEST_RESET') {
      this.#time.after(1 + (choice % 20), () => reply.reject(connectionReset()));
      return;
    }
    const slowMs = kind === 'SLOW' ? 1 + (choice % 900) : 0;
    const lateMs = kind === 'REQUEST_LATE' ? attemptMs + (choice % 12_000) : 0;
    const answer = this.#answerTo(caller, kind, choice, reply, slowMs);
    this.#time.after(random.between(1, 6) + slowMs + lateMs, () => {
      const circumstances: Circumstances = {
        random,
        ...(kind === 'UNPROCESSED' ? { unprocessed: (table: string) => isUnprocessed(table, choice) } : {}),
      };
      this.#tell?.(`DynamoDB gets ${nameOf(command)} of ${caller.name}`);
      const isWrite = command instanceof TransactWriteCommand;
      this.interleaving = Math.imul(this.interleaving ^ (caller.number * 2 + Number(isWrite) + 1), 0x9e3779b1);
      this.interleaving ^= this.interleaving >>> 15;
      const refusal = refusalFor(kind, choice);
      if (refusal === undefined) this.#dynamoDb.handle(command, circumstances, answer);
      else answer.reject(refusal);
    });
    if (kind === 'CRASH_AFTER_REQUEST') caller.crash();
  }

  /** The way of an answer back to the caller. */
  #answerTo(caller: Caller, kind: FaultKind | undefined, choice: number, reply: Reply, slowMs: number): Reply {
    const travel = (arrive: () => void) => {
      if (caller.isDead || kind === 'ANSWER_LOST') return;
      this.#time.after(caller.random.between(1, 6) + slowMs, () => {
        if (kind === 'CRASH_BEFORE_ANSWER') caller.crash();
        else if (kind === 'ANSWER_RESET') reply.reject(connectionReset());
        else if (kind === 'SERVER_ERROR_AFTER_EFFECT') reply.reject(failed(choice));
        else arrive();
      });
    };
    return {
      resolve: (output) => travel(() => reply.resolve(output)),
      reject: (error) => {
        this.#tell?.(`DynamoDB answers ${caller.name} with ${(error as Error).name}`);
        travel(() => reply.reject(error));
      },
    };
  }
}

/** One call of the SDK: up to three attempts with one and the same request. */
class Call {
  readonly #time: VirtualTime;
  readonly #network: Network;
  readonly #caller: Caller;
  readonly #command: unknown;
  readonly #deadlineMs: number;
  readonly #reply: Reply;
  #attempts = 0;

  constructor(time: VirtualTime, network: Network, caller: Caller, command: unknown, deadlineMs: number, reply: Reply) {
    this.#time = time;
    this.#network = network;
    this.#caller = caller;
    this.#command = command;
    this.#deadlineMs = deadlineMs;
    this.#reply = reply;
  }

  attempt(): void {
    if (this.#caller.isDead) return;
    this.#attempts += 1;
    let isSettled = false;
    let timeout: Event | undefined;
    const settled = (settle: () => void) => {
      if (isSettled || this.#caller.isDead) return;
      isSettled = true;
      if (timeout) timeout.isCanceled = true;
      settle();
    };
    const leftMs = this.#deadlineMs - this.#time.nowMs;
    const { mayHang } = this.#network.transmit(this.#caller, this.#command, {
      resolve: (output) => settled(() => this.#reply.resolve(output)),
      reject: (error) => settled(() => this.#retryAfter(error)),
    });
    if (mayHang || leftMs < undisturbedMs) {
      const isAborted = leftMs < attemptMs;
      timeout = this.#time.after(Math.min(leftMs, attemptMs), () =>
        settled(() => (isAborted ? this.#reply.reject(aborted()) : this.#retryAfter(timedOut()))),
      );
    }
  }

  #retryAfter(error: unknown): void {
    const retryClass = retryClassOf(error);
    if (retryClass === undefined || this.#attempts >= maxAttempts) {
      this.#reply.reject(error);
      return;
    }
    const baseMs = retryClass === 'THROTTLING' ? throttlingBackoffMs : transientBackoffMs;
    const delayMs = Math.floor(this.#caller.random.float() * baseMs * 2 ** (this.#attempts - 1));
    const isTooLate = this.#time.nowMs + delayMs >= this.#deadlineMs;
    if (isTooLate) this.#time.after(this.#deadlineMs - this.#time.nowMs, () => this.#reply.reject(aborted()));
    else this.#time.after(delayMs, () => this.attempt());
  }
}

const hangs: ReadonlySet<FaultKind> = new Set<FaultKind>(['REQUEST_LOST', 'REQUEST_LATE', 'ANSWER_LOST', 'SLOW']);
const onlyOfTransactions: ReadonlySet<FaultKind> = new Set<FaultKind>(['CONFLICT', 'THROTTLED_WITHIN', 'IN_PROGRESS']);
const notOfWires: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'CRASH_ASLEEP',
  'CRASH_BEFORE_RESPONSE',
  'DELIVERY_LOST',
  'DELIVERY_LATE',
  'DELIVERY_TWICE',
  'RESPONSE_LOST',
]);

function faultAt(faults: readonly Fault[], wire: number, command: unknown): Fault | undefined {
  if (faults.length === 0) return undefined;
  return faults.find((fault) => {
    if (fault.wire !== wire || notOfWires.has(fault.kind)) return false;
    if (onlyOfTransactions.has(fault.kind)) return command instanceof TransactWriteCommand;
    return fault.kind !== 'UNPROCESSED' || command instanceof BatchGetCommand;
  });
}

/** What DynamoDB answers instead of doing what it is asked. */
function refusalFor(kind: FaultKind | undefined, choice: number): Error | undefined {
  if (kind === 'THROTTLED') return throttled(choice);
  if (kind === 'SERVER_ERROR') return failed(choice);
  if (kind === 'IN_PROGRESS') return inProgress();
  if (kind === 'CONFLICT') return canceledFor(reasonsWith('TransactionConflict', choice));
  if (kind !== 'THROTTLED_WITHIN') return undefined;
  return canceledFor(reasonsWith(choice % 2 === 0 ? 'ThrottlingError' : 'ProvisionedThroughputExceeded', choice));
}

/** At the first item, at the second, or at both. */
function reasonsWith(code: string, choice: number): Array<{ Code: string }> {
  const place = (choice >>> 1) % 3;
  return [{ Code: place === 1 ? 'None' : code }, { Code: place === 0 ? 'None' : code }];
}

function isUnprocessed(table: string, choice: number): boolean {
  const place = choice % 3;
  return place === 2 || (place === 0) === (table === 'Orders');
}

function nameOf(command: unknown): string {
  return (command as object).constructor.name.replace('Command', '');
}
