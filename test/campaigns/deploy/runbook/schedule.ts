import type { Fillings } from './fill-in.ts';

/**
 * When each block of commands of the pages for operators is run (runbook.ts names them). A block that is neither here nor
 * in cannotRun fails the run, and so does one that is here and was not run.
 */
export const schedule = {
  'Before the first deployment 1': 'in an account that nobody has used yet',
  'Before the first deployment 2': 'after it',
  Deploy: 'for a release of dev, and for the first deployment of staging',
  'When a deployment failed 1': 'after the first deployment of staging, which fails, and when staging is deleted',
  'When a deployment failed 2': 'after an update of dev whose way back fails',
  'When a deployment failed 3': 'after staging was deleted',
  'A domain of your own': 'against the default address, which asks for no certificate',
  'Roll back by hand 1': 'before the blocks that need its names',
  'Roll back by hand 3': 'after a release of dev',
  'Roll back by hand 4': 'after that',
  'Break-glass': 'at the end of the update of dev whose way back failed',
  'Store keys': 'in staging',
  Orders: 'in staging',
  'What is asked of whom': 'in dev, when a refund has failed',
  'A refund that failed 1': 'after that',
  'A refund that failed 2': 'when it has failed once more',
  'A refund that never left': 'in dev, for a refund that was asked for',
  'A refund that was paid by hand': 'in dev, for another refund that has failed',
  'Dead letters 1': 'in dev, with a dead letter',
  'Dead letters 2': 'after that',
  'Webhooks 1': 'in dev, for a store without orders',
  'Webhooks 2': 'in dev, after the names of "Dead letters 1", with a dead letter of an endpoint that is paused',
  'Executions and refund accounts 2': 'in dev',
  'A late deposit': 'in dev, when an order was captured that had been voided',
  Audit: 'in staging, after orders were restored',
  'Single orders 1': 'in staging, before an order is damaged, and before all are lost',
  'Single orders 2': 'after the damage',
  'Single orders 3': 'after that',
  'Single orders 4': 'after that',
  'A whole table 1': 'after that',
  'A whole table 2': 'after that',
  'A whole table 3': 'after that, for both tables',
  'A whole table 4': 'after that',
  'A whole table 5': 'after that',
} as const;

export type BlockName = keyof typeof schedule;

export interface CannotRun {
  readonly block: string;
  /** What the emulator lacks. */
  readonly why: string;
  /** Blocks that have to be run before it in the same shell. */
  readonly after?: readonly BlockName[];
  /** Commands that make what the block is about. */
  readonly setUp?: string;
  readonly fillings: Fillings;
  /** What the block prints when it fails there. */
  readonly fails: RegExp;
}

const ofReplay = {
  TIME: '2026-01-01T00:00:00Z',
  NOW: '2026-01-02T00:00:00Z',
  RULE: 'arn:aws:events:us-east-1:000000000000:rule/none',
};

/** Each of them is tried nevertheless. One that does not fail any more has to be taken off this list. */
export const cannotRun: readonly CannotRun[] = [
  {
    block: 'Roll back by hand 2',
    why: 'It has no CodeDeploy: no release of it is ever under way.',
    after: ['Roll back by hand 1'],
    // What these are named after is left out of the stack.
    setUp: 'APPLICATION=none GROUP=none\n',
    fillings: { ID: 'd-1' },
    fails: /when calling the ListDeployments operation/,
  },
  {
    block: 'Dead letters 3',
    why: 'It moves no messages from one queue to another by itself.',
    after: ['Dead letters 1'],
    fillings: {},
    fails: /StartMessageMoveTask is not valid/,
  },
  {
    block: 'Dead letters',
    why: 'The same, for orders.',
    after: ['Dead letters 1'],
    fillings: {},
    fails: /StartMessageMoveTask is not valid/,
  },
  {
    block: 'Webhooks 3',
    why: 'The same, for webhooks.',
    after: ['Dead letters 1', 'Webhooks 2'],
    fillings: {},
    fails: /StartMessageMoveTask is not valid/,
  },
  {
    block: 'Webhooks 4',
    why: 'It has no archive of this stack (unknown-resources.ts).',
    fillings: ofReplay,
    fails: /when calling the StartReplay operation/,
  },
  {
    block: 'Executions and refund accounts 1',
    why: 'The same, for reports.',
    fillings: ofReplay,
    fails: /when calling the StartReplay operation/,
  },
  {
    block: 'On localhost',
    why: 'It is for npm start, and nothing listens at the address where that would.',
    setUp: 'export DYNAMODB_ENDPOINT=http://127.0.0.1:1\n',
    fillings: {},
    fails: /http:\/\/127\.0\.0\.1:1/,
  },
  {
    block: 'A copy in the vault',
    why: 'It has vaults, but restores nothing from them.',
    setUp: 'aws backup create-backup-vault --backup-vault-name payment-cancel-prod\n',
    fillings: {
      ARN: 'arn:aws:backup:us-east-1:000000000000:recovery-point:none',
      ROLE: 'arn:aws:iam::000000000000:role/none',
      KEY: 'arn:aws:kms:us-east-1:000000000000:key/none',
    },
    fails: /when calling the StartRestoreJob operation: No route/,
  },
];
