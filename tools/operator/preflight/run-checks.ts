import { type Stage, stackNameOf } from '../../../lib/stages.ts';
import { explainAwsError } from '../explain-dynamodb-error.ts';
import { accessLogRole } from './access-log-role.ts';
import { bootstrap } from './bootstrap.ts';
import { certificate } from './certificate.ts';
import type { Check, Place, Problem } from './check.ts';
import type { Clients } from './clients.ts';
import { concurrency } from './concurrency.ts';
import { type Dispensable, missingConfiguration } from './configuration.ts';
import { findIdentity, misplaced } from './identity.ts';
import { leftovers } from './leftovers.ts';
import { findStack, stackState } from './stack-state.ts';

/** A check that was made, and what it found. */
export interface Checked {
  readonly name: string;
  readonly problems: readonly Problem[];
}

const checks: readonly Check[] = [bootstrap, accessLogRole, concurrency, stackState, leftovers, certificate];

/** Makes every check that can be made: nothing is looked at in an account or a region that is not the stage's. */
export async function runChecks(
  stage: Stage,
  clients: Clients,
  without: readonly Dispensable[],
): Promise<readonly Checked[]> {
  const configuration = { name: 'configuration', problems: missingConfiguration(stage, without) };
  const found = await findIdentity(stage, clients);
  if ('what' in found) return [configuration, { name: 'credentials', problems: [found] }];
  const place = { name: 'account and region', problems: misplaced(stage, found) };
  const isElsewhere = stage.environment !== undefined && place.problems.length > 0;
  if (isElsewhere) return [configuration, place];

  const checked: Checked[] = [];
  const problems = await problemsOf(stage, async () => {
    const stack = await findStack(clients.cloudFormation, stackNameOf(stage.name));
    for (const check of checks) checked.push(await make(check, { stage, environment: found, clients, stack }));
    return [];
  });
  return [configuration, place, ...checked, ...(problems.length === 0 ? [] : [{ name: stackState.name, problems }])];
}

async function make({ name, find }: Check, place: Place): Promise<Checked> {
  return { name, problems: await problemsOf(place.stage, async () => await find(place)) };
}

/** What a check finds. One that cannot be made has found a problem too. */
async function problemsOf({ name }: Stage, find: () => Promise<readonly Problem[]>): Promise<readonly Problem[]> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const what = explainAwsError(error, `stage ${name}`, 'AWS') ?? `${error.name}: ${error.message}`;
    return [{ what: `It could not be checked. ${what}`, mend: 'see "Rights of an operator" in docs/operations.md' }];
  }
}
