import { type CancelCommand, commandOf } from '../../lambda/cancel/cancel-command.ts';
import type { RequestHeaders } from '../../lambda/contract/headers.ts';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';
import type { CancellationRecord } from '../../lambda/dynamodb/items.ts';
import { cancellationData, toDataJson } from '../../lambda/contract/cancellation-data.ts';
import type { SignedRequest } from '../../lambda/signed-route/signed-request.ts';
import { startOfTest } from '../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { itemOf, requestOf, store } from '../../tools/in-memory/requests.ts';
import { allowed } from './decisions.ts';

/** The id of the n-th request, as long as a real one. */
export const idOf = (n: number): string => String(n).padStart(26, '0');

/** The command of a request that passed every check, in the order's currency unless overridden. */
export function commandFor(
  body: CancellationRequest = requestOf([itemOf({ amount: 1000 })]),
  headers: Partial<RequestHeaders> = {},
  id = idOf(1),
): CancelCommand {
  const signed = { storeId: store.storeId, body, headers: { currencyCode: 'KRW', ...headers } };
  return commandOf(signed as SignedRequest<CancellationRequest>, id);
}

/** The record that a command leaves when it is applied to an order. */
export function recordOf(
  command: CancelCommand,
  overrides: Partial<CancellationRecord> = {},
  order = orderOf(),
): CancellationRecord {
  const cancellation = allowed(order, command.request);
  return {
    cancellationKey: command.key.cancellationKey,
    requestDigest: command.requestDigest,
    kind: cancellation.kind,
    createdAtMs: startOfTest,
    returnRequestId: command.returnRequestId,
    orderVersion: order.version + 1,
    accountTag: undefined,
    dataJson: toDataJson(cancellationData(cancellation, command.returnRequestId)),
    lines: cancellation.items.map(({ seq, taken }) => ({ seq, ...taken })),
    ...overrides,
  };
}
