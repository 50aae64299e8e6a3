import { mutantsOfCancel } from './cancel.ts';
import { mutantsOfChain } from './chain.ts';
import { mutantsOfDomain } from './domain.ts';
import { mutantsOfDynamodb } from './dynamodb.ts';
import type { Mutant } from './mutant.ts';
import { mutantsOfRoute } from './route.ts';

export const mutants: readonly Mutant[] = [
  ...mutantsOfDynamodb,
  ...mutantsOfCancel,
  ...mutantsOfDomain,
  ...mutantsOfRoute,
  ...mutantsOfChain,
];
