import { randomUUID } from 'node:crypto';
import { currencyCodeFrom, type Settings } from './settings.ts';

/**
 * A cancellation is identified by its order and its idempotency key. If the key is not saved before the request is
 * sent, nobody can find out after a crash whether the payment is canceled. So the key is your own, or you get it in
 * time to save it.
 */
export type CancelOptions = IdempotencyKeyOption & {
  /**
   * The `etag` of what you have seen of the order: it is canceled only if nothing has changed since. `*` is any state. An
   * undefined one is an error: it would cancel whatever has changed.
   */
  readonly ifMatch?: string;
  /** ISO 4217; that of the client unless given. */
  readonly currencyCode?: string | undefined;
  /** Stops waiting and retrying. A request that was sent may still be carried out: OutcomeUnknownError. */
  readonly signal?: AbortSignal | undefined;
};

export type IdempotencyKeyOption =
  /**
   * Your own id of this cancellation: 1 to 128 printable ASCII characters without a comma, and without spaces around
   * them.
   */
  | {
      readonly idempotencyKey: string;
      readonly saveIdempotencyKey?: undefined;
      readonly withoutIdempotencyKey?: false | undefined;
    }
  /** Gets a new key, and is awaited, before anything is sent. If it throws, cancel throws the same. */
  | {
      readonly idempotencyKey?: undefined;
      readonly saveIdempotencyKey: (key: string) => Promise<unknown> | void;
      readonly withoutIdempotencyKey?: false | undefined;
    }
  /**
   * Sends no key: the order, the items and the total identify the cancellation. The same again is a replay for 24 hours
   * and is refused after that, so the same can never be canceled once more on purpose.
   */
  | {
      readonly idempotencyKey?: undefined;
      readonly saveIdempotencyKey?: undefined;
      readonly withoutIdempotencyKey: true;
    };

export interface DetailOptions {
  /** The most cancellations in the response, 1 to 100: 20 unless given. */
  readonly limit?: number | undefined;
  /** The nextToken of the previous response, to get the cancellations that follow. */
  readonly nextToken?: string | undefined;
  /** ISO 4217; that of the client unless given. It need not be the order's. */
  readonly currencyCode?: string | undefined;
  /** Stops waiting and retrying. */
  readonly signal?: AbortSignal | undefined;
}

type CommonOptions = Pick<DetailOptions, 'currencyCode' | 'signal'>;

/** @throws TypeError */
export function commonOptionsFrom({ currencyCode, signal }: CommonOptions, settings: Settings) {
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw new TypeError('signal must be an AbortSignal.');
  return { currencyCode: currencyCodeFrom(currencyCode ?? settings.currencyCode), signal };
}

/** The key of a call, a new one already saved; undefined if none is to be sent. @throws TypeError */
export async function idempotencyKeyFrom(options: CancelOptions): Promise<string | undefined> {
  const { idempotencyKey, saveIdempotencyKey, withoutIdempotencyKey } = options;
  const given = [idempotencyKey, saveIdempotencyKey, withoutIdempotencyKey].filter(
    (option) => option !== undefined && option !== false,
  );
  if (given.length !== 1) throw new TypeError(`cancel needs ${keyOptions}.`);
  if (idempotencyKey !== undefined) return checkedKey(idempotencyKey);
  if (withoutIdempotencyKey === true) return undefined;
  if (typeof saveIdempotencyKey !== 'function') throw new TypeError(`cancel needs ${keyOptions}.`);
  const newKey = randomUUID();
  await saveIdempotencyKey(newKey);
  return newKey;
}

const keyOptions =
  'one of idempotencyKey, saveIdempotencyKey (a function that a new key is handed to) and withoutIdempotencyKey: true';

function checkedKey(key: unknown): string {
  // A proxy joins a header that is sent twice with a comma, so the service accepts none.
  if (typeof key !== 'string' || !/^(?! )[\x20-\x2b\x2d-\x7e]{1,128}(?<! )$/.test(key)) {
    throw new TypeError(
      'idempotencyKey must be 1 to 128 printable ASCII characters without a comma, and without spaces around them.',
    );
  }
  return key;
}

/** @throws TypeError also for an undefined value: without the condition, whatever has changed would be canceled */
export function ifMatchFrom(options: Pick<CancelOptions, 'ifMatch'>): string | undefined {
  if (!('ifMatch' in options)) return undefined;
  const { ifMatch } = options;
  if (typeof ifMatch !== 'string' || !/^(?:\*|(?:W\/)?"[\x21\x23-\x7e]+")$/.test(ifMatch)) {
    throw new TypeError(
      'ifMatch must be the etag of a response, with its quotes, or *. Leave it out for no condition.',
    );
  }
  return ifMatch;
}
