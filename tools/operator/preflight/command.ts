import { stageNamed } from '../../../lib/stages.ts';
import { readArguments, UsageError } from '../../command-line.ts';
import type { Problem } from './check.ts';
import { createClients } from './clients.ts';
import { type Dispensable, dispensable } from './configuration.ts';
import { runChecks } from './run-checks.ts';

const help = `npm run preflight -- --stage NAME [options]: checks, before a deployment, what would make it fail halfway.

  --stage NAME      the stage that is to be deployed: dev, staging or prod
  --without LIST    what is left out on purpose: domain, subscribers, executors, platforms, or several
                    with a comma between them
  --help            prints this text

It looks, with your AWS credentials, at the account and the region, the bootstrap stack, the role for access logs, the
quota of Lambda, the stack and what an earlier one has left, and the certificate. It changes nothing. For each problem
it prints one line: what is wrong, and what mends it.

Exit codes: 0 nothing stands in the way; 1 something does.`;

/** `npm run preflight` */
export async function preflightCommand(): Promise<void> {
  const { values } = readArguments('npm run preflight', {
    options: {
      stage: { type: 'string' },
      without: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  if (values.stage === undefined) throw new UsageError('--stage is missing. See npm run preflight -- --help.');
  await preflight(values.stage, values.without);
}

/**
 * Prints a line for each check, and one for each problem.
 * @throws UsageError if something stands in the way of a deployment
 */
export async function preflight(stageName: string, without: string | undefined): Promise<void> {
  const stage = stageNamed(stageName);
  const checked = await runChecks(stage, createClients(), dispensablesIn(without));
  for (const { name, problems } of checked) {
    if (problems.length === 0) console.log(`ok      ${name}`);
    for (const problem of problems) console.log(lineOf(name, problem));
  }
  const count = checked.flatMap(({ problems }) => problems).filter(({ isNote }) => isNote === undefined).length;
  if (count > 0)
    throw new UsageError(`${count} ${count === 1 ? 'thing stands' : 'things stand'} in the way of ${stageName}.`);
}

function lineOf(name: string, { what, mend, isNote }: Problem): string {
  return `${isNote ? 'note  ' : 'FAILED'}  ${name}: ${what} Mend: ${mend}`;
}

function dispensablesIn(list: string | undefined): Dispensable[] {
  return (list?.split(',') ?? []).map((name) => {
    const known = dispensable.find((one) => one === name);
    if (known !== undefined) return known;
    throw new UsageError(
      `--without must be of ${dispensable.join(', ')}, with a comma between two of them, not ${list}.`,
    );
  });
}
