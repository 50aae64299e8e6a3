import type { DetailRequest } from '../../../lambda/detail/detail-request.ts';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import { flawOfDetail, flawOfDetailResponse, flawOfHistory } from './detail-oracles.ts';
import { verdictOnDetail } from './detail-reference.ts';
import type { FuzzDetailService } from './detail-service.ts';
import { type DetailWorld, pastOf } from './detail-world.ts';
import type { Finding } from './finding.ts';
import { flawOfPrinted, signaturesOf } from './judge.ts';
import { leakIn } from './oracles.ts';
import { etagOf } from './reference.ts';
import { type FuzzRequest, requestId, signedBytesOf } from './request.ts';
import type { ObservedResponse } from './service.ts';
import { flawOfVerdict, type Verdict } from './verdict.ts';

/** Asks for a detail, and compares what comes with all that was canceled. */
export async function findingOfDetail(
  service: FuzzDetailService,
  request: FuzzRequest,
  world: DetailWorld,
): Promise<Finding | undefined> {
  // Of more cancellations than are listed nobody can say which tokens are good.
  const isHidden = world.isHidden ? undefined : false;
  const verdict = verdictOnDetail(
    request,
    (orderNo, token) => pastOf(world, orderNo).some(({ data }) => data.returnRequestId === token) || isHidden,
  );
  const observed = await service.send(request);
  const flaw = flawOfObservedDetail(request, observed, verdict) ?? flawOfContent(request, observed, world);
  return flaw === undefined ? undefined : { flaw, request };
}

function flawOfContent(
  request: FuzzRequest,
  { status, body, headers }: ObservedResponse,
  world: DetailWorld,
): string | undefined {
  if (status !== 200) return undefined;
  const asked = JSON.parse(signedBytesOf(request).toString('utf8')) as DetailRequest;
  const { data } = JSON.parse(body) as Envelope<PaymentDetail>;
  const order = world.reference.orderOf(asked.orderNo);
  if (data === null || order === undefined) return 'A success is of no order.';
  if (headers['etag'] !== etagOf(order))
    return `Its ETag is ${String(headers['etag'])}, by the contract ${etagOf(order)}.`;
  const past = world.isHidden ? null : pastOf(world, asked.orderNo);
  return flawOfDetail(asked, data) ?? flawOfHistory(asked, data, order, past);
}

/** What is wrong with a response and with what was printed meanwhile. */
export function flawOfObservedDetail(
  request: FuzzRequest,
  observed: ObservedResponse,
  verdict: Verdict,
): string | undefined {
  const { status, headers, body, printed } = observed;
  const flaw = flawOfDetailResponse(observed, verdict.responses.includes('500 EBP-Z-0010'));
  if (flaw !== undefined) return `${status} ${body.slice(0, 500)}: ${flaw}`;
  const envelope = JSON.parse(body) as Envelope<CancellationData>;
  const wrong = flawOfVerdict(verdict, observed, envelope);
  if (wrong !== undefined) return `The response is ${status} ${envelope.resultCode}: ${wrong}`;
  if (envelope.requestId !== requestId) return 'The response is of another request.';
  const visible = `${body}${JSON.stringify(headers)}${printed}`;
  return leakIn(visible, request, signaturesOf(request)) ?? flawOfPrinted(printed);
}
