/** What a platform says of the orders of a history, and when. */
export interface PlatformPlan {
  /** Orders that are not there from the beginning, by their places in the plan: they come in by events. */
  readonly comingOrders: readonly number[];
  readonly events: readonly PlannedEvent[];
}

export interface PlannedEvent {
  readonly kind: PlatformEventKind;
  /** By its place in the plan. */
  readonly order: number;
  /** When it becomes so; of a capture, when the money is taken. */
  readonly atMs: number;
  /** When each of its copies is put on the bus, after that. */
  readonly copiesMs: readonly number[];
  /** Of money that went back elsewhere. */
  readonly items: readonly ElsewhereLine[];
  readonly flaw: EventFlaw | undefined;
}

export type PlatformEventKind =
  | 'REGISTERED'
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'CAPTURED_WITH_ORDER'
  | 'FAILED'
  | 'REFUNDED_ELSEWHERE';

export interface ElsewhereLine {
  readonly seq: number;
  readonly quantity: number;
  /** Per unit. */
  readonly amountMinor: bigint;
}

/** What makes an event one that cannot be taken. Each is sent beside the right one, and not in its place. */
export const eventFlaws = [
  /** Of a capture: not the total. Of what was refunded elsewhere: other items under the same id. */
  'OTHER_AMOUNT',
  /** Another order under the same number. */
  'OTHER_ORDER',
  'OTHER_CURRENCY',
  'FIELD_MISSING',
  'FIELD_INVALID',
  'NOT_JSON',
] as const;
export type EventFlaw = (typeof eventFlaws)[number];
