import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { signatureOf } from '../../../tools/in-memory/requests.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { flawOfResponse, flawOfData, leakIn, parse } from './oracles.ts';
import { type FuzzRequest, requestId, signedBytesOf } from './request.ts';
import type { ObservedResponse } from './service.ts';
import { flawOfVerdict, type Verdict } from './verdict.ts';
import { sender } from './world.ts';

/**
 * What is wrong with a response in process and with what was printed meanwhile, or undefined where nothing is.
 * @param passedMs how far the clock was put forward
 */
export function flawOfObserved(
  request: FuzzRequest,
  observed: ObservedResponse,
  verdict: Verdict,
  passedMs = 0,
): string | undefined {
  const { status, headers, body, printed } = observed;
  const mayFail = verdict.responses.some((response) => response.startsWith('5'));
  const flaw = flawOfResponse(observed, mayFail);
  if (flaw !== undefined) return `${status} ${body.slice(0, 500)}: ${flaw}`;
  const envelope = JSON.parse(body) as Envelope<CancellationData>;
  const response = `${status} ${envelope.resultCode}`;
  const wrong = flawOfVerdict(verdict, observed, envelope);
  if (wrong !== undefined) {
    const errors = envelope.errors?.map(({ message: _message, ...error }) => JSON.stringify(error)).join(' ') ?? '';
    return `The response is ${response} ${errors.slice(0, 1000)}: ${wrong}`;
  }
  if (envelope.requestId !== requestId) return 'The response is of another request.';
  if (Date.parse(envelope.timestamp) !== startOfTest + passedMs) return 'The timestamp is not now.';
  return (
    flawOfData(request, observed) ??
    leakIn(`${body}${JSON.stringify(headers)}${printed}`, request, signaturesOf(request)) ??
    flawOfPrinted(printed)
  );
}

/** The signatures that a request was sent with, and the right one. Shorter ones say nothing. */
export function signaturesOf(request: FuzzRequest): string[] {
  const sent = request.headers.filter(([name]) => name.toLowerCase() === 'x-ebp-signature').map(([, value]) => value);
  const all = [...sent, signatureOf(signedBytesOf(request), sender.hashKey)];
  return all.filter((signature) => /^[0-9a-f]{16,}$/i.test(signature));
}

/** One log line and one set of metrics, each JSON, and nothing else. */
export function flawOfPrinted(printed: string): string | undefined {
  const lines = printed.split('\n').filter((line) => line !== '');
  const stray = lines.find((line) => parse(line) === undefined);
  if (stray !== undefined) return `It printed ${stray.slice(0, 500)}`;
  const metrics = lines.filter((line) => '_aws' in (JSON.parse(line) as object)).length;
  if (metrics === 1 && lines.length === 2) return undefined;
  return `It printed ${lines.length} lines, ${metrics} of them metrics.`;
}
