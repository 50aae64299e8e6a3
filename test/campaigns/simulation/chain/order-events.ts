import type { Context } from 'aws-lambda';
import { createLateDepositRepository } from '../../../../lambda/dynamodb/late-deposit-repository.ts';
import { createOrderRepository } from '../../../../lambda/dynamodb/order-repository.ts';
import { createPaymentRepository } from '../../../../lambda/dynamodb/payment-repository.ts';
import { createOrderTaker } from '../../../../lambda/order-taker/take-events.ts';
import { BrokenPromise } from '../history.ts';
import type { Caller } from '../sdk-call.ts';
import { Messages } from './messages.ts';
import type { OrderLedger } from './order-ledger.ts';
import type { ChainPlan } from './plan.ts';
import { eachMinute } from './queue.ts';
import type { SentEvent } from './sent-events.ts';
import type { ServiceClients } from './service-clients.ts';
import type { ChainSurroundings, Functions } from './surroundings.ts';
import { type EventDelivery, EventJudge, type VisibleRefunds } from './taken-events.ts';

/** lib/order-taker.ts. */
const taker = { name: 'order taker', timeoutMs: 10_000 };

const tables = {
  orders: 'Orders',
  cancellations: 'Cancellations',
  executions: 'Executions',
  refundAccounts: 'RefundAccounts',
};
const refundAccountDays = 365;

/** The events of the platform, their queue and the function that takes them. */
export class OrderEvents {
  readonly #orders: OrderLedger;
  readonly #messages: Messages<SentEvent, EventDelivery>;
  #invocations = 0;
  #ids = 0;

  constructor(
    { orderTakerFaults }: ChainPlan,
    surroundings: ChainSurroundings,
    functions: Functions,
    clients: ServiceClients,
    orders: OrderLedger,
    refunds: VisibleRefunds,
  ) {
    this.#orders = orders;
    const judge = new EventJudge(orders, refunds);
    const { time, random } = surroundings;
    this.#messages = new Messages<SentEvent, EventDelivery>(surroundings, {
      settings: eachMinute,
      what: 'platform event',
      begin: (event) => ({ event, wasNotYet: !event.isMalformed && judge.isNotYet(event), isKept: false }),
      invoke: ({ event, deliveryOf }, end) => {
        const faults = orderTakerFaults[this.#invocations] ?? [];
        this.#invocations += 1;
        const skewMs = random.chance(20) ? random.between(-2000, 2000) : 0;
        const keep = (body: string, reason: string) => {
          const delivery = deliveryOf(body);
          judge.checkKept(delivery, reason);
          delivery.isKept = true;
        };
        const run = async (caller: Caller, context: Context) => {
          const client = clients.dynamoDbFor(caller);
          const handle = createOrderTaker({
            payments: createPaymentRepository(client, tables.orders),
            orders: createOrderRepository(client, tables, refundAccountDays),
            lateDeposits: createLateDepositRepository(client, tables, refundAccountDays),
            deadLetters: clients.deadLettersFor(caller, keep),
            redelivery: clients.redeliveryFor(caller, () => this.#messages.queue),
            report: (handled) => clients.onReport(caller, handled),
            runtime: {
              now: () => time.nowMs + skewMs,
              sleep: async (ms) => await clients.sleep(caller, ms),
              random: () => caller.random.float(),
              newId: () => this.#newId(),
            },
          });
          return await handle(event, context);
        };
        functions.invoke(taker, faults, run, end);
      },
      checkFinished: (delivery) => judge.checkFinished(delivery),
      checkGivenUp: ({ wasNotYet }) => {
        if (!wasNotYet) throw new BrokenPromise('An event was given up although it can be taken.');
      },
    });
  }

  send(event: SentEvent): void {
    this.#orders.noteSent(event);
    this.#messages.send(event, 'payment-platform', event.type, event.detailJson);
  }

  checkAtRest(): void {
    this.#messages.checkAtRest();
  }

  /** As long as those of a ULID, and none that a request gets. */
  #newId(): string {
    this.#ids += 1;
    return `P${String(this.#ids).padStart(25, '0')}`;
  }
}
