import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { describeFinding, type Finding, guarded } from './finding.ts';
import { type FollowUp, followUp } from './follow-ups.ts';
import { fuzzRows } from './fuzz-rows.ts';
import { flawOfObserved } from './judge.ts';
import { prototypeFlaw } from './oracles.ts';
import { Random } from '../../support/random.ts';
import { Reference } from './reference.ts';
import { type FuzzRequest, requestAt, signedBytesOf } from './request.ts';
import type { FuzzService, ObservedResponse } from './service.ts';
import { shrunk } from './shrink.ts';
import { flawOfStored } from './stored.ts';
import { drawTrouble } from './troubles.ts';

/** Sends what a seed stands for to orders as they were at first, and where it is canceled, what may follow. */
export async function fuzzBody(service: FuzzService, seed: number): Promise<Finding | undefined> {
  // What follows has a stream of its own, so that shrinking the first request leaves it as it is.
  const check = (request: FuzzRequest) =>
    guarded(request, () => findingOf(service, request, new Random(seed + 1), seed));
  const finding = await check(requestAt(seed));
  return finding && (await shrunk(finding, check));
}

/** An internal error, a failure that passes, and the refusals because of another one's record. */
const responsesToTrouble = ['500 EBP-Z-0010', '503 EBP-C-0011', '422 EBP-C-0005', '409 EBP-C-0005'];
const maxFollowUps = 4;

async function findingOf(
  service: FuzzService,
  request: FuzzRequest,
  random: Random,
  seed: number,
): Promise<Finding | undefined> {
  service.reset();
  if (random.chance(3)) return await fuzzRows(service, request, random);
  const reference = new Reference();
  if (random.chance(5)) {
    const verdict = reference.verdictOn(request, startOfTest);
    const observed = await service.send(request, drawTrouble(random));
    const responses = [...verdict.responses, ...responsesToTrouble];
    const flaw = flawOfObserved(request, observed, observed.status < 400 ? verdict : { responses });
    if (flaw !== undefined) return { flaw: `With DynamoDB failing: ${flaw}`, request };
    applied(observed, verdict.apply);
  }
  // What failed has left nothing behind.
  let step: FollowUp = { request, passedMs: 0 };
  let canceled: FuzzRequest | undefined;
  let passedMs = 0;
  const left = random.below(maxFollowUps + 1);
  for (let count = 0; count <= left; count += 1) {
    passedMs += step.passedMs;
    service.pass(step.passedMs);
    const verdict = reference.verdictOn(step.request, startOfTest + passedMs);
    const observed = await service.send(step.request);
    const flaw = flawOfObserved(step.request, observed, verdict, passedMs) ?? prototypeFlaw(seed % 64 === 0);
    if (flaw !== undefined) return found(flaw, request, step, count);
    applied(observed, verdict.apply);
    const stored = flawOfStored(service.orders(), reference);
    if (stored !== undefined) return found(stored, request, step, count);
    if (observed.status === 200) canceled = step.request;
    if (canceled === undefined && !random.chance(2)) return undefined;
    const order = reference.orderOf(orderNoOf(canceled ?? request));
    if (order === undefined) return undefined;
    step = canceled === undefined ? { request, passedMs: 0 } : followUp(canceled, order, random);
  }
  return undefined;
}

function applied({ body, status }: ObservedResponse, apply: ((data: CancellationData) => void) | undefined): void {
  if (status === 200) apply?.((JSON.parse(body) as { data: CancellationData }).data);
}

/** The first request is the one that is made smaller: those after it come of it. */
function found(flaw: string, request: FuzzRequest, step: FollowUp, count: number): Finding {
  if (count === 0) return { flaw, request };
  const followed = describeFinding({ flaw, request: step.request });
  return { flaw: `Request ${count + 1}, ${step.passedMs} ms after the one before: ${followed}\nRequest 1:`, request };
}

function orderNoOf(request: FuzzRequest): string {
  try {
    const body = JSON.parse(signedBytesOf(request).toString('utf8')) as { orderNo?: unknown } | null;
    return String(body?.orderNo);
  } catch {
    return '';
  }
}
