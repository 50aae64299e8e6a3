/** Where a store gets its webhooks, and how it answers. */
export interface PlannedEndpoint {
  readonly storeId: string;
  /** Whether it wants what has succeeded and failed only. */
  readonly isChoosy: boolean;
  /** Whether its row is one that no command can have written. */
  readonly isImpossible: boolean;
  /** How it answers the first calls; later ones it answers well and at once. */
  readonly answers: readonly EndpointAnswer[];
  /** Times in which it answers every call like this. */
  readonly outages: readonly Outage[];
}

export interface EndpointAnswer {
  /** 0 for none: it hangs. */
  readonly status: number;
  readonly afterMs: number;
}

export interface Outage extends EndpointAnswer {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What an operator does to the endpoint of a store. */
export interface EndpointAct {
  readonly kind: 'ROTATE' | 'SET_URL' | 'RESUME';
  readonly atMs: number;
  readonly storeId: string;
}
