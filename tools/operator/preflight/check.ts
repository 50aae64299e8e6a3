import type { Environment, Stage } from '../../../lib/stages.ts';
import type { Clients } from './clients.ts';
import type { DeployedStack } from './stack-state.ts';

/** What stands in the way of a deployment. */
export interface Problem {
  /** A sentence. */
  readonly what: string;
  /** The command or the line of lib/stages.ts that mends it. */
  readonly mend: string;
  /** Whether it is only worth knowing, and stops nothing. */
  readonly isNote?: true;
}

/** What the checks look at. */
export interface Place {
  readonly stage: Stage;
  /** Account and region that the credentials lead to. */
  readonly environment: Environment;
  readonly clients: Clients;
  /** The stage's stack as it is now; undefined if there is none. */
  readonly stack: DeployedStack | undefined;
}

export interface Check {
  readonly name: string;
  readonly find: (place: Place) => Promise<readonly Problem[]>;
}

export function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name;
}
