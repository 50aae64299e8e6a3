import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** What differs between deployments. */
export interface Stage {
  readonly name: StageName;
  /**
   * Where it is deployed, and nowhere else: account and region. Undefined for wherever the credentials lead, which is
   * for stages without data to lose; npm run preflight refuses the others then.
   */
  readonly environment: Environment | undefined;
  /** Whether data outlives the stack: point-in-time recovery, deletion protection, and tables and keys retained. */
  readonly keepsData: boolean;
  readonly logRetentionDays: RetentionDays;
  /** Requests per second (rate) and at once (burst) that the gateway lets through. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** Requests in five minutes that the firewall lets through. */
  readonly rateLimits: { readonly perAccessKey: number; readonly perAddress: number };
  /** Instances of the cancel function: reserved for it, and the most that it gets. Undefined for no limit. */
  readonly reservedConcurrency: number | undefined;
  /** Whether alarms are raised, and stop a release. */
  readonly hasAlarms: boolean;
  /** Whom alarms reach: those that wake somebody, and the others. */
  readonly subscribers: { readonly pages: readonly Subscriber[]; readonly alarms: readonly Subscriber[] };
  /** Whether subscribers also learn that an alarm is over. */
  readonly notifiesOfRecovery: boolean;
  /** How a new version gets its traffic after it was tested. */
  readonly release: 'AT_ONCE' | 'CANARY';
  /** For how long the account that a refund goes to is kept. */
  readonly refundAccountDays: number;
  /**
   * ARNs of the roles that report what became of refunds. Undefined for whoever has the right in the stage's account;
   * none for nobody.
   */
  readonly executors: readonly string[] | undefined;
  /**
   * ARNs of the roles that say what happens to orders and payments. Undefined for whoever has the right in the stage's
   * account; none for nobody.
   */
  readonly platforms: readonly string[] | undefined;
  /** ARNs of the roles of operators who may ask for a refund again (npm run admin -- republish). */
  readonly operators: readonly string[];
  /** Instances of the webhook sender at once, at most: merchants that answer slowly keep them busy. From 2. */
  readonly webhookConcurrency: number;
  /** Whether copies of the tables are kept in a vault, for what point-in-time recovery does not cover. */
  readonly hasBackups: boolean;
  /** A custom domain; undefined for the address that API Gateway gives. */
  readonly domain: Domain | undefined;
}

export interface Environment {
  /** Twelve digits, as text: it may begin with 0. */
  readonly account: string;
  readonly region: string;
}

/** An e-mail address, or a URL that begins with https://. SNS asks it to confirm the subscription once. */
export type Subscriber = string;

export interface Domain {
  readonly name: string;
  /** ARN of a certificate in AWS Certificate Manager, in the stack's region. */
  readonly certificateArn: string;
  /**
   * For mutual TLS: a .pem file with the certificates of the authorities that issue client certificates. API Gateway
   * reads it when the domain changes: name the version of the object, so that a new file is deployed like any other
   * change.
   */
  readonly truststore?: { readonly bucket: string; readonly key: string; readonly version?: string };
}

export type StageName = keyof typeof stages;

const nobody = { pages: [], alarms: [] };

const stages = {
  dev: {
    environment: undefined,
    keepsData: false,
    logRetentionDays: 7,
    throttle: { rate: 50, burst: 100 },
    rateLimits: { perAccessKey: 10_000, perAddress: 10_000 },
    reservedConcurrency: undefined,
    hasAlarms: false,
    subscribers: nobody,
    notifiesOfRecovery: false,
    release: 'AT_ONCE',
    refundAccountDays: 30,
    executors: undefined,
    platforms: undefined,
    operators: [],
    webhookConcurrency: 5,
    hasBackups: false,
    domain: undefined,
  },
  staging: {
    // To be filled in: { account: '123456789012', region: 'us-east-1' }
    environment: undefined,
    keepsData: true,
    logRetentionDays: 30,
    throttle: { rate: 200, burst: 400 },
    rateLimits: { perAccessKey: 30_000, perAddress: 30_000 },
    reservedConcurrency: 50,
    hasAlarms: true,
    subscribers: nobody,
    notifiesOfRecovery: true,
    release: 'CANARY',
    refundAccountDays: 365,
    // To be filled in.
    executors: [],
    platforms: [],
    operators: [],
    webhookConcurrency: 10,
    hasBackups: false,
    domain: undefined,
  },
  prod: {
    // To be filled in, as are its subscribers and its domain.
    environment: undefined,
    keepsData: true,
    logRetentionDays: 365,
    throttle: { rate: 1000, burst: 2000 },
    rateLimits: { perAccessKey: 60_000, perAddress: 60_000 },
    reservedConcurrency: 200,
    hasAlarms: true,
    subscribers: nobody,
    notifiesOfRecovery: true,
    release: 'CANARY',
    refundAccountDays: 365,
    // To be filled in.
    executors: [],
    platforms: [],
    operators: [],
    webhookConcurrency: 50,
    hasBackups: true,
    domain: undefined,
  },
} satisfies Record<string, Omit<Stage, 'name'>>;

export const stageNames = Object.keys(stages) as StageName[];

const defaultStage = 'dev';

/** @throws Error naming the stages that exist */
export function stageNamed(name: unknown): Stage {
  const chosen = name ?? defaultStage;
  if (typeof chosen !== 'string' || !Object.hasOwn(stages, chosen)) {
    throw new Error(`There is no stage ${JSON.stringify(chosen)}: choose one of ${stageNames.join(', ')}.`);
  }
  return { name: chosen as StageName, ...stages[chosen as StageName] };
}

/** The name of the firewall's log group: AWS WAF only writes to log groups with this prefix. */
export function firewallLogName(stage: StageName): string {
  return `aws-waf-logs-payment-cancel-${stage}`;
}

/** The name of the vault with copies of the tables. */
export function backupVaultName(stage: StageName): string {
  return `payment-cancel-${stage}`;
}

/** What -c release=... says: whether CloudFormation moves the traffic by itself. @throws Error for another word */
export function isDirectRelease(release: unknown): boolean {
  if (release !== undefined && release !== 'direct') {
    throw new Error(
      `The release ${JSON.stringify(release)} is not understood: say direct, or leave it out for a normal release.`,
    );
  }
  return release === 'direct';
}

/** The name of the bus on which refunds are asked for and reported. */
export function busNameOf(stage: StageName): string {
  return `payment-cancel-${stage}`;
}

export function stackNameOf(stage: StageName): string {
  return `payment-cancel-${stage}`;
}

export interface TableNames {
  readonly orders: string;
  readonly cancellations: string;
  readonly storeKeys: string;
  readonly refundAccounts: string;
  readonly executions: string;
  readonly endpoints: string;
}

/**
 * The names of the tables. CloudFormation never replaces a resource that has a name: a change that would replace a
 * table with an empty one fails instead.
 */
export function tableNamesOf(stage: StageName): TableNames {
  return {
    orders: `payment-cancel-${stage}-orders`,
    cancellations: `payment-cancel-${stage}-cancellations`,
    storeKeys: `payment-cancel-${stage}-store-keys`,
    refundAccounts: `payment-cancel-${stage}-refund-accounts`,
    executions: `payment-cancel-${stage}-executions`,
    endpoints: `payment-cancel-${stage}-endpoints`,
  };
}
