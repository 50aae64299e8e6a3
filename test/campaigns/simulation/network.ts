import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { requestTimeoutMs } from '../../../lambda/dynamodb/client.ts';
import {
  canceledFor,
  connectionReset,
  failed,
  inProgress,
  throttled,
  unauthorized,
} from '../../support/dynamodb-errors.ts';
import type { Circumstances, DynamoDb, Reply } from './dynamodb.ts';
import { busFaults, type Fault, type FaultKind } from './faults.ts';
import { type Caller, SdkCall, type Transmit } from './sdk-call.ts';
import { increment, type Statistics } from './statistics.ts';
import type { Deadline, VirtualTime } from './virtual-time.ts';

/**
 * The wire between the function and DynamoDB, and whatever the faults of a caller do to a request or its answer. What has left arrives, whatever becomes of its sender.
 */
export class Network {
  readonly #time: VirtualTime;
  readonly #dynamoDb: DynamoDb;
  readonly #statistics: Statistics;
  readonly #trace: ((text: string) => void) | undefined;
  /** A hash of who has reached DynamoDB, with what, in which order. */
  interleaving = 0;

  constructor(time: VirtualTime, dynamoDb: DynamoDb, statistics: Statistics, trace?: (text: string) => void) {
    this.#time = time;
    this.#dynamoDb = dynamoDb;
    this.#statistics = statistics;
    this.#trace = trace;
  }

  /** DynamoDBDocumentClient's send. Never settles once the caller is dead. */
  async send(caller: Caller, command: unknown, deadline: Deadline | undefined): Promise<unknown> {
    return await new Promise((resolve, reject) => {
      const deadlineMs = deadline?.atMs ?? Infinity;
      new SdkCall(this.#time, this.#transmit, caller, command, deadlineMs, { resolve, reject }).attempt();
    });
  }

  readonly #transmit: Transmit = (caller, command, reply) => {
    const wire = caller.wires;
    caller.wires += 1;
    this.#statistics.wireCalls += 1;
    const fault = faultAt(caller.faults, wire, command);
    if (fault !== undefined) {
      increment(this.#statistics.faults, fault.kind);
      caller.hindrances.faults += 1;
    }
    this.#trace?.(`${caller.name} wire ${wire} ${nameOf(command)}${fault === undefined ? '' : ` ${fault.kind}`}`);
    this.#carry(caller, command, fault, reply);
    return { mayHang: fault !== undefined && hangs.has(fault.kind) };
  };

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
    const lateMs = kind === 'REQUEST_LATE' ? requestTimeoutMs + (choice % 12_000) : 0;
    const answer = this.#answerTo(caller, kind, choice, reply, slowMs);
    this.#time.after(random.between(1, 6) + slowMs + lateMs, () => {
      const circumstances: Circumstances = {
        random,
        ...(kind === 'UNPROCESSED' ? { unprocessed: (table: string) => isUnprocessed(table, choice) } : {}),
      };
      this.#trace?.(`DynamoDB gets ${nameOf(command)} of ${caller.name}`);
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
        const name = describeRefusal(error);
        increment(this.#statistics.refusals, name);
        caller.hindrances.refusals.push(name);
        this.#trace?.(`DynamoDB answers ${caller.name} with ${name}`);
        travel(() => reply.reject(error));
      },
    };
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
  ...busFaults,
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
  if (kind === 'CREDENTIALS_REFUSED') return unauthorized(choice);
  if (kind === 'CONFLICT') return canceledFor(reasonsWith('TransactionConflict', choice));
  if (kind !== 'THROTTLED_WITHIN') return undefined;
  return canceledFor(reasonsWith(choice % 2 === 0 ? 'ThrottlingError' : 'ProvisionedThroughputExceeded', choice));
}

/** At the first item, at the second, or at both. */
function reasonsWith(code: string, choice: number): Array<{ Code: string }> {
  const place = (choice >>> 1) % 3;
  return [{ Code: place === 1 ? 'None' : code }, { Code: place === 0 ? 'None' : code }];
}

/** The name of an error, or the reasons of a canceled transaction: of the order, then of the record. */
function describeRefusal(error: unknown): string {
  if (!(error instanceof TransactionCanceledException)) return (error as Error).name;
  return (error.CancellationReasons ?? []).map(({ Code }) => Code).join('+');
}

function isUnprocessed(table: string, choice: number): boolean {
  const place = choice % 3;
  return place === 2 || (place === 0) === (table === 'Orders');
}

function nameOf(command: unknown): string {
  return (command as object).constructor.name.replace('Command', '');
}
