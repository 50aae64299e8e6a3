import type { Context } from 'aws-lambda';
import { endpointOf, type EndpointRow } from '../../../../lambda/dynamodb/endpoint-items.ts';
import { createEndpointRepository } from '../../../../lambda/dynamodb/endpoint-repository.ts';
import type { RefundEvent } from '../../../../lambda/events/refund-event.ts';
import { createCallEndpoint } from '../../../../lambda/webhook-sender/call-endpoint.ts';
import type { Deliver } from '../../../../lambda/webhook-sender/deliver.ts';
import { createWebhookSender } from '../../../../lambda/webhook-sender/send-webhooks.ts';
import { BrokenPromise } from '../history.ts';
import type { Caller } from '../sdk-call.ts';
import { increment } from '../statistics.ts';
import { Deadline } from '../virtual-time.ts';
import { type EndpointLedger, storeOf } from './endpoint-ledger.ts';
import type { EndpointAnswer } from './endpoint-plan.ts';
import type { MerchantEndpoints } from './merchant-endpoint.ts';
import { type BatchOf, Messages } from './messages.ts';
import type { ChainPlan } from './plan.ts';
import type { QueueSettings } from './queue.ts';
import { callService } from './service-call.ts';
import type { ServiceClients } from './service-clients.ts';
import type { ChainSurroundings, Functions } from './surroundings.ts';

/** lib/webhook-sender.ts. */
const sender = { name: 'webhook sender', timeoutMs: 30_000 };
const settings: QueueSettings = { visibilityMs: 180_000, maxReceives: 12 };

const hourMs = 60 * 60 * 1000;
const gone = 410;

/** One delivery of an event to the function that sends webhooks. */
interface WebhookDelivery {
  readonly event: RefundEvent;
  /** When the function got it. */
  readonly since: { readonly step: number; readonly ms: number };
  /** How the merchant has answered it since. */
  readonly answers: number[];
  isKept: boolean;
}

/** Webhooks: their queue and the function that sends them. */
export class Webhooks {
  readonly #surroundings: ChainSurroundings;
  readonly #endpoints: EndpointLedger;
  readonly #merchants: MerchantEndpoints;
  readonly #messages: Messages<RefundEvent, WebhookDelivery>;
  #invocations = 0;
  /** Until when a call in turn may be under way, by its URL. */
  readonly #turnEndsMs = new Map<string, number>();

  constructor(
    { senderFaults }: ChainPlan,
    surroundings: ChainSurroundings,
    functions: Functions,
    clients: ServiceClients,
    endpoints: EndpointLedger,
    merchants: MerchantEndpoints,
  ) {
    this.#surroundings = surroundings;
    this.#endpoints = endpoints;
    this.#merchants = merchants;
    const { time } = surroundings;
    const now = () => time.nowMs;
    this.#messages = new Messages<RefundEvent, WebhookDelivery>(surroundings, {
      settings,
      what: 'webhook',
      begin: (event) => ({ event, since: { step: time.step, ms: time.nowMs }, answers: [], isKept: false }),
      invoke: (batch, end) => {
        const faults = senderFaults[this.#invocations] ?? [];
        this.#invocations += 1;
        const keep = (body: string, reason: string) => {
          const delivery = batch.deliveryOf(body);
          this.#checkKept(delivery, reason);
          delivery.isKept = true;
        };
        const run = async (caller: Caller, context: Context) => {
          const repository = createEndpointRepository(clients.dynamoDbFor(caller), 'Endpoints');
          const deliver = this.#deliverFor(caller, batch);
          const handle = createWebhookSender({
            endpoints: repository,
            callEndpoint: createCallEndpoint({ endpoints: repository, deliver, allowsLocal: false, now }),
            redelivery: clients.redeliveryFor(caller, () => this.#messages.queue),
            deadLetters: clients.deadLettersFor(caller, keep),
            report: (handled) => clients.onReport(caller, handled),
            now,
            random: () => caller.random.float(),
          });
          return await handle(batch.event, context);
        };
        functions.invoke(sender, faults, run, end);
      },
      checkFinished: (delivery) => this.#checkFinished(delivery),
      checkGivenUp: (last) => this.#checkGivenUp(last),
    });
  }

  send(event: RefundEvent): void {
    this.#messages.send(event, event.source, event.type, JSON.stringify(event));
  }

  checkAtRest(): void {
    this.#messages.checkAtRest();
  }

