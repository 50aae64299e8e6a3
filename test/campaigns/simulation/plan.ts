import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import type { ChainPlan } from './chain/plan.ts';
import type { Fault } from './faults.ts';

/**
 * All that chance decides of a history, drawn from its seed before it begins: so a part of it can be left out, and the
 * rest stays as it was. Times are milliseconds from the beginning.
 */
export interface Plan {
  readonly seed: number;
  readonly orders: readonly Order[];
  readonly credentials: readonly PlannedCredential[];
  readonly sends: readonly Send[];
  /** The platform captures an order, or a deposit for it arrives. */
  readonly captures: ReadonlyArray<{ readonly order: number; readonly atMs: number }>;
  /** How far the clocks of the function's instances are off; with more instances they begin again. */
  readonly skewsMs: readonly number[];
  /** What becomes of the money of its cancellations; undefined where they are only recorded. */
  readonly chain?: ChainPlan;
}

/** An access key of a store. */
export interface PlannedCredential {
  readonly storeId: string;
  readonly name: string;
  readonly expiresAtMs: number;
  readonly revokedAtMs: number;
  /** What is wrong with its row, so that it is one that nothing here can have written. */
  readonly impossible?: ImpossibleRow;
}

export const impossibleRows = ['NO_HASH_KEY', 'EMPTY_HASH_KEY', 'NO_EXPIRY', 'EXPIRY_IS_TEXT'] as const;
export type ImpossibleRow = (typeof impossibleRows)[number];

/** A merchant's wish to cancel, sent until it has a final response. */
export interface Send {
  readonly atMs: number;
  readonly order: number;
  readonly credential: number;
  readonly request: CancellationRequest;
  /** Requests for the same cancellation have the same number, whatever they say of taxes and of the refund account. */
  readonly meaning: number;
  readonly currencyCode: string;
  readonly idempotencyKey: string | undefined;
  readonly keyStyle: KeyStyle;
  readonly ifMatch: IfMatch | undefined;
  /** Whether the text is written in another way than usual: numbers, and the sequence of the fields. */
  readonly isRewritten: boolean;
  readonly flaw: Flaw | undefined;
  /** Chance in all that happens to it, whatever happens to others. */
  readonly seed: number;
  /** What goes wrong with the first tries, one list each. Later ones are spared. */
  readonly faults: ReadonlyArray<readonly Fault[]>;
  readonly patienceMs: number;
}

/** In which headers an idempotency key is sent, and whether in quotes. */
export const keyStyles = ['X', 'PLAIN', 'QUOTED', 'BOTH'] as const;
export type KeyStyle = (typeof keyStyles)[number];

/** The state of its order that a request is meant for. */
export interface IfMatch {
  /** So many versions after the first one of the order, or the latest that any response named before. */
  readonly state: 'ANY' | 'LATEST' | number;
  readonly isWeak: boolean;
}

export const flaws = [
  'FORGED_SIGNATURE',
  'UNKNOWN_KEY',
  'OTHER_STORE',
  'MISSING_HEADER',
  'KEYS_DIFFER',
  'COMPRESSED',
  'NOT_JSON',
  'INVALID_JSON',
  'TOO_LARGE',
  'UNKNOWN_FIELD',
] as const;
export type Flaw = (typeof flaws)[number];

export const dayMs = 24 * 60 * 60 * 1000;
export const maxSkewMs = 2000;

/** Stands for a key that is, to the letter, the digest of the first request: no key may pass for a digest. */
export const digestKey = 'THE DIGEST OF THE FIRST REQUEST';
