import type { Random } from '../../support/random.ts';
import { findingOfDetail } from './detail-judge.ts';
import type { FuzzDetailService } from './detail-service.ts';
import { cancel, type DetailWorld, execute, pastOf } from './detail-world.ts';
import { type Finding, guarded } from './finding.ts';
import { headersFor } from './request.ts';

/** Walks over all pages of an order, of which more is canceled meanwhile by a clock that may be behind, and executed. */
export async function walk(
  service: FuzzDetailService,
  world: DetailWorld,
  orderNo: string,
  random: Random,
): Promise<Finding | undefined> {
  let nextToken: string | undefined;
  const limit = 1 + random.below(3);
  for (let listed = 0; listed <= pastOf(world, orderNo).length; listed += limit) {
    const bytes = Buffer.from(JSON.stringify({ orderNo, limit, nextToken }));
    const request = { body: bytes.toString('base64'), isBase64Encoded: true, headers: headersFor(bytes, 'KRW') };
    const finding = await guarded(request, () => findingOfDetail(service, request, world));
    if (finding !== undefined) return { ...finding, flaw: `On a walk over pages: ${finding.flaw}` };
    // The page that was found to be right ends with this one.
    nextToken = pastOf(world, orderNo)[listed + limit - 1]?.data.returnRequestId;
    if (nextToken === undefined) return undefined;
    const made = random.chance(50) && (await cancel(service, world.reference, orderNo, world.past.length, random));
    if (made) world.past.push(made);
    execute(service, world, random);
  }
  return undefined;
}
