import type { DetailRequest } from '../../../lambda/detail/detail-request.ts';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { flawOfDetail, flawOfDetailResponse, flawOfHistory } from './detail-oracles.ts';
import { allowedDetailResponses } from './detail-reference.ts';
import { detailRequest } from './detail-requests.ts';
import type { FuzzDetailService, Past } from './detail-service.ts';
import { type Finding, guarded } from './finding.ts';
import { refusalOf, withSignatures } from './fuzz-signatures.ts';
import { flawOfPrinted, signaturesOf } from './judge.ts';
import { leakIn, prototypeFlaw } from './oracles.ts';
import { Random } from '../../support/random.ts';
import { type FuzzRequest, headersFor, requestId, signedBytesOf } from './request.ts';
import type { ObservedResponse } from './service.ts';
import { shrunk } from './shrink.ts';
import { wrongSignatures } from './signatures.ts';
import { orders, strangersOrder } from './world.ts';

/** Cancels some of a few orders, asks for the detail of one in the way that a seed stands for, and checks what it says. */
export async function fuzzDetail(service: FuzzDetailService, seed: number): Promise<Finding | undefined> {
  const random = new Random(seed);
  const world = await worldOf(service, random);
  const order = random.chance(2) ? strangersOrder : random.pick(world.subjects);
  const request = detailRequest(order.orderNo, tokensOf(world), random);
  const check = (asked: FuzzRequest) => guarded(asked, () => findingOf(service, asked, world, seed));
  const finding = await check(request);
  if (finding !== undefined) return await shrunk(finding, check);
  return random.chance(10) ? await checkSignature(service, order, random) : undefined;
}

interface World {
  readonly subjects: readonly Order[];
  /** In the sequence of their time. */
  readonly past: readonly Past[];
  readonly isHidden: boolean;
}

const maxPast = 7;
const refundable = new Set(['CAPTURED', 'PARTIALLY_CANCELED']);

async function worldOf(service: FuzzDetailService, random: Random): Promise<World> {
  service.reset();
  const subjects = [random.pick(orders), random.pick(orders)];
  const past: Past[] = [];
  for (let count = random.below(maxPast + 1); count > 0; count -= 1) {
    const order = random.pick(subjects);
    if (refundable.has(order.paymentStatus)) past.push(await service.cancel(order, random));
  }
  const isHidden = random.chance(3);
  if (isHidden) service.hideCancellations();
  return { subjects, past, isHidden };
}

function tokensOf({ past }: World): string[] {
  return past.map(({ data }) => data.returnRequestId);
}

async function findingOf(
  service: FuzzDetailService,
  request: FuzzRequest,
  world: World,
  seed: number,
): Promise<Finding | undefined> {
  const pastOf = (orderNo: string) => world.past.filter((one) => one.orderNo === orderNo);
  const allowed = allowedDetailResponses(
    request,
    (orderNo, token) => !world.isHidden && pastOf(orderNo).some(({ data }) => data.returnRequestId === token),
  );
  const observed = await service.send(request);
  const flaw =
    flawOfObservedDetail(request, observed, allowed) ??
    flawOfContent(request, observed, world, pastOf) ??
    prototypeFlaw(seed % 64 === 0);
  return flaw === undefined ? undefined : { flaw, request };
}

function flawOfContent(
  request: FuzzRequest,
  { status, body }: ObservedResponse,
  { isHidden }: World,
  pastOf: (orderNo: string) => readonly Past[],
): string | undefined {
  if (status !== 200) return undefined;
  const asked = JSON.parse(signedBytesOf(request).toString('utf8')) as DetailRequest;
  const { data } = JSON.parse(body) as Envelope<PaymentDetail>;
  const order = orders.find(({ orderNo }) => orderNo === asked.orderNo);
  if (data === null || order === undefined) return 'A success is of no order.';
  const past = pastOf(asked.orderNo);
  return flawOfDetail(asked, data) ?? flawOfHistory(asked, data, order, isHidden ? null : past, past);
}

/** What is wrong with a response and with what was printed meanwhile. */
function flawOfObservedDetail(
  request: FuzzRequest,
  observed: ObservedResponse,
  allowed: readonly string[],
): string | undefined {
  const { status, headers, body, printed } = observed;
  const flaw = flawOfDetailResponse(observed);
  if (flaw !== undefined) return `${status} ${body.slice(0, 500)}: ${flaw}`;
  const envelope = JSON.parse(body) as Envelope<CancellationData>;
  const response = `${status} ${envelope.resultCode}`;
  if (!allowed.includes(response)) return `The response is ${response}, by the contract ${allowed.join(' or ')}.`;
  if (envelope.requestId !== requestId) return 'The response is of another request.';
  const visible = `${body}${JSON.stringify(headers)}${printed}`;
  return leakIn(visible, request, signaturesOf(request)) ?? flawOfPrinted(printed);
}

/** A request that is right in everything but its signature. */
async function checkSignature(
  service: FuzzDetailService,
  { orderNo }: Order,
  random: Random,
): Promise<Finding | undefined> {
  const bytes = Buffer.from(JSON.stringify({ orderNo }));
  const values = wrongSignatures(bytes, random);
  const headers = withSignatures(headersFor(bytes, 'KRW'), values);
  const wrong = { body: bytes.toString('base64'), isBase64Encoded: true, headers };
  return await guarded(wrong, async () => {
    const flaw = flawOfObservedDetail(wrong, await service.send(wrong), [refusalOf(values)]);
    return flaw === undefined ? undefined : { flaw, request: wrong };
  });
}
