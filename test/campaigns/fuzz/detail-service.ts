import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { ExecutionState } from '../../../lambda/domain/execution.ts';
import { createHistoryRepository } from '../../../lambda/dynamodb/history-repository.ts';
import { orderKeyOf } from '../../../lambda/dynamodb/items.ts';
import { createDetailTelemetry } from '../../../lambda/detail/telemetry.ts';
import { memoryDetail } from '../../../tools/in-memory/memory-detail.ts';
import { memoryService, startOfTest, credentialOf } from '../../../tools/in-memory/memory-service.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { eventFor, type FuzzRequest } from './request.ts';
import { captured, type ObservedResponse } from './service.ts';
import { clientOf, type SpoiledRows } from './spoiled-rows.ts';
import { sender, stranger, strangersOrder, untouched } from './world.ts';

export interface FuzzDetailService {
  /** @throws whatever the handler throws, which it never should */
  send(request: FuzzRequest, rows?: SpoiledRows): Promise<ObservedResponse>;
  /** Every order is as it was, and no cancellation is known. */
  reset(): void;
  /** Cancels at a time. @param afterMs since the start, before the last one where a clock is behind */
  cancel(request: FuzzRequest, afterMs: number): Promise<CancellationData>;
  /** What becomes of the money of a cancellation, or of none. */
  putExecution(orderNo: string, execution: ExecutionState): void;
  /** As if orders had more cancellations than are listed one by one. */
  hideCancellations(): void;
}

const tables = { orders: 'Orders', cancellations: 'Cancellations', executions: 'Executions' };

/** The real detail handler and telemetry over tables in memory, in which the real cancel handler cancels. */
export function fuzzDetailService(): FuzzDetailService {
  const service = memoryService([...untouched, strangersOrder], sender);
  service.keys.set(stranger.accessKey, credentialOf(stranger));
  const detail = memoryDetail(
    service,
    createDetailTelemetry({ service: 'fuzz', version: 'a1b2c3d4e5f6' }, () => startOfTest),
  );
  const inMemory = { ...detail.history };
  return {
    async send(request, rows) {
      if (rows !== undefined) Object.assign(detail.history, createHistoryRepository(clientOf(rows), tables));
      const { result, printed } = await captured(() => detail.handler(eventFor(request), contextOf()));
      const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
      return { status: result.statusCode, headers: Object.fromEntries(headers), body: result.body, printed };
    },
    reset() {
      for (const order of untouched) service.orders.set(orderKeyOf(order), order);
      service.records.clear();
      detail.executions.clear();
      service.writes.length = 0;
      service.reports.length = 0;
      service.nowMs = startOfTest;
      Object.assign(detail.history, inMemory);
    },
    async cancel(request, afterMs) {
      service.nowMs = startOfTest + afterMs;
      const { statusCode, body } = await service.handler(eventFor(request), contextOf());
      const { data } = JSON.parse(body) as Envelope<CancellationData>;
      if (statusCode !== 200 || data === null) throw new Error(`It was not canceled: ${statusCode} ${body}`);
      return data;
    },
    putExecution: (orderNo, execution) => detail.putExecution({ storeId: sender.storeId, orderNo }, execution),
    hideCancellations() {
      detail.history.listCancellations = async () => undefined;
    },
  };
}
