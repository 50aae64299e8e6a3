import { drawChainPlan } from './chain/draw-chain.ts';
import { drawPlan } from './draw-plan.ts';
import type { Plan } from './plan.ts';

/** @param hasChain whether the refund chain runs too */
export function drawerOf(hasChain: boolean): (seed: number) => Plan {
  return hasChain ? drawChainPlan : drawPlan;
}
