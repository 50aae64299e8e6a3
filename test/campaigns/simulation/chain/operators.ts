import { republishObstacleOf } from '../../../../lambda/domain/execution.ts';
import { orderIdIn } from '../../../../lambda/dynamodb/items.ts';
import { executionOf, type ExecutionRow } from '../../../../lambda/dynamodb/refund-items.ts';
import type { EventBus } from '../../../../lambda/events/event-bus.ts';
import { requestEventOf } from '../../../../lambda/events/refund-event.ts';
import { resolveRefund, retryRefund } from '../../../../tools/refunds/change-refund.ts';
import type { Caller } from '../sdk-call.ts';
import { increment } from '../statistics.ts';
import type { Ledger } from './ledger.ts';
import type { ChainPlan, OperatorAct } from './plan.ts';
import type { ServiceClients } from './service-clients.ts';
import type { ChainSurroundings, Functions } from './surroundings.ts';

interface Surroundings extends ChainSurroundings {
  readonly functions: Functions;
  readonly clients: ServiceClients;
  readonly ledger: Ledger;
  readonly busFor: (caller: Caller) => EventBus;
}

const tables = { executions: 'Executions', refundAccounts: 'RefundAccounts' };
const otherAccount = { accountNumber: '110-234-567890', bankCode: '005', accountHolderName: 'HONG' };
const refundAccountDays = 365;

/** Whoever looks after refunds that failed: several of them, who know nothing of each other. Their commands are the real ones. */
export class Operators {
  readonly #afterFailure: OperatorAct[];
  readonly #surroundings: Surroundings;

  constructor({ operators }: ChainPlan, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#afterFailure = operators.filter(({ when }) => when === 'AFTER_FAILURE');
    for (const act of operators) {
      if (act.when === 'AT') surroundings.time.after(act.ms, () => this.#actOnAny(act));
    }
  }

  /** Somebody reads of a refund that failed; now and then two of them at once. */
  noteFailure({ rid }: ExecutionRow): void {
    const [first] = this.#afterFailure;
    if (first === undefined) return;
    for (const act of this.#afterFailure.splice(0, first.choice % 3 === 0 ? 2 : 1)) {
      this.#surroundings.time.after(act.ms, () => this.#act(act, rid));
    }
  }

  #actOnAny(act: OperatorAct): void {
    const rids = [...this.#surroundings.ledger.states.keys()];
    const rid = rids[act.choice % Math.max(1, rids.length)];
    if (rid !== undefined) this.#act(act, rid);
  }

  #act(act: OperatorAct, rid: string): void {
    const { ledger, statistics, functions } = this.#surroundings;
    const row = ledger.presentOf(rid);
    if (row === undefined) return;
    const caller = functions.callerOf(`operator ${act.kind}`, act.faults, () => undefined);
    increment(statistics.chain, `operator ${act.kind}`);
    this.#run(act.kind, row, caller).then(
      () => increment(statistics.chain, 'operator DONE'),
      () => increment(statistics.chain, 'operator REFUSED'),
    );
  }

  /** @throws whatever the command says why it was not done */
  async #run(kind: OperatorAct['kind'], row: ExecutionRow, caller: Caller): Promise<void> {
    const { nowMs } = this.#surroundings.time;
    const refund = { ...orderIdIn(row.orderKey), returnRequestId: row.rid };
    const client = this.#surroundings.clients.dynamoDbFor(caller);
    if (kind === 'REPUBLISH') await this.#republish(row, caller);
    else if (kind === 'RESOLVE' || kind === 'RESOLVE_PENDING') {
      const options = { note: 'paid by hand', isPendingMeant: kind === 'RESOLVE_PENDING' };
      await resolveRefund(client, tables, refund, options, nowMs);
    } else {
      const account = kind === 'RETRY_WITH_ACCOUNT' ? otherAccount : undefined;
      await retryRefund(client, tables, refund, { account, refundAccountDays }, nowMs);
    }
  }

  /** As the command does once it has read the tables, page by page. */
  async #republish(row: ExecutionRow, caller: Caller): Promise<void> {
    const { busFor, time } = this.#surroundings;
    const execution = executionOf(row);
    const obstacle = republishObstacleOf(execution);
    if (obstacle !== undefined) throw new Error(obstacle);
    const endsAtMs = time.nowMs + 30_000;
    await busFor(caller).put(requestEventOf(execution), () => endsAtMs - time.nowMs);
  }
}