  /** What leaves may arrive although nobody waits for it any more, and the answer may get lost. */
  #deliverFor(caller: Caller, { deliveries }: BatchOf<WebhookDelivery>): Deliver {
    const { time, statistics, fail } = this.#surroundings;
    return async (delivery, timeoutMs) => {
      const deadline = new Deadline(time.nowMs + timeoutMs);
      const storeId = storeOf(delivery.url);
      const id = delivery.headers['webhook-id'];
      const of = [...deliveries.values()].filter(({ event }) => event.id === id);
      const since = of[0]?.since ?? { step: time.step, ms: time.nowMs };
      const isInTurn = this.#isInTurn(storeId, since.step);
      if (isInTurn) this.#attempt(() => this.#beginTurn(delivery.url.href, deadline.atMs));
      const receive = (): EndpointAnswer => {
        try {
          const answer = this.#merchants.receive(delivery, since);
          for (const { answers } of of) answers.push(answer.status);
          increment(statistics.chain, `webhook ${answer.status === 0 ? 'HANGS' : answer.status}`);
          return answer;
        } catch (error) {
          fail(error);
          return { status: gone, afterMs: 0 };
        }
      };
      try {
        const { status, afterMs } = await callService(this.#surroundings, caller, 'POST', deadline, receive);
        const isInTime = status > 0 && time.nowMs + afterMs < deadline.atMs;
        await this.#pause(caller, isInTime ? afterMs : deadline.atMs - time.nowMs);
        return isInTime ? { kind: 'ANSWERED', status } : { kind: 'UNANSWERED', because: 'TIMEOUT' };
      } catch {
        return { kind: 'UNANSWERED', because: time.nowMs >= deadline.atMs ? 'TIMEOUT' : 'ECONNRESET' };
      } finally {
        if (isInTurn) this.#turnEndsMs.delete(delivery.url.href);
      }
    };
  }

  /** Whether an endpoint has been in trouble since a function began, so that whoever calls it has to have the turn. */
  #isInTurn(storeId: string, step: number): boolean {
    return this.#endpoints.rowsSince(storeId, step).every(({ busyUntil }) => busyUntil !== undefined);
  }

  /** An endpoint in trouble is called one message at a time. @throws BrokenPromise */
  #beginTurn(href: string, endsMs: number): void {
    if (this.#surroundings.time.nowMs < (this.#turnEndsMs.get(href) ?? 0)) {
      throw new BrokenPromise('An endpoint in trouble is called twice at once.');
    }
    this.#turnEndsMs.set(href, endsMs);
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#surroundings.fail(error);
    }
  }

  async #pause(caller: Caller, ms: number): Promise<void> {
    await new Promise<void>((wake) => {
      this.#surroundings.time.after(Math.max(0, ms), () => {
        if (!caller.isDead) wake();
      });
    });
  }

  /** A webhook that need not be sent again was received, or nobody wants it, or it is kept. @throws BrokenPromise */
  #checkFinished({ event, since, answers, isKept }: WebhookDelivery): void {
    if (isKept || this.#merchants.accepted.has(event.id) || answers.includes(gone)) return;
    const rows = this.#endpoints.rowsSince(event.data.storeId, since.step);
    const isUnwanted = rows.some((row) => row.goneAt !== undefined || row.types?.includes(event.type) === false);
    if (rows.length > 0 && !isUnwanted) throw new BrokenPromise('A webhook is lost.');
  }

  /** Only what cannot be sent is kept, and what an endpoint misses that has failed for an hour. @throws BrokenPromise */
  #checkKept({ event, since }: WebhookDelivery, reason: string): void {
    if (reason === '') throw new BrokenPromise('A dead letter has no reason.');
    const nowMs = BigInt(this.#surroundings.time.nowMs);
    const mayBe = this.#endpoints.rowsSince(event.data.storeId, since.step).some((row) => {
      const isPaused = row.failingSince !== undefined && nowMs - row.failingSince >= hourMs;
      return isPaused || isImpossible(row);
    });
    if (!mayBe) throw new BrokenPromise('A webhook is among the dead letters although it can be sent.');
  }

  /** After three days of trouble, and not before. @throws BrokenPromise */
  #checkGivenUp({ event, since, answers }: WebhookDelivery): void {
    const rows = this.#endpoints.rowsSince(event.data.storeId, since.step);
    const isTrouble = rows.some((row) => row.busyUntil !== undefined || row.failingSince !== undefined);
    if (!isTrouble && answers.length === 0) throw new BrokenPromise('A webhook was given up, and nothing was wrong.');
  }
}

function isImpossible(row: EndpointRow): boolean {
  try {
    endpointOf(row);
    return false;
  } catch {
    return true;
  }
}
