import { requestDigestOf } from '../../../lambda/contract/request-digest.ts';
import { cancellationData, toDataJson } from '../../../lambda/contract/cancellation-data.ts';
import { returnRequestIdOf } from '../../../lambda/contract/return-request-id.ts';
import { decideCancellation } from '../../../lambda/domain/decide-cancellation.ts';
import { cancellationKeyOf } from '../../../lambda/domain/idempotency.ts';
import { cancellationRow, type CancellationRow } from '../../../lambda/dynamodb/items.ts';
import { orderOf } from '../../in-memory/orders.ts';
import { exampleRequest } from '../../in-memory/requests.ts';

/** What DynamoDB's documentation adds to each item that is stored. */
const bytesOfItem = 100;

/**
 * Bytes that are billed for the record of the cancellation of the specification's whole order, which was sent without
 * an idempotency key.
 */
export function exampleRecordBytes(): number {
  return Object.entries(exampleCancellationRow()).reduce(
    (sum, [name, value]) => sum + name.length + bytesOf(value),
    bytesOfItem,
  );
}

/** The record of that cancellation, as the table has it. */
export function exampleCancellationRow(): CancellationRow {
  const request = exampleRequest('full-order');
  const order = orderOf({ orderNo: request.orderNo });
  const decision = decideCancellation(order, request, order.currencyCode);
  if (!decision.ok) throw new Error('The specification allows this cancellation.');
  const returnRequestId = returnRequestIdOf('0'.repeat(26));
  const digest = requestDigestOf(request);
  const record = {
    cancellationKey: cancellationKeyOf(undefined, digest),
    requestDigest: digest,
    kind: 'REFUND',
    createdAtMs: 1_700_000_000_123,
    returnRequestId,
    orderVersion: 2,
    accountTag: undefined,
    dataJson: toDataJson(cancellationData(decision.cancellation, returnRequestId)),
  } as const;
  return cancellationRow(order, record, decision.cancellation.items, false);
}

/** Bytes of a stored value, as DynamoDB's documentation counts them. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'bigint') return Math.ceil(String(value).replace(/0+$/, '').length / 2) + 1;
  const elements = Object.entries(value as object);
  const names = Array.isArray(value) ? 0 : elements.reduce((sum, [name]) => sum + name.length, 0);
  return elements.reduce((sum, [, element]) => sum + 1 + bytesOf(element), 3 + names);
}
