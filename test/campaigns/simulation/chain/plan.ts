import type { Fault } from '../faults.ts';
import type { PlannedEndpoint, EndpointAct } from './endpoint-plan.ts';
import type { PlatformPlan } from './platform-plan.ts';

/** All that chance decides of the refund chain of a history, drawn with its plan. */
export interface ChainPlan {
  /** For what is drawn while it happens: pauses, batches, the way over the network. */
  readonly seed: number;
  /** What goes wrong with the first invocations of each function, one list each. Later ones are spared. */
  readonly publisherFaults: ReadonlyArray<readonly Fault[]>;
  readonly takerFaults: ReadonlyArray<readonly Fault[]>;
  readonly orderTakerFaults: ReadonlyArray<readonly Fault[]>;
  readonly senderFaults: ReadonlyArray<readonly Fault[]>;
  /** The checkpoints of the streams are moved back, so that what was read before is read again. */
  readonly rewinds: readonly Rewind[];
  /** When each copy of the first events that the bus takes arrives at the executor, in milliseconds. */
  readonly deliveries: ReadonlyArray<readonly number[]>;
  /** What the executor does with the first attempts that it is asked for. */
  readonly deeds: readonly Deed[];
  /** Reports that no request asked for. */
  readonly strays: readonly Stray[];
  readonly operators: readonly OperatorAct[];
  /** When somebody puts a record that cannot be into the table; undefined for never. */
  readonly impossibleRecordAtMs: number | undefined;
  readonly platform: PlatformPlan;
  /** Where stores get their webhooks: at most one for each store. */
  readonly endpoints: readonly PlannedEndpoint[];
  readonly endpointActs: readonly EndpointAct[];
}

export interface Rewind {
  readonly atMs: number;
  readonly stream: 'Cancellations' | 'Executions';
  /** By so many records. */
  readonly by: number;
}

/** The reports of one attempt, in the sequence in which the executor makes them. */
export interface Deed {
  readonly reports: readonly PlannedReport[];
  /** Whether it reports everything again when it is asked again. */
  readonly repeats: boolean;
}

export interface PlannedReport {
  readonly status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  /** By how much its number differs from the place that it has: reports may be numbered with gaps. */
  readonly gap: number;
  /** When it is made, after the request. */
  readonly afterMs: number;
  /** When each of its copies arrives, after it was made. */
  readonly copiesMs: readonly number[];
  readonly flaw: ReportFlaw | undefined;
}

/** What makes a report one that cannot be taken. Each is sent beside the right one, and not in its place. */
export const reportFlaws = [
  'OTHER_AMOUNT',
  'OTHER_CURRENCY',
  /** Another status under the same number. */
  'CONTRADICTION',
  'FIELD_MISSING',
  'FIELD_INVALID',
  'NOT_JSON',
] as const;
export type ReportFlaw = (typeof reportFlaws)[number];

export interface Stray {
  readonly atMs: number;
  /** A cancellation that there is not, an attempt of one that there is, or money that the platform has moved itself. */
  readonly of: 'NOBODY' | 'NEXT_ATTEMPT' | 'ELSEWHERE';
}

export interface OperatorAct {
  readonly kind: 'RETRY' | 'RETRY_WITH_ACCOUNT' | 'RESOLVE' | 'RESOLVE_PENDING' | 'REPUBLISH';
  /** At a time, or so long after a refund has failed. */
  readonly when: 'AT' | 'AFTER_FAILURE';
  readonly ms: number;
  /** Which of the executions that there are then. */
  readonly choice: number;
  readonly faults: readonly Fault[];
}
