import { type Finding, guarded } from './finding.ts';
import { flawOfObserved } from './judge.ts';
import { Random } from '../../support/random.ts';
import { Reference } from './reference.ts';
import { type FuzzRequest, type Header, headersFor } from './request.ts';
import type { FuzzService } from './service.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { wrongSignatures } from './signatures.ts';
import type { Verdict } from './verdict.ts';
import { stranger } from './world.ts';

/** How many wrong signatures there are to a right one, which shows that nothing else was wrong. */
const controlEvery = 64;

/** Sends a request that is right in everything but its signature. */
export async function fuzzSignature(service: FuzzService, seed: number): Promise<Finding | undefined> {
  const random = new Random(seed);
  const amount = 1 + random.below(3000);
  const item = { seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity: 1, amount };
  const bytes = Buffer.from(JSON.stringify({ orderNo: 'CAPTURED', totalCancelAmount: amount, items: [item] }));
  const right = { body: bytes.toString('base64'), isBase64Encoded: true, headers: headersFor(bytes, 'KRW') };
  const values = wrongSignatures(bytes, random);
  const wrong = { ...right, headers: withSignatures(right.headers, values) };
  const foreign = random.chance(5) ? withAccessKey(wrong, random.pick([stranger.accessKey, 'ak_unknown'])) : wrong;

  const control =
    seed % controlEvery === 0
      ? await findingOf(service, right, new Reference().verdictOn(right, startOfTest))
      : undefined;
  return control ?? (await findingOf(service, foreign, { responses: [refusalOf(values)] }));
}

/** One value of the right form is wrong, anything else malformed (contract, section 5). */
export function refusalOf(values: readonly string[]): string {
  const [value = ''] = values;
  const isHex = Array.from(value).every((digit) => '0123456789abcdef'.includes(digit));
  const isWellFormed = values.length === 1 && value.length === 64 && isHex;
  return isWellFormed ? '401 EBP-A-0001' : '400 EBP-A-0001';
}

async function findingOf(service: FuzzService, request: FuzzRequest, verdict: Verdict): Promise<Finding | undefined> {
  service.reset();
  return await guarded(request, async () => {
    const flaw = flawOfObserved(request, await service.send(request), verdict);
    return flaw === undefined ? undefined : { flaw, request };
  });
}

export function withSignatures(headers: readonly Header[], values: readonly string[]): Header[] {
  const name = 'X-EBP-Signature';
  return [...headers.filter(([other]) => other !== name), ...values.map((value): Header => [name, value])];
}

function withAccessKey(request: FuzzRequest, accessKey: string): FuzzRequest {
  const headers = request.headers.map(([name, value]): Header => [name, name === 'X-Access-Key' ? accessKey : value]);
  return { ...request, headers };
}
