import type { CanceledItem } from '../../lambda/domain/cancellation.ts';
import { cancellationRow, type CancellationRecord, type NewCancellationRecord } from '../../lambda/dynamodb/items.ts';
import {
  type CancellationWrite,
  createOrderRepository,
  type OrderRepository,
} from '../../lambda/dynamodb/order-repository.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { allowed } from './decisions.ts';
import { type Sent, stubClient } from './stub-client.ts';

const tables = { orders: 'orders', cancellations: 'cancellations', refundAccounts: 'accounts' };
export const key = { storeId: 'STORE-1', orderNo: 'ORD20251224001', cancellationKey: 'K#1' };
export const orderKey = 'STORE-1/ORD20251224001';
export const inTime = () => 1000;

const taken = { units: 1, amountMinor: 3000n, taxMinor: 0n };
export const newRecord: NewCancellationRecord = {
  cancellationKey: 'K#1',
  requestDigest: 'digest',
  kind: 'REFUND',
  createdAtMs: 1_767_129_253_909,
  returnRequestId: 'RETREQ1',
  orderVersion: 2,
  accountTag: 'a1b2',
  dataJson: '{"orderNo":"ORD20251224001"}',
};
/** The record as DynamoDB returns it, and as it is read. */
export const storedRecord = cancellationRow(orderOf(), newRecord, [{ seq: 3, taken } as CanceledItem], false);
export const readRecord: CancellationRecord = { ...newRecord, lines: [{ seq: 3, ...taken }] };

/** The repository over a client that gives these answers, first to last. */
export function repositoryAnswering(...answers: readonly object[]): { repository: OrderRepository; sent: Sent[] } {
  const { client, sent } = stubClient(...answers);
  return { repository: createOrderRepository(client, tables, 365), sent };
}

/** The write of a request to an order, as a cancellation builds it. */
export function writeOf(items = [itemOf()], order = orderOf()): CancellationWrite {
  return {
    order,
    cancellation: allowed(order, requestOf(items)),
    record: newRecord,
    refundAccount: { accountNumber: '1234567890' },
    clientRequestToken: 'RETREQ1-1',
  };
}

export const throttled = { kind: 'BUSY', isConflict: false };
export const inConflict = { kind: 'BUSY', isConflict: true };
