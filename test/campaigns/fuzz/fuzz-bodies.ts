import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { type Finding, guarded } from './finding.ts';
import { flawOfObserved } from './judge.ts';
import { prototypeFlaw } from './oracles.ts';
import { Random } from '../../support/random.ts';
import { accepted, allowedResponses } from './reference.ts';
import { type FuzzRequest, requestAt, signedBytesOf, withBytes } from './request.ts';
import type { ObservedResponse, FuzzService } from './service.ts';
import { shrunk } from './shrink.ts';
import { drawTrouble } from './troubles.ts';

/** Sends what a seed stands for to orders as they were at first, and again where that is worth it. */
export async function fuzzBody(service: FuzzService, seed: number): Promise<Finding | undefined> {
  // The repetition has a stream of its own, so that shrinking a request leaves it as it is.
  const check = (request: FuzzRequest) =>
    guarded(request, () => findingOf(service, request, new Random(seed + 1), seed));
  const finding = await check(requestAt(seed));
  return finding && (await shrunk(finding, check));
}

async function findingOf(
  service: FuzzService,
  request: FuzzRequest,
  random: Random,
  seed: number,
): Promise<Finding | undefined> {
  service.reset();
  if (random.chance(5)) {
    const troubled = await service.send(request, drawTrouble(random));
    const flaw = flawOfObserved(request, troubled, [...allowedResponses(request), ...responsesToTrouble]);
    if (flaw !== undefined) return { flaw: `With DynamoDB failing: ${flaw}`, request };
  }
  // What failed has left nothing behind.
  const first = await service.send(request);
  const flaw = flawOfObserved(request, first, allowedResponses(request)) ?? prototypeFlaw(seed % 64 === 0);
  if (flaw !== undefined) return { flaw, request };
  const isRepeated = random.chance(first.status === 200 ? 50 : 2);
  return isRepeated ? await repeat(service, request, first, random) : undefined;
}

/** An internal error, a failure that passes, and the refusal because of another one's record. */
const responsesToTrouble = ['500 EBP-Z-0010', '503 EBP-C-0011', '422 EBP-C-0005'];

const dayMs = 24 * 60 * 60 * 1000;

/** The same again, written otherwise, a day later, or another request with the same key (contract, section 4). */
async function repeat(
  service: FuzzService,
  request: FuzzRequest,
  first: ObservedResponse,
  random: Random,
): Promise<Finding | undefined> {
  const isKeyed = request.headers.some(([name]) => name.toLowerCase() === 'x-idempotency-key');
  const isSuccess = first.status === 200;
  const passedMs = random.chance(30) ? dayMs + 1 : 0;
  const { resultCode, data } = JSON.parse(first.body) as Envelope<CancellationData>;
  service.pass(passedMs);

  if (isSuccess && isKeyed && random.chance(30)) {
    const other = withBytes(request, anotherRequest(request));
    const flaw = flawOfObserved(other, await service.send(other), ['422 EBP-C-0005'], passedMs);
    return flaw === undefined ? undefined : { flaw: `Another request with the key: ${flaw}`, request: other };
  }

  const again = isSuccess && random.chance(50) ? withBytes(request, rewritten(request)) : request;
  const isDuplicate = isSuccess && !isKeyed && passedMs > 0;
  const expected = isDuplicate ? '409 EBP-C-0005' : `${first.status} ${resultCode}`;
  const second = await service.send(again);
  const isReplay = expected === accepted;
  const flaw =
    flawOfObserved(again, second, [expected], passedMs) ?? (isReplay ? flawOfReplay(second, data) : undefined);
  return flaw === undefined ? undefined : { flaw: `Sent again: ${flaw}`, request: again };
}

function flawOfReplay(
  { headers, body }: ObservedResponse,
  data: Envelope<CancellationData>['data'],
): string | undefined {
  const isSame = JSON.stringify((JSON.parse(body) as Envelope<CancellationData>).data) === JSON.stringify(data);
  return isSame && headers['idempotent-replayed'] === 'true' ? undefined : 'It is not declared as the same again.';
}

interface Body {
  readonly items: Array<{ quantity: number }>;
}

function anotherRequest(request: FuzzRequest): Buffer {
  const body = JSON.parse(signedBytesOf(request).toString('utf8')) as Body;
  const [item] = body.items;
  if (item !== undefined) item.quantity = item.quantity === 1 ? 2 : item.quantity - 1;
  return Buffer.from(JSON.stringify(body));
}

/** The same request with its items and its names in another sequence. */
function rewritten(request: FuzzRequest): Buffer {
  const body = JSON.parse(signedBytesOf(request).toString('utf8')) as Body;
  body.items.reverse();
  return Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(body).toReversed()), undefined, 1));
}
