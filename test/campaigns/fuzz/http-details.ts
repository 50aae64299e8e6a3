import type { DetailRequest } from '../../../lambda/detail/detail-request.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import type { HttpResponse } from '../../support/http-client.ts';
import { flawOfDetail, flawOfDetailResponse } from './detail-oracles.ts';
import { verdictOnDetail } from './detail-reference.ts';
import { detailRequest } from './detail-requests.ts';
import { signaturesOf } from './judge.ts';
import { leakIn } from './oracles.ts';
import type { Random } from '../../support/random.ts';
import { type FuzzRequest, signedBytesOf, withBytes } from './request.ts';
import { untouched, strangersOrder } from './world.ts';

/** A request for the detail of an order that others may be canceling. */
export function anyDetailRequest(random: Random): FuzzRequest {
  const { orderNo } = random.chance(2) ? strangersOrder : random.pick(untouched);
  return detailRequest(orderNo, [], random);
}

/**
 * What is wrong with the response to a request for a detail, or with the page that its nextToken leads to. What was
 * canceled meanwhile is not known, so that each is judged by itself, and the one by the other.
 */
export async function flawOfDetailOverHttp(
  request: FuzzRequest,
  ask: (request: FuzzRequest) => Promise<HttpResponse>,
): Promise<string | undefined> {
  const response = await ask(request);
  const flaw = flawOf(request, response, verdictOnDetail(request, () => false).responses);
  const { nextToken, cancellations } = dataOf(response) ?? {};
  if (flaw !== undefined || nextToken === undefined) return flaw;

  const asked = JSON.parse(signedBytesOf(request).toString('utf8')) as DetailRequest;
  const next = withBytes(request, Buffer.from(JSON.stringify({ ...asked, nextToken })));
  const nextResponse = await ask(next);
  const nextFlaw = flawOf(next, nextResponse, ['200 0']);
  if (nextFlaw !== undefined) return `Its next page: ${nextFlaw}`;
  const listed = new Set(cancellations?.map(({ returnRequestId }) => returnRequestId));
  const again = dataOf(nextResponse)?.cancellations?.find(({ returnRequestId }) => listed.has(returnRequestId));
  return again === undefined ? undefined : `Its next page lists ${again.returnRequestId} again.`;
}

function flawOf(request: FuzzRequest, response: HttpResponse, allowed: readonly string[]): string | undefined {
  const flaw = flawOfDetailResponse(response);
  if (flaw !== undefined) return `${response.status} ${response.body.slice(0, 500)}: ${flaw}`;
  const got = `${response.status} ${(JSON.parse(response.body) as Envelope<unknown>).resultCode}`;
  if (!allowed.includes(got)) return `The response is ${got}, by the contract ${allowed.join(' or ')}.`;
  const detail = dataOf(response);
  const asked = detail && (JSON.parse(signedBytesOf(request).toString('utf8')) as DetailRequest);
  return (
    (detail && asked && flawOfDetail(asked, detail)) ??
    leakIn(`${response.body}${JSON.stringify(response.headers)}`, request, signaturesOf(request))
  );
}

function dataOf({ status, body }: HttpResponse): PaymentDetail | undefined {
  if (status !== 200) return undefined;
  return (JSON.parse(body) as Envelope<PaymentDetail>).data ?? undefined;
}
