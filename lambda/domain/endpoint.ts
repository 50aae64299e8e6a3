/** Where a store gets its webhooks. Times are epoch milliseconds. */
export interface Endpoint {
  readonly storeId: string;
  readonly url: string;
  /** The types of events that it wants. Undefined for all. */
  readonly types: readonly string[] | undefined;
  /** The newest first. */
  readonly secrets: readonly WebhookSecret[];
  readonly createdAtMs: number;
  /** Since when it has not answered well. Undefined while it does. */
  readonly failingSinceMs: number | undefined;
  /**
   * Of an endpoint in trouble: until when somebody has the turn to call it; in the past when nobody has. Undefined: it is
   * in no trouble, and is called as often as there is something for it.
   */
  readonly busyUntilMs: number | undefined;
  /** When it said that it is gone. Nothing is sent to it from then on. */
  readonly goneAtMs: number | undefined;
}

export interface WebhookSecret {
  readonly secret: string;
  /** Until when it signs beside a newer one. Undefined for the newest, which does not end. */
  readonly untilMs: number | undefined;
}

/** whsec_ and the base64 of 32 bytes, as Standard Webhooks writes a secret. */
export const secretPattern = '^whsec_[A-Za-z0-9+/]{43}=$';

/** Whoever answers later is in trouble: others wait for the instance that waits for the answer. */
export const slowAnswerMs = 2000;
/** A turn to call an endpoint in trouble: longer than a call may take, so that there is never a second one. */
export const turnMs = 15_000;
/** An endpoint that has been failing for so long gets nothing new: too many messages can wait for it otherwise. */
export const pauseAfterMs = 60 * 60 * 1000;
/** Of an endpoint that is paused, one new message in so long is sent all the same: it may be back. */
export const probeAfterMs = 10 * 60 * 1000;
/** For how long the older secret goes on beside the newer one. */
export const rotationMs = 24 * 60 * 60 * 1000;

/** What to do with a message now. */
export type DeliveryVerdict =
  | { readonly kind: 'SEND' }
  /** The endpoint is in trouble: only whoever gets the turn may call it. */
  | { readonly kind: 'SEND_IN_TURN' }
  /** Somebody else has the turn. */
  | { readonly kind: 'WAIT' }
  /** It has failed for too long. The message becomes a dead letter, and is sent again when the endpoint is back. */
  | { readonly kind: 'PAUSE' }
  | { readonly kind: 'DROP'; readonly because: 'NO_ENDPOINT' | 'NOT_WANTED' | 'GONE' };

/** @param message its type, and how often it was received, this time included */
export function judgeDelivery(
  endpoint: Endpoint | undefined,
  { type, receiveCount }: { readonly type: string; readonly receiveCount: number },
  nowMs: number,
): DeliveryVerdict {
  if (endpoint === undefined) return { kind: 'DROP', because: 'NO_ENDPOINT' };
  const { types, goneAtMs, busyUntilMs } = endpoint;
  if (types !== undefined && !types.includes(type)) return { kind: 'DROP', because: 'NOT_WANTED' };
  if (goneAtMs !== undefined) return { kind: 'DROP', because: 'GONE' };
  // Those that were received before go on: they find out whether it is back, as does a new one from time to time.
  const isProbe = receiveCount > 1 || busyUntilMs === undefined || nowMs - busyUntilMs >= probeAfterMs;
  if (isPaused(endpoint, nowMs) && !isProbe) return { kind: 'PAUSE' };
  if (busyUntilMs === undefined) return { kind: 'SEND' };
  return { kind: busyUntilMs > nowMs ? 'WAIT' : 'SEND_IN_TURN' };
}

export function isPaused({ failingSinceMs }: Endpoint, nowMs: number): boolean {
  return failingSinceMs !== undefined && nowMs - failingSinceMs >= pauseAfterMs;
}

/** What a webhook is signed with now: one secret, or two while they are rotated. */
export function validSecrets({ secrets }: Pick<Endpoint, 'secrets'>, nowMs: number): string[] {
  return secrets.filter(({ untilMs }) => untilMs === undefined || untilMs > nowMs).map(({ secret }) => secret);
}

/** The secrets after a rotation: the new one, and the newest so far for a day more. */
export function rotatedSecrets(secrets: readonly WebhookSecret[], secret: string, nowMs: number): WebhookSecret[] {
  const older = secrets.slice(0, 1).map((one) => ({ secret: one.secret, untilMs: nowMs + rotationMs }));
  return [{ secret, untilMs: undefined }, ...older];
}
