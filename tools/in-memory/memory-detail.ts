import { createDetailHandler, type DetailDependencies, type DetailOutcome } from '../../lambda/detail/handler.ts';
import type { ExecutionState } from '../../lambda/domain/execution.ts';
import type { OrderId } from '../../lambda/domain/order.ts';
import { orderKeyOf } from '../../lambda/dynamodb/items.ts';
import type { HistoryRepository, PastCancellation } from '../../lambda/dynamodb/history-repository.ts';
import type { RequestReport } from '../../lambda/signed-route/request-report.ts';
import type { Handler } from '../../lambda/signed-route/signed-route.ts';
import type { MemoryService } from './memory-service.ts';
import { spendingPauses } from './requests.ts';

/** The real detail handler over the tables of a service in memory. */
export interface MemoryDetail {
  readonly handler: Handler;
  readonly reports: Array<RequestReport<DetailOutcome>>;
  /** By order and returnRequestId. Nothing in memory makes any. */
  readonly executions: Map<string, ExecutionState>;
  /** Puts an execution, in place of an earlier one of the same cancellation. */
  putExecution(order: OrderId, execution: ExecutionState): void;
  /** Replace a member to make it fail. */
  readonly history: { -readonly [Name in keyof HistoryRepository]: HistoryRepository[Name] };
}

/** @param telemetry what requests are reported to; without one they are kept in `reports` */
export function memoryDetail(service: MemoryService, telemetry?: DetailDependencies['telemetry']): MemoryDetail {
  const reports: MemoryDetail['reports'] = [];
  const executions = new Map<string, ExecutionState>();
  const history: MemoryDetail['history'] = {
    findOrder: async (id) => service.orders.get(orderKeyOf(id)),
    listCancellations: async (id, maxCancellations) => {
      // Newest first, because a table does not sort them by time either.
      const all = [...service.records]
        .toReversed()
        .filter(([key]) => key.startsWith(`${orderKeyOf(id)} `))
        .map(([, record]): PastCancellation => record);
      return all.length > maxCancellations ? undefined : all;
    },
    listExecutions: async (id, maxExecutions) => {
      const all = [...executions].filter(([key]) => key.startsWith(`${orderKeyOf(id)} `)).map(([, state]) => state);
      return all.length > maxExecutions ? undefined : all;
    },
  };
  const handler = createDetailHandler({
    history: {
      findOrder: (...args) => history.findOrder(...args),
      listCancellations: (...args) => history.listCancellations(...args),
      listExecutions: (...args) => history.listExecutions(...args),
    },
    credentials: { find: async (accessKey) => service.keys.get(accessKey) },
    runtime: {
      now: () => service.nowMs,
      sleep: async (ms) => service.pauses.push(ms),
      random: () => 0.5,
      newId: () => '',
    },
    telemetry: telemetry ?? { report: (report) => reports.push(report) },
  });
  return {
    handler: async (event, context) => await handler(event, spendingPauses(context, service.pauses)),
    reports,
    executions,
    putExecution: (order, execution) => executions.set(`${orderKeyOf(order)} ${execution.returnRequestId}`, execution),
    history,
  };
}
