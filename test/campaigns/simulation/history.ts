import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import type { Order, PaymentStatus } from '../../../lambda/domain/order.ts';
import type { CancellationRow } from '../../../lambda/dynamodb/items.ts';
import type { Send } from './plan.ts';

/** One invocation of the function, from the arrival of a request to the leaving of its response. */
export interface CancelOperation {
  readonly kind: 'CANCEL';
  readonly name: string;
  readonly send: Send;
  readonly storeId: string;
  /** As it was written; it means the same as its send's. */
  readonly request: CancellationRequest;
  /** What section 4 of the contract knows the request by. */
  readonly key: string;
  readonly hasIdempotencyKey: boolean;
  /** The header that a refusal for the key names. */
  readonly keyHeader: string;
  /** As it was sent. */
  readonly ifMatch: string | undefined;
  readonly invokedAt: number;
  readonly invokedAtMs: number;
  returnedAt: number;
  returnedAtMs: number;
  /** The id of the cancellation that it makes, should it make one. */
  returnRequestId: string | undefined;
  /** Undefined for one that was never answered. */
  response: MerchantResponse | undefined;
  readonly hindrances: Hindrances;
}

/** What an invocation met on its way to DynamoDB and there: all that may explain that it gave up. */
export interface Hindrances {
  /** Wire calls that met a fault. */
  faults: number;
  /** DynamoDB's, in their order: the name of an error, or the reasons of a canceled transaction, of the order first. */
  readonly refusals: string[];
}

/** What a merchant gets. */
export interface MerchantResponse {
  readonly status: number;
  readonly isReplay: boolean;
  readonly retryAfter: string | undefined;
  readonly etag: string | undefined;
  readonly envelope: Envelope<CancellationData>;
}

/** The platform captures an order, in one instant; without effect unless it is requested or authorized. */
export interface CaptureOperation {
  readonly kind: 'CAPTURE';
  readonly name: string;
  readonly invokedAt: number;
  readonly returnedAt: number;
  readonly statusBefore: PaymentStatus;
}

/** An event of the platform changes an order, in one instant. */
export interface ChangeOperation {
  readonly kind: 'CHANGE';
  readonly name: string;
  readonly invokedAt: number;
  readonly returnedAt: number;
  /** Undefined where it brought the order. */
  readonly before: Order | undefined;
  readonly after: Order;
}

export type PlatformOperation = CaptureOperation | ChangeOperation;

/** A cancellation that took effect. */
export interface Applied {
  readonly record: CancellationRow;
  /** The event from which on its order shows it; its record may show some events earlier, or later. */
  readonly shownAt: number;
}

export type Operation = CancelOperation | PlatformOperation;

/** A promise of the service that a history breaks. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}
