import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { signatureOf } from '../../../tools/in-memory/requests.ts';
import type { Random } from '../../support/random.ts';
import type { Finding } from './finding.ts';
import { flawOfObserved } from './judge.ts';
import { readHeaders } from './reference-headers.ts';
import { Reference } from './reference.ts';
import { type FuzzRequest, type Header, signedBytesOf } from './request.ts';
import type { FuzzService, ObservedResponse } from './service.ts';
import { type SpoiledRows, spoiledRows } from './spoiled-rows.ts';
import { refused, type Verdict } from './verdict.ts';
import { orders, sender } from './world.ts';

/** Sends a request that meets a row which cannot be (contract, section 8). */
export async function fuzzRows(
  service: FuzzService,
  request: FuzzRequest,
  random: Random,
): Promise<Finding | undefined> {
  const rows = spoiledRows(random.pick(orders), random);
  const sent = rows.what === 'credential' ? signedOtherwise(request, random) : request;
  const observed = await service.send(sent, rows);
  const flaw = flawOfObserved(sent, observed, verdictOnRows(request, rows)) ?? flawOfAlarm(observed);
  return flaw === undefined ? undefined : { flaw: `With the row ${shown(rows)}: ${flaw}`, request: sent };
}

/** The row that is spoiled; of a credential its secrets are not shown. */
export function shown(rows: SpoiledRows): string {
  const { hashKey: _hashKey, accessKeyHash: _hash, ...row } = rows[rows.what] ?? {};
  return JSON.stringify(row, (_name, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}

/** A row that cannot be pages whoever is on call. */
export function flawOfAlarm({ status, printed }: ObservedResponse): string | undefined {
  return status === 500 && !printed.includes('"InvariantViolated":1') ? 'Nobody is paged.' : undefined;
}

/** Answers that come before there is a look at the order. */
export const isEarly = (response: string) => /^(?:413|415|401|400 EBP-(?:A-0001|C-0006|C-0007))/.test(response);

/** @param request with its right signature */
function verdictOnRows(request: FuzzRequest, { what }: SpoiledRows): Verdict {
  const verdict = new Reference().verdictOn(request, startOfTest);
  if (what !== 'credential') return verdict.responses.every(isEarly) ? verdict : { responses: ['500 EBP-Z-0010'] };
  const read = readHeaders(request);
  const isBefore =
    verdict.responses[0]?.startsWith('413') || ('verdict' in read && !read.verdict.responses[0]?.startsWith('401'));
  return isBefore ? verdict : refused('401 EBP-A-0001');
}

/** Signed with the right hash key, or with what a careless reader takes for the one that is not there. */
function signedOtherwise(request: FuzzRequest, random: Random): FuzzRequest {
  const bytes = signedBytesOf(request);
  const right = signatureOf(bytes, sender.hashKey);
  const other = signatureOf(bytes, random.pick([sender.hashKey, '', '0'.repeat(64), 'undefined', 'null', '7']));
  const headers = request.headers.map(([name, value]): Header => [name, value === right ? other : value]);
  return { ...request, headers };
}
