import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { CancelOutcome } from '../../lambda/cancel/cancel-outcome.ts';
import { type CancelDependencies, createCancelHandler } from '../../lambda/cancel/handler.ts';
import { applyCancellation } from '../../lambda/domain/apply-cancellation.ts';
import type { Order } from '../../lambda/domain/order.ts';
import type { Credential, CredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { DatabaseUnavailable } from '../../lambda/dynamodb/failures.ts';
import { type CancellationRecord, orderKeyOf } from '../../lambda/dynamodb/items.ts';
import type {
  CancellationWrite,
  CommitOutcome,
  OrderRepository,
  RecordKey,
} from '../../lambda/dynamodb/order-repository.ts';
import type { RemainingMs } from '../../lambda/environment/deadline.ts';
import type { Runtime } from '../../lambda/environment/runtime.ts';
import type { RequestReport } from '../../lambda/signed-route/request-report.ts';
import type { Handler } from '../../lambda/signed-route/signed-route.ts';
import { type Store, store as defaultStore, spendingPauses } from './requests.ts';

/** The real cancel handler over tables in memory, with a clock that stands still. */
export interface MemoryService {
  readonly handler: Handler;
  readonly orders: Map<string, Order>;
  readonly records: Map<string, CancellationRecord>;
  readonly keys: Map<string, Credential>;
  readonly reports: Array<RequestReport<CancelOutcome>>;
  /** Milliseconds slept, one entry per pause. */
  readonly pauses: number[];
  /** The outcomes of the next commits, in this sequence. A commit with such an outcome is not applied. */
  readonly nextCommits: Array<CommitOutcome | (() => Promise<CommitOutcome>)>;
  /** Every write that was sent, applied or not. */
  readonly writes: CancellationWrite[];
  nowMs: number;
  /** Replace a member to make it fail. */
  readonly repository: { -readonly [Name in keyof OrderRepository]: OrderRepository[Name] };
  readonly credentials: { -readonly [Name in keyof CredentialRepository]: CredentialRepository[Name] };
}

export const startOfTest = Date.parse('2025-12-30T21:14:13.909Z');

/** @param telemetry what requests are reported to; without one they are kept in `reports` */
export function memoryService(
  orders: readonly Order[] = [],
  holder: Store = defaultStore,
  telemetry?: CancelDependencies['telemetry'],
): MemoryService {
  const tables = {
    orders: new Map(orders.map((order) => [orderKeyOf(order), order])),
    records: new Map<string, CancellationRecord>(),
  };
  let ids = 0;
  const service: Omit<MemoryService, 'handler'> = {
    ...tables,
    keys: new Map([[holder.accessKey, credentialOf(holder)]]),
    reports: [],
    pauses: [],
    nextCommits: [],
    writes: [],
    nowMs: startOfTest,
    repository: {
      load: async (key, remainingMs) => {
        endInTime(remainingMs);
        const order = tables.orders.get(orderKeyOf(key));
        return { kind: 'LOADED', order, record: tables.records.get(recordKeyText(key)) };
      },
      findRecord: async (key, remainingMs) => {
        endInTime(remainingMs);
        return { kind: 'FOUND', record: tables.records.get(recordKeyText(key)) };
      },
      commit: async (write, remainingMs) => {
        endInTime(remainingMs);
        service.writes.push(write);
        const next = service.nextCommits.shift();
        if (next !== undefined) return typeof next === 'function' ? await next() : next;
        return apply(tables, write);
      },
    },
    credentials: { find: async (accessKey) => service.keys.get(accessKey) },
  };
  const runtime: Runtime = {
    now: () => service.nowMs,
    sleep: async (ms) => service.pauses.push(ms),
    random: () => 0.5,
    newId: () => String((ids += 1)).padStart(26, '0'),
  };
  const handler = createCancelHandler({
    // Called through the service, because its members may be replaced later.
    orders: {
      load: (...args) => service.repository.load(...args),
      findRecord: (...args) => service.repository.findRecord(...args),
      commit: (...args) => service.repository.commit(...args),
    },
    credentials: { find: (...args) => service.credentials.find(...args) },
    runtime,
    telemetry: telemetry ?? { report: (report) => service.reports.push(report) },
  });
  return Object.assign(service, {
    handler: async (event: APIGatewayProxyEvent, context: Context) =>
      await handler(event, spendingPauses(context, service.pauses)),
  });
}

export function credentialOf(holder: Store, overrides: Partial<Credential> = {}): Credential {
  return {
    storeId: holder.storeId,
    divisionCode: holder.divisionCode,
    channelCode: holder.channelCode,
    hashKey: holder.hashKey,
    issuedAtMs: startOfTest,
    expiresAtMs: startOfTest + 365 * 24 * 60 * 60 * 1000,
    isRevoked: false,
    ...overrides,
  };
}

/** What the real repository does before every call. */
function endInTime(remainingMs: RemainingMs): void {
  if (remainingMs() <= 0) throw new DatabaseUnavailable('No time remains for another call.');
}

/** The key of the `records` of a MemoryService. */
export function recordKeyText(key: RecordKey): string {
  return `${orderKeyOf(key)} ${key.cancellationKey}`;
}

/** Does what the transaction does, with its two conditions. */
export function apply(tables: Pick<MemoryService, 'orders' | 'records'>, write: CancellationWrite): CommitOutcome {
  const { order, cancellation, record } = write;
  const recordKey = recordKeyText({ ...order, cancellationKey: record.cancellationKey });
  const earlier = tables.records.get(recordKey);
  if (earlier) return { kind: 'RECORD_EXISTS', record: earlier, isOpen: false };
  const present = tables.orders.get(orderKeyOf(order));
  if (present?.version !== order.version) return { kind: 'ORDER_CHANGED', order: present, isOpen: false };
  tables.orders.set(orderKeyOf(order), applyCancellation(order, cancellation));
  tables.records.set(recordKey, { ...record, lines: cancellation.items.map(({ seq, taken }) => ({ seq, ...taken })) });
  return { kind: 'COMMITTED', isOpen: false };
}
