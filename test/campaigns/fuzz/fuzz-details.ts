import type { Order } from '../../../lambda/domain/order.ts';
import { findingOfDetail, flawOfObservedDetail } from './detail-judge.ts';
import { verdictOnDetail } from './detail-reference.ts';
import { detailRequest } from './detail-requests.ts';
import type { FuzzDetailService } from './detail-service.ts';
import { walk } from './detail-walk.ts';
import { type DetailWorld, worldOf } from './detail-world.ts';
import { type Finding, guarded } from './finding.ts';
import { flawOfAlarm, isEarly, shown } from './fuzz-rows.ts';
import { refusalOf, withSignatures } from './fuzz-signatures.ts';
import { Random } from '../../support/random.ts';
import { type FuzzRequest, headersFor } from './request.ts';
import { shrunk } from './shrink.ts';
import { wrongSignatures } from './signatures.ts';
import { spoiledExecution, spoiledOrder, type SpoiledRows } from './spoiled-rows.ts';
import { strangersOrder, untouched } from './world.ts';

/** Cancels some of a few orders, asks for the detail of one in the way that a seed stands for, and checks what it says. */
export async function fuzzDetail(service: FuzzDetailService, seed: number): Promise<Finding | undefined> {
  const random = new Random(seed);
  const world = await worldOf(service, random);
  const order = random.chance(2) ? strangersOrder : random.pick(world.subjects);
  const request = detailRequest(order.orderNo, tokensOf(world), random);
  const spoiled = random.chance(50) ? spoiledOrder : spoiledExecution;
  const rows = random.chance(5) ? spoiled(random.pick(untouched), random) : undefined;
  const check = (asked: FuzzRequest) =>
    guarded(asked, () =>
      rows === undefined ? findingOfDetail(service, asked, world) : findingOfRows(service, asked, rows),
    );
  const finding = await check(request);
  if (finding !== undefined) return await shrunk(finding, check);
  if (rows === undefined && random.chance(20))
    return await walk(service, world, random.pick(world.subjects).orderNo, random);
  return random.chance(10) ? await checkSignature(service, order, random) : undefined;
}

const tokensOf = ({ past }: DetailWorld) => past.map(({ data }) => data.returnRequestId);

/** An order or an execution that cannot be is none that is shown (contract, section 8). */
async function findingOfRows(
  service: FuzzDetailService,
  request: FuzzRequest,
  rows: SpoiledRows,
): Promise<Finding | undefined> {
  const verdict = verdictOnDetail(request, () => undefined);
  // A token may be refused before the order is looked at.
  const early = verdict.responses.filter(isEarly);
  const expected = early.length === verdict.responses.length ? verdict : { responses: ['500 EBP-Z-0010', ...early] };
  const observed = await service.send(request, rows);
  const flaw = flawOfObservedDetail(request, observed, expected) ?? flawOfAlarm(observed);
  return flaw === undefined ? undefined : { flaw: `With the row ${shown(rows)}: ${flaw}`, request };
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
    const flaw = flawOfObservedDetail(wrong, await service.send(wrong), { responses: [refusalOf(values)] });
    return flaw === undefined ? undefined : { flaw, request: wrong };
  });
}
