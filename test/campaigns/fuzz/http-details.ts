import type { DetailRequest } from '../../../lambda/detail/detail-request.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import type { HttpResponse } from '../../support/http-client.ts';
import { flawOfDetail, flawOfDetailAnswer } from './detail-oracles.ts';
import { allowedDetailAnswers } from './detail-reference.ts';
import { detailRequest } from './detail-requests.ts';
import { signaturesOf } from './judge.ts';
import { leakIn } from './oracles.ts';
import type { Random } from '../../support/random.ts';
import { type FuzzRequest, signedBytesOf, withBytes } from './request.ts';
import { orders, strangersOrder } from './world.ts';

/** A request for the detail of an order that others may be canceling. */
export function anyDetailRequest(random: Random): FuzzRequest {
  const { orderNo } = random.chance(2) ? strangersOrder : random.pick(orders);
  return detailRequest(orderNo, [], random);
}

/**
 * What is wrong with the answer to a request for a detail, or with the page that its nextToken leads to. What was
 * canceled meanwhile is not known, so that each is judged by itself, and the one by the other.
 */
export async function flawOfDetailOverHttp(
  request: FuzzRequest,
  ask: (request: FuzzRequest) => Promise<HttpResponse>,
): Promise<string | undefined> {
  const answer = await ask(request);
  const flaw = flawOf(
    request,
    answer,
    allowedDetailAnswers(request, () => false),
  );
  const { nextToken, cancellations } = dataOf(answer) ?? {};
  if (flaw !== undefined || nextToken === undefined) return flaw;

  const asked = JSON.parse(signedBytesOf(request).toString('utf8')) as DetailRequest;
  const next = withBytes(request, Buffer.from(JSON.stringify({ ...asked, nextToken })));
  const nextAnswer = await ask(next);
  const nextFlaw = flawOf(next, nextAnswer, ['200 0']);
  if (nextFlaw !== undefined) return `Its next page: ${nextFlaw}`;
  const told = new Set(cancellations?.map(({ returnRequestId }) => returnRequestId));
  const again = dataOf(nextAnswer)?.cancellations?.find(({ returnRequestId }) => told.has(returnRequestId));
  return again === undefined ? undefined : `Its next page tells ${again.returnRequestId} again.`;
}

function flawOf(request: FuzzRequest, answer: HttpResponse, allowed: readonly string[]): string | undefined {
  const flaw = flawOfDetailAnswer(answer);
  if (flaw !== undefined) return `${answer.status} ${answer.body.slice(0, 500)}: ${flaw}`;
  const told = `${answer.status} ${(JSON.parse(answer.body) as Envelope).resultCode}`;
  if (!allowed.includes(told)) return `The answer is ${told}, by the contract ${allowed.join(' or ')}.`;
  const detail = dataOf(answer);
  const asked = detail && (JSON.parse(signedBytesOf(request).toString('utf8')) as DetailRequest);
  return (
    (detail && asked && flawOfDetail(asked, detail)) ??
    leakIn(`${answer.body}${JSON.stringify(answer.headers)}`, request, signaturesOf(request))
  );
}

function dataOf({ status, body }: HttpResponse): PaymentDetail | undefined {
  if (status !== 200) return undefined;
  return (JSON.parse(body) as Envelope<PaymentDetail>).data ?? undefined;
}
