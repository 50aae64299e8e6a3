import type { Context } from 'aws-lambda';
import { createExecutionRepository } from '../../../../lambda/dynamodb/execution-repository.ts';
import type { ExecutionRow } from '../../../../lambda/dynamodb/refund-items.ts';
import { createResultTaker } from '../../../../lambda/result-taker/take-reports.ts';
import type { Caller } from '../sdk-call.ts';
import type { Ledger } from './ledger.ts';
import { Messages } from './messages.ts';
import type { ChainPlan } from './plan.ts';
import { eachMinute } from './queue.ts';
import type { SentReport } from './sent-reports.ts';
import type { ServiceClients } from './service-clients.ts';
import type { ChainSurroundings, Functions } from './surroundings.ts';
import { checkFinished, checkKept, type Delivery } from './taken-reports.ts';

/** lib/result-taker.ts. */
const taker = { name: 'result taker', timeoutMs: 10_000 };

/** The reports of the executor, their queue and the function that takes them. */
export class Reports {
  readonly #sent: SentReport[] = [];
  readonly #messages: Messages<SentReport, Delivery>;
  invocations = 0;

  constructor(
    { takerFaults }: ChainPlan,
    surroundings: ChainSurroundings,
    functions: Functions,
    clients: ServiceClients,
    ledger: Ledger,
  ) {
    const { time, random } = surroundings;
    this.#messages = new Messages<SentReport, Delivery>(surroundings, {
      settings: eachMinute,
      what: 'report',
      begin: (report) => ({ report, before: ledger.presentOf(report.rid), isKept: false, counted: new Set() }),
      invoke: ({ event, deliveries, deliveryOf }, end) => {
        const faults = takerFaults[this.invocations] ?? [];
        this.invocations += 1;
        const skewMs = random.chance(20) ? random.between(-2000, 2000) : 0;
        const keep = (body: string, reason: string) => {
          const delivery = deliveryOf(body);
          checkKept(delivery, ledger, reason);
          delivery.isKept = true;
        };
        const run = async (caller: Caller, context: Context) => {
          const handle = createResultTaker({
            executions: createExecutionRepository(clients.dynamoDbFor(caller), 'Executions'),
            deadLetters: clients.deadLettersFor(caller, keep),
            report: (handled) => {
              clients.onReport(caller, handled);
              const delivery = deliveries.get(String(handled.fields['messageId']));
              for (const name of handled.counted) delivery?.counted.add(name);
            },
            now: () => time.nowMs + skewMs,
          });
          return await handle(event, context);
        };
        functions.invoke(taker, faults, run, end);
      },
      checkFinished: (delivery) => checkFinished(delivery, ledger),
      // It may be of a refund that there is not.
      checkGivenUp: () => undefined,
    });
  }

  send(report: SentReport): void {
    if (report.flaw !== 'NOT_JSON') this.#sent.push(report);
    this.#messages.send(report, 'refund-executor', 'executor.report.v1', report.detailJson);
  }

  /** Whether somebody has reported what an execution is now. */
  hasSaid(row: ExecutionRow): boolean {
    return this.#sent.some((report) => isStateOf(row, report));
  }

  checkAtRest(): void {
    this.#messages.checkAtRest();
  }
}

function isStateOf({ rid, att, seq, st, why }: ExecutionRow, report: SentReport): boolean {
  const isSame = report.rid === rid && BigInt(report.attempt) === att && BigInt(report.sequence) === seq;
  const canBeTaken = report.flaw === undefined || report.flaw === 'CONTRADICTION';
  return isSame && canBeTaken && report.status === st && report.failureReason === why;
}
