import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Environment, Stage } from '../../../lib/stages.ts';
import { explainAwsError } from '../explain-dynamodb-error.ts';
import type { Problem } from './check.ts';
import type { Clients } from './clients.ts';

/** Where the credentials lead, or why they lead nowhere. */
export async function findIdentity(stage: Stage, { sts }: Clients): Promise<Environment | Problem> {
  try {
    const region = await sts.config.region();
    const { Account: account = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { account, region };
  } catch (error) {
    const what = error instanceof Error ? explainAwsError(error, `stage ${stage.name}`, 'AWS') : undefined;
    if (what === undefined) throw error;
    return { what, mend: 'aws configure list' };
  }
}

/** Compares where the credentials lead with where the stage is deployed. */
export function misplaced({ name, keepsData, environment }: Stage, found: Environment): Problem[] {
  if (environment === undefined) {
    if (!keepsData) return [];
    const line = `environment: { account: '${found.account}', region: '${found.region}' },`;
    return [
      {
        what: `lib/stages.ts does not say where ${name} is deployed, so that any credentials would make another ${name}.`,
        mend: `in lib/stages.ts, ${name}: ${line}`,
      },
    ];
  }
  return [
    ...(found.account === environment.account
      ? []
      : [
          {
            what: `The credentials are of account ${found.account}, but ${name} is deployed to ${environment.account}.`,
            mend: `export AWS_PROFILE=a-profile-of-${environment.account}`,
          },
        ]),
    ...(found.region === environment.region
      ? []
      : [
          {
            what: `The region is ${found.region}, but ${name} is deployed to ${environment.region}.`,
            mend: `export AWS_REGION=${environment.region}`,
          },
        ]),
  ];
}
