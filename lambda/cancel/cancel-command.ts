import { cancellationKeyOf, type RepeatedRequest } from '../domain/idempotency.ts';
import type { CancellationRequest } from '../domain/cancellation.ts';
import type { RecordKey } from '../dynamodb/order-repository.ts';
import type { IdempotencyKey } from '../contract/headers.ts';
import { returnRequestIdOf } from '../contract/return-request-id.ts';
import type { SignedRequest } from '../signed-route/signed-request.ts';
import { accountTagOf } from './account-tag.ts';
import { requestDigestOf } from '../contract/request-digest.ts';

/** A request that passed every check, with what identifies its cancellation (contract, section 4). */
export interface CancelCommand extends RepeatedRequest {
  readonly currencyCode: string;
  /** `*` or an ETag; undefined if the order may be in any state. */
  readonly ifMatch: string | undefined;
  /** The header that an answer about the idempotency key names. */
  readonly keyHeader: IdempotencyKey['header'];
  readonly key: RecordKey;
  /** Unique to this request. */
  readonly id: string;
  /** The id of the cancellation, if this request makes one. */
  readonly returnRequestId: string;
}

/** @param id unique to the request */
export function commandOf(signed: SignedRequest<CancellationRequest>, id: string): CancelCommand {
  const { storeId, headers, body } = signed;
  const { idempotencyKey, currencyCode, ifMatch } = headers;
  const requestDigest = requestDigestOf(body);
  return {
    request: body,
    requestDigest,
    hasIdempotencyKey: idempotencyKey !== undefined,
    accountTag: () => accountTagOf(body.refundAccount ?? {}),
    currencyCode,
    ifMatch,
    keyHeader: idempotencyKey?.header ?? 'X-Idempotency-Key',
    key: { storeId, orderNo: body.orderNo, cancellationKey: cancellationKeyOf(idempotencyKey?.value, requestDigest) },
    id,
    returnRequestId: returnRequestIdOf(id),
  };
}
