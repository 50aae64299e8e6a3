import { mutantsOfCancel } from './cancel.ts';
import { mutantsOfChain } from './chain.ts';
import { mutantsOfDomain } from './domain.ts';
import { mutantsOfDynamodb } from './dynamodb.ts';
import type { Mutant } from './mutant.ts';
import { mutantsOfOrderTaker } from './order-taker.ts';
import { mutantsOfRoute } from './route.ts';
import { mutantsOfWebhooks } from './webhooks.ts';

export const mutants: readonly Mutant[] = [
  ...mutantsOfDynamodb,
  ...mutantsOfCancel,
  ...mutantsOfDomain,
  ...mutantsOfRoute,
  ...mutantsOfChain,
  ...mutantsOfOrderTaker,
  ...mutantsOfWebhooks,
];
