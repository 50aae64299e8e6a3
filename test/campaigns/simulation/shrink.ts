import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import type { Plan, Send } from './plan.ts';
import { simplerChains } from './chain/simpler-chains.ts';
import { cancellationOf } from './repeats.ts';

/**
 * Leaves out of a plan what its failure does not need: whole requests, faults, captures, order lines, clocks that are
 * off. Greedy, and bounded by the number of plans that are tried.
 * @param fails whether a plan still fails
 */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>, maxTries: number): Promise<Plan> {
  let smallest = plan;
  let remainingTries = maxTries;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of smallerThan(smallest)) {
      if ((remainingTries -= 1) < 0) return smallest;
      if (!(await fails(candidate))) continue;
      smallest = candidate;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** What a violation says, but for whom and how much: equal for two plans that fail for the same reason. */
export function kindOf(violation: string): string {
  const [sentence = ''] = violation.split(/(?<=\.) /);
  return sentence.replaceAll(/request \d+(?: try \d+)?(?: again)?/g, 'request').replaceAll(/\d+/g, '0');
}

/** What could be left out, the most first. */
function* smallerThan(plan: Plan): Generator<Plan> {
  const { sends, captures, orders, skewsMs, chain } = plan;
  for (let index = sends.length - 1; index >= 0; index -= 1) yield { ...plan, sends: sends.toSpliced(index, 1) };
  for (const index of captures.keys()) yield { ...plan, captures: captures.toSpliced(index, 1) };
  for (const [index, { lines }] of orders.entries()) {
    for (const { seq } of lines) if (lines.length > 1) yield withoutLine(plan, index, seq);
  }
  for (const [index, send] of sends.entries()) {
    for (const simpler of simplerThan(send)) yield { ...plan, sends: sends.with(index, simpler) };
  }
  if (skewsMs.some((skewMs) => skewMs !== 0)) yield { ...plan, skewsMs: [0] };
  if (chain !== undefined) for (const simpler of simplerChains(chain)) yield { ...plan, chain: simpler };
}

function* simplerThan(send: Send): Generator<Send> {
  const { faults } = send;
  if (faults.length > 0) yield { ...send, faults: faults.slice(0, -1) };
  for (const [number, ofTry] of faults.entries()) {
    for (const index of ofTry.keys()) yield { ...send, faults: faults.with(number, ofTry.toSpliced(index, 1)) };
  }
  if (send.isRewritten) yield { ...send, isRewritten: false };
  if (send.ifMatch !== undefined) yield { ...send, ifMatch: undefined };
  if (send.keyStyle !== 'X') yield { ...send, keyStyle: 'X' };
}

function withoutLine(plan: Plan, order: number, seq: number): Plan {
  const texts: string[] = [];
  const sends = plan.sends.map((send) => {
    const request = send.order === order ? withoutItem(send.request, seq) : send.request;
    const text = cancellationOf(request);
    const known = texts.indexOf(text);
    return { ...send, request, meaning: known >= 0 ? known : texts.push(text) - 1 };
  });
  const orders = plan.orders.map((each, index) =>
    index === order ? { ...each, lines: each.lines.filter((line) => line.seq !== seq) } : each,
  );
  return { ...plan, orders, sends };
}

/** A total that was right stays right. */
function withoutItem(request: CancellationRequest, seq: number): CancellationRequest {
  const items = request.items.filter((item) => item.seq !== seq);
  const remaining = items.length === 0 ? request.items : items;
  const removed = totalOf(request.items) - totalOf(remaining);
  const totalCancelAmount = Math.max(0, Math.round((request.totalCancelAmount - removed) * 1000) / 1000);
  return { ...request, items: remaining, totalCancelAmount };
}

function totalOf(items: CancellationRequest['items']): number {
  return items.reduce((sum, { quantity, amount }) => sum + quantity * amount, 0);
}
