import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Execution } from '../../../lambda/domain/execution.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { findExecution } from '../../../lambda/dynamodb/execution-commands.ts';
import { createExecutionRepository } from '../../../lambda/dynamodb/execution-repository.ts';
import { type CancellationRow, orderKeyOf } from '../../../lambda/dynamodb/items.ts';
import { executionRow, firstExecutionOf, refundAccountKeyOf } from '../../../lambda/dynamodb/refund-items.ts';
import type { EventBus } from '../../../lambda/events/event-bus.ts';
import type { RefundEvent } from '../../../lambda/events/refund-event.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';
import type { RefundId } from '../../../tools/refunds/change-refund.ts';
import { type EngineService, tables } from './engine-service.ts';

export const bankAccount = { accountNumber: '110-234-567890', bankCode: 'KB', accountHolderName: 'Hong Gildong' };

/** A refund of 1000 KRW of an order that this makes: its record is there, and nobody has been asked for it. */
export async function recordedRefund(service: EngineService, order: Partial<Order> = {}): Promise<RefundId> {
  const orderNo = order.orderNo ?? `REFUND-${(orders += 1)}`;
  await service.putOrder(orderOf({ ...order, orderNo }));
  const account = order.refundMethod === 'BANK_ACCOUNT' ? { refundAccount: bankAccount } : {};
  const { status, envelope } = await service.cancel(requestOf([itemOf({ amount: 1000 })], { orderNo, ...account }));
  if (status !== 200) throw new Error(`The cancellation ended with ${status}.`);
  const { returnRequestId } = envelope.data as { returnRequestId: string };
  return { storeId: service.store.storeId, orderNo, returnRequestId };
}

let orders = 0;

/** The same with an execution of this kind, REQUESTED unless overridden. */
export async function refundThatIs(
  service: EngineService,
  overrides: Partial<Execution> = {},
  order: Partial<Order> = {},
): Promise<RefundId> {
  const refund = await recordedRefund(service, order);
  const execution = { ...firstExecutionOf(await recordRowOf(service, refund)), ...overrides };
  await service.client.send(new PutCommand({ TableName: tables.executions, Item: executionRow(execution) }));
  return refund;
}

export async function recordRowOf(service: EngineService, refund: RefundId): Promise<CancellationRow> {
  const rows = await service.readRecordRows(refund.orderNo);
  const row = rows.find(({ rid }) => rid === refund.returnRequestId);
  if (row === undefined) throw new Error(`There is no record of ${refund.returnRequestId}.`);
  return row as unknown as CancellationRow;
}

export async function executionIn({ client }: EngineService, refund: RefundId): Promise<Execution | undefined> {
  return await findExecution(client, tables.executions, refund, refund.returnRequestId);
}

/** The row of the account of an attempt, as it is stored. */
export async function accountIn({ client }: EngineService, refund: RefundId, attempt: number): Promise<unknown> {
  const Key = { ...refundAccountKeyOf(orderKeyOf(refund), refund.returnRequestId, attempt) };
  return (await client.send(new GetCommand({ TableName: tables.refundAccounts, Key }))).Item;
}

interface Said {
  readonly sequence: number;
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  readonly attempt?: number;
}

/** Takes a report about a refund of 1000 KRW as the result taker does, and returns what came of it. */
export async function reportTo(
  client: DynamoDBDocumentClient,
  table: string,
  refund: RefundId,
  said: Said,
): Promise<string> {
  const report = { ...refund, attempt: 1, currencyCode: 'KRW', amountMinor: 1000n, ...said };
  return (await createExecutionRepository(client, table).take(report, Date.now(), () => 5000)).kind;
}

export async function report({ client }: EngineService, refund: RefundId, said: Said): Promise<string> {
  return await reportTo(client, tables.executions, refund, said);
}

/** A bus that takes every event, and keeps them as they would be sent. */
export function keepingBus(): EventBus & { readonly taken: string[] } {
  const taken: string[] = [];
  return {
    taken,
    async put(event: RefundEvent) {
      taken.push(JSON.stringify(event));
    },
  };
}
