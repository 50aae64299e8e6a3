import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { resolveObstacleOf, retryObstacleOf } from '../../../../lambda/domain/execution.ts';
import type { EventBus } from '../../../../lambda/events/event-bus.ts';
import { requestEventOf } from '../../../../lambda/events/refund-event.ts';
import { executionOf, type ExecutionRow, type RefundAccountRow } from '../../../../lambda/dynamodb/refund-items.ts';
import type { Caller } from '../sdk-call.ts';
import { increment } from '../statistics.ts';
import type { Deadline } from '../virtual-time.ts';
import type { Ledger } from './ledger.ts';
import type { ChainPlan, OperatorAct } from './plan.ts';
import type { ChainSurroundings, Functions } from './surroundings.ts';

interface Surroundings extends ChainSurroundings {
  readonly functions: Functions;
  readonly ledger: Ledger;
  readonly accountAt: (key: { orderKey: string; refundKey: string }) => RefundAccountRow | undefined;
  readonly busFor: (caller: Caller) => EventBus;
}

/** Whoever looks after refunds that failed: several of them, who know nothing of each other. */
export class Operators {
  readonly #afterFailure: OperatorAct[];
  readonly #surroundings: Surroundings;
  #commands = 0;

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

  /** What a command does: it reads, refuses what cannot be, and writes on the condition that nothing has changed. */
  #act(act: OperatorAct, rid: string): void {
    const { ledger, time, statistics, functions } = this.#surroundings;
    const caller = functions.callerOf(`operator ${act.kind}`, act.faults, () => undefined);
    // A consistent read takes some time, and so does thinking.
    const row = ledger.presentOf(rid);
    time.after(caller.random.between(1, 12), () => {
      if (row === undefined) return;
      increment(statistics.chain, `operator ${act.kind}`);
      const command = this.#commandFor(act, row);
      if (command !== undefined) this.#write(caller, command);
      if (act.kind === 'REPUBLISH' && (row.st === 'REQUESTED' || row.st === 'PENDING')) this.#republish(caller, row);
    });
  }

  #republish(caller: Caller, row: ExecutionRow): void {
    const { busFor, time } = this.#surroundings;
    const endsAtMs = time.nowMs + 10_000;
    busFor(caller)
      .put(requestEventOf(executionOf(row)), () => endsAtMs - time.nowMs)
      .catch(() => undefined);
  }

  #commandFor({ kind }: OperatorAct, row: ExecutionRow): TransactWriteCommand | undefined {
    const execution = executionOf(row);
    const at = this.#surroundings.time.nowMs;
    if (kind === 'RETRY' || kind === 'RETRY_WITH_ACCOUNT') {
      if (retryObstacleOf(execution) !== undefined) return undefined;
      const account = this.#accountForNext(kind, row);
      const changes = { att: row.att + 1n, seq: 0, st: 'REQUESTED', req: at, at, ...(account ? { acc: true } : {}) };
      return commandOf(row, changes, ['why', 'psp', 'how', ...(account ? [] : ['acc'])], account);
    }
    if (kind === 'REPUBLISH' || resolveObstacleOf(execution, kind === 'RESOLVE_PENDING') !== undefined)
      return undefined;
    return commandOf(row, { seq: row.seq + 1n, st: 'RESOLVED', at, note: 'paid by hand' }, ['why']);
  }

  #accountForNext(kind: OperatorAct['kind'], { orderKey, rid, att, acc }: ExecutionRow): RefundAccountRow | undefined {
    const key = { orderKey, refundKey: `${rid}#${att + 1n}` };
    const until = BigInt(Math.ceil(this.#surroundings.time.nowMs / 1000)) + 365n * 24n * 3600n;
    if (kind === 'RETRY_WITH_ACCOUNT') return { ...key, n: '110-234-567890', b: '005', h: 'HONG', until };
    const row = acc === true ? this.#surroundings.accountAt({ orderKey, refundKey: `${rid}#${att}` }) : undefined;
    return row && { ...row, ...key, until };
  }

  #write(caller: Caller, command: TransactWriteCommand): void {
    this.#commands += 1;
    command.input.ClientRequestToken = `operator ${this.#commands}`;
    const deadline = { atMs: this.#surroundings.time.nowMs + 10_000 } as Deadline;
    const note = (outcome: string) => increment(this.#surroundings.statistics.chain, `operator ${outcome}`);
    this.#surroundings.network.send(caller, command, deadline).then(
      () => note('DONE'),
      () => note('REFUSED'),
    );
  }
}

function commandOf(
  row: ExecutionRow,
  changes: Readonly<Record<string, unknown>>,
  removed: readonly string[],
  account?: RefundAccountRow,
): TransactWriteCommand {
  const names = [...Object.keys(changes), ...removed, 'att', 'seq', 'st'];
  const sets = Object.keys(changes).map((name) => `#${name} = :${name}`);
  const Update = {
    TableName: 'Executions',
    Key: { orderKey: row.orderKey, rid: row.rid },
    UpdateExpression: `SET ${sets.join(', ')} REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
    ConditionExpression: '#att = :attempt AND #seq = :sequence AND #st = :status',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ':attempt': row.att,
      ':sequence': row.seq,
      ':status': row.st,
      ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [`:${name}`, value])),
    },
  };
  const puts = account === undefined ? [] : [{ Put: { TableName: 'RefundAccounts', Item: { ...account } } }];
  return new TransactWriteCommand({ TransactItems: [{ Update }, ...puts] });
}
