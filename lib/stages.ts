/** What differs between deployments. */
export interface Stage {
  readonly name: StageName;
  /** Whether data outlives the stack: deletion protection, and tables retained when the stack is deleted. */
  readonly keepsData: boolean;
  readonly logRetentionDays: number;
  /** Requests per second and at once that the gateway lets through. */
  readonly throttle: { readonly rate: number; readonly burst: number };
}

export type StageName = keyof typeof stages;

const stages = {
  dev: { keepsData: false, logRetentionDays: 7, throttle: { rate: 50, burst: 100 } },
  staging: { keepsData: true, logRetentionDays: 30, throttle: { rate: 200, burst: 400 } },
  prod: { keepsData: true, logRetentionDays: 365, throttle: { rate: 1000, burst: 2000 } },
} satisfies Record<string, Omit<Stage, 'name'>>;

const defaultStage = 'dev';

/** @throws Error naming the stages there are */
export function stageNamed(name: unknown): Stage {
  const chosen = name ?? defaultStage;
  if (typeof chosen !== 'string' || !Object.hasOwn(stages, chosen)) {
    throw new Error(`There is no stage ${JSON.stringify(chosen)}: choose one of ${Object.keys(stages).join(', ')}.`);
  }
  return { name: chosen as StageName, ...stages[chosen as StageName] };
}

export interface TableNames {
  readonly orders: string;
  readonly cancellations: string;
  readonly storeKeys: string;
}

/**
 * The tables have names of their own, because CloudFormation never replaces a table that has one: a change that would
 * swap a table of money for an empty one fails instead.
 */
export function tableNamesOf(stage: StageName): TableNames {
  return {
    orders: `payment-cancel-${stage}-orders`,
    cancellations: `payment-cancel-${stage}-cancellations`,
    storeKeys: `payment-cancel-${stage}-store-keys`,
  };
}
