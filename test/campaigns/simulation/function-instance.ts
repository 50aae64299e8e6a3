import { BatchGetCommand, type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { createCancelHandler } from '../../../lambda/cancel/handler.ts';
import { attemptsMs } from '../../../lambda/dynamodb/backoff.ts';
import { createOrderRepository } from '../../../lambda/dynamodb/order-repository.ts';
import { createCredentialRepository } from '../../../lambda/dynamodb/credential-repository.ts';
import { credentialRefusals } from '../../support/dynamodb-errors.ts';
import { faultOf } from './faults.ts';
import { type CancelOperation, BrokenPromise } from './history.ts';
import type { Network } from './network.ts';
import type { Caller } from './sdk-call.ts';
import { increment, type Statistics } from './statistics.ts';
import type { Deadline, VirtualTime } from './virtual-time.ts';
import type { Handler } from '../../../lambda/signed-route/signed-route.ts';

/** One request that an instance serves. Of a dead one nothing continues, but what it has sent arrives. */
export interface Invocation extends Caller {
  readonly operation: CancelOperation;
  readonly startedAtMs: number;
  readonly event: APIGatewayProxyEvent;
  /** When it first read its order; Infinity before. */
  triesFromMs: number;
  /** Whether it has paused since it last read its order. */
  hasPaused: boolean;
}

/** What the instances of one history share. */
export interface Surroundings {
  readonly time: VirtualTime;
  readonly network: Network;
  readonly statistics: Statistics;
  /** The id of the cancellation that an invocation makes, should it make one: 26 characters, as those of a ULID. */
  readonly onNewId: (operation: CancelOperation) => string;
  /** Ends the history. */
  readonly fail: (error: unknown) => void;
  readonly trace: ((text: string) => void) | undefined;
}

/** lib/cancel-function.ts. */
export const functionTimeoutMs = 10_000;

const cancelTables = { orders: 'Orders', cancellations: 'Cancellations', refundAccounts: 'RefundAccounts' };
export const storeKeysTable = 'StoreKeys';

/** An instance of the function: the real code, with its own clock and its own cache of store keys. One request at a time. */
export class FunctionInstance {
  #invocation: Invocation | undefined;
  readonly #handler: Handler;
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings, skewMs: number) {
    const { time, network, onNewId, fail } = surroundings;
    const client = {
      send: async (command: unknown, { abortSignal }: { abortSignal?: Deadline } = {}) => {
        this.#watch(command);
        return await network.send(this.#present(), command, abortSignal);
      },
    } as unknown as DynamoDBDocumentClient;
    const now = () => time.nowMs + skewMs;
    this.#surroundings = surroundings;
    this.#handler = createCancelHandler({
      orders: createOrderRepository(client, cancelTables, 365),
      credentials: createCredentialRepository(client, storeKeysTable, now),
      runtime: {
        now,
        sleep: async (ms) => await this.#sleep(ms),
        random: () => this.#present().random.float(),
        newId: () => {
          const { operation } = this.#present();
          const id = onNewId(operation);
          operation.returnRequestId = `RETREQ${id}`;
          return id;
        },
      },
      telemetry: {
        report: ({ outcome, error }) => {
          if (this.#present().isDead) return;
          const isRefused = credentialRefusals.some((name) => error instanceof Error && error.name === name);
          if (!outcome.ok && outcome.refusal === 'INTERNAL_ERROR' && !isRefused) fail(error);
          else if (isLastResort(error)) fail(new BrokenPromise(`${this.#present().name} needed the last resort.`));
        },
      },
    });
  }

  /** Serves a request. @throws BrokenPromise when the function did not respond in time */
  async serve(invocation: Invocation): Promise<APIGatewayProxyResult> {
    this.#invocation = invocation;
    const { time } = this.#surroundings;
    const context = { getRemainingTimeInMillis: () => invocation.startedAtMs + functionTimeoutMs - time.nowMs };
    const result = await this.#handler(invocation.event, context as Context);
    this.#invocation = undefined;
    if (context.getRemainingTimeInMillis() <= 0) throw new BrokenPromise(`${invocation.name} ran into the timeout.`);
    return result;
  }

  /** A write that is decided on an order of before a pause mostly loses the next race as well. */
  #watch(command: unknown): void {
    const invocation = this.#present();
    if (command instanceof BatchGetCommand) {
      invocation.hasPaused = false;
      invocation.triesFromMs = Math.min(invocation.triesFromMs, this.#surroundings.time.nowMs);
    }
    if (command instanceof TransactWriteCommand && invocation.hasPaused) {
      this.#surroundings.fail(
        new BrokenPromise(`${invocation.name} decided on an order that it had read before a pause.`),
      );
    }
  }

  async #sleep(ms: number): Promise<void> {
    const invocation = this.#present();
    invocation.hasPaused = true;
    if (this.#surroundings.time.nowMs + ms >= invocation.triesFromMs + attemptsMs) {
      this.#surroundings.fail(new BrokenPromise(`${invocation.name} goes on when its time for retries is over.`));
    }
    if (faultOf(invocation.faults, 'CRASH_ASLEEP')) {
      increment(this.#surroundings.statistics.faults, 'CRASH_ASLEEP');
      invocation.crash();
    }
    await new Promise<void>((wake) => {
      this.#surroundings.time.after(ms, () => {
        if (!invocation.isDead) wake();
      });
    });
  }

  #present(): Invocation {
    if (this.#invocation === undefined) throw new BrokenPromise('The function goes on after its response.');
    return this.#invocation;
  }
}

/** Middy's early timeout: the deadlines of the store's calls have to end before it. */
function isLastResort(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
