import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { type Fault, faultOf } from './faults.ts';
import { FunctionInstance, type Invocation, type Surroundings } from './function-instance.ts';
import type { CancelOperation, MerchantResponse } from './history.ts';
import { idempotencyKeyOf, keyHeaderOf, type Message } from './message.ts';
import type { PlannedCredential, Plan, Send } from './plan.ts';
import { Random } from '../../support/random.ts';
import { increment } from './statistics.ts';

export interface Delivery {
  readonly send: Send;
  readonly name: string;
  readonly message: Message;
  /** Which random numbers it gets. */
  readonly stream: number;
  readonly faults: readonly Fault[];
}

/** How the gateway responds for a function that has crashed. */
const badGateway = 502;

/**
 * API Gateway and Lambda: every request gets an instance of the function to itself, an idle one or a new one, and an
 * response, the gateway's own when the instance has crashed.
 */
export class Gateway {
  readonly #plan: Plan;
  readonly #surroundings: Surroundings;
  readonly #beginningMs: number;
  readonly #idle: FunctionInstance[] = [];
  #instances = 0;
  /** By the order of the plan. */
  readonly #latestEtags = new Map<number, string>();
  readonly operations: CancelOperation[] = [];

  constructor(plan: Plan, surroundings: Surroundings) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#beginningMs = surroundings.time.nowMs;
  }

  /** The latest ETag that a response named of the order that a request is about. */
  latestEtagFor({ order }: Send): string | undefined {
    return this.#latestEtags.get(order);
  }

  /** @param receive gets the status of the response, once, unless it is lost on the way */
  deliver(delivery: Delivery, receive: (status: number) => void): void {
    const { time, statistics, trace, fail } = this.#surroundings;
    const { send, name, message, stream, faults } = delivery;
    const random = new Random(send.seed, stream);
    const operation = this.#begin(send, name, message);
    const invocation: Invocation = {
      name,
      number: this.operations.length,
      random,
      faults,
      wires: 0,
      hindrances: operation.hindrances,
      isDead: false,
      crash: () => {
        invocation.isDead = true;
        trace?.(`${name} crashes`);
        time.after(random.between(1, 50), () => receive(badGateway));
      },
      operation,
      startedAtMs: time.nowMs,
      triesFromMs: Infinity,
      hasPaused: false,
      event: {
        ...message,
        isBase64Encoded: false,
        requestContext: { requestId: name },
      } as unknown as APIGatewayProxyEvent,
    };
    this.operations.push(operation);
    statistics.requests += 1;
    trace?.(`${name} begins`);
    const instance = this.#instanceFor(random);
    const finish = (result: APIGatewayProxyResult) => {
      // Middy's timer goes off in the dead too, and nobody hears of it.
      if (invocation.isDead) return;
      if (faultOf(faults, 'CRASH_BEFORE_RESPONSE')) {
        increment(statistics.faults, 'CRASH_BEFORE_RESPONSE');
        invocation.crash();
        return;
      }
      this.#idle.push(instance);
      this.#end(operation, result);
      const isLost = faultOf(faults, 'RESPONSE_LOST') !== undefined;
      if (isLost) increment(statistics.faults, 'RESPONSE_LOST');
      else time.after(random.between(1, 4), () => receive(result.statusCode));
    };
    instance.serve(invocation).then(finish).catch(fail);
  }

  #instanceFor(random: Random): FunctionInstance {
    const index = random.below(8);
    const [idle] = this.#idle.length > 0 && index > 0 ? this.#idle.splice(index % this.#idle.length, 1) : [];
    if (idle !== undefined) return idle;
    const { skewsMs } = this.#plan;
    const skewMs = skewsMs[this.#instances % skewsMs.length] ?? 0;
    this.#instances += 1;
    return new FunctionInstance(this.#surroundings, skewMs);
  }

  #begin(send: Send, name: string, { multiValueHeaders }: Message): CancelOperation {
    const { time } = this.#surroundings;
    const key = idempotencyKeyOf(send, this.#plan);
    return {
      kind: 'CANCEL',
      name,
      send,
      storeId: (this.#plan.credentials[send.credential] as PlannedCredential).storeId,
      request: send.request,
      key: key === undefined ? `meaning ${send.meaning}` : `key ${key}`,
      hasIdempotencyKey: key !== undefined,
      keyHeader: keyHeaderOf(send),
      ifMatch: multiValueHeaders['If-Match']?.[0],
      invokedAt: time.step,
      invokedAtMs: time.nowMs - this.#beginningMs,
      returnedAt: Infinity,
      returnedAtMs: Infinity,
      returnRequestId: undefined,
      response: undefined,
      hindrances: { faults: 0, refusals: [] },
    };
  }

  #end(operation: CancelOperation, { statusCode, headers = {}, body }: APIGatewayProxyResult): void {
    const { time, trace } = this.#surroundings;
    const envelope = JSON.parse(body) as Envelope<CancellationData>;
    const response: MerchantResponse = {
      status: statusCode,
      isReplay: headers['Idempotent-Replayed'] === 'true',
      retryAfter: headers['Retry-After'] as string | undefined,
      etag: headers['ETag'] as string | undefined,
      envelope,
    };
    if (response.etag !== undefined) this.#latestEtags.set(operation.send.order, response.etag);
    operation.response = response;
    operation.returnedAt = time.step;
    operation.returnedAtMs = time.nowMs - this.#beginningMs;
    trace?.(`${operation.name} is answered ${statusCode}${response.isReplay ? ' replayed' : ''} ${body}`);
  }
}
