import { Agent, validateHeaderName, validateHeaderValue } from 'node:http';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { cancelPath, detailPath } from '../../../lambda/contract/paths.ts';
import { createLocalClient } from '../../../tools/local/client.ts';
import { putOrders } from '../../../tools/orders/put-orders.ts';
import { tableNamesOf } from '../../../lib/stages.ts';
import { putCredential } from '../../../tools/operator/credentials.ts';
import { type RunningLocal, startLocal } from '../../support/start-local.ts';
import { type HttpResponse, post, sendRaw } from '../../support/http-client.ts';
import type { FoundAt } from './campaign.ts';
import { describeFinding, type Finding, guarded } from './finding.ts';
import { anyDetailRequest, flawOfDetailOverHttp } from './http-details.ts';
import { signaturesOf } from './judge.ts';
import { flawOfResponse, flawOfData, leakIn, parse, secretIn } from './oracles.ts';
import { Random } from '../../support/random.ts';
import { rawRequest } from './raw-requests.ts';
import { Reference } from './reference.ts';
import { type FuzzRequest, type Header, requestAt, signedBytesOf } from './request.ts';
import { accepted, flawOfVerdict, type Verdict } from './verdict.ts';
import { sender, stranger, strangersOrder, untouched } from './world.ts';

/** How many of the requests, in percent, ask for the detail of an order. */
const detailPercent = 25;
const lanes = 32;
const progressEveryMs = 2000;

/** Sends the cases of the seeds from the first one on to what npm start serves, up to the first flaw. */
export async function fuzzHttp({
  seed,
  count,
  onProgress,
}: {
  readonly seed: number;
  readonly count: number;
  readonly onProgress: (done: number) => void;
}): Promise<FoundAt[]> {
  const starting = startLocal();
  // The service is in a group of processes of its own, so that a Ctrl-C does not reach it.
  const stop = () => void starting.then((local) => local.interrupt()).finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const local = await starting;
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const found: FoundAt[] = [];
  let done = 0;
  const timer = setInterval(() => onProgress(done), progressEveryMs);
  try {
    await prepare(local);
    let next = seed;
    const lane = async () => {
      while (next < seed + count) {
        const at = next;
        next += 1;
        const finding = await fuzzOne(local.url, agent, at);
        if (finding) found.push({ seed: at, description: describeFinding(finding) });
        if (found.length > 0) return;
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    const last = await post(`${local.url}${cancelPath}`, agent, [], Buffer.alloc(0));
    const log = await logOf(local, last);
    const flaw = flawOfResponse(last) ?? flawOfLog(log);
    if (flaw !== undefined) found.push({ seed, description: `After all of it: ${flaw}` });
    return found;
  } finally {
    clearInterval(timer);
    agent.destroy();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
    await local.interrupt();
  }
}

async function prepare({ dynamodbEndpoint }: RunningLocal): Promise<void> {
  const client = createLocalClient(dynamodbEndpoint);
  const tables = tableNamesOf('dev');
  for (const store of [sender, stranger]) await putCredential(client, tables.storeKeys, store, store, Date.now());
  await putOrders(client, tables.orders, [...untouched, strangersOrder]);
  client.destroy();
}

async function fuzzOne(url: string, agent: Agent, seed: number): Promise<Finding | undefined> {
  const random = new Random(seed + 1);
  const isDetail = random.chance(detailPercent);
  const path = isDetail ? detailPath : cancelPath;
  const request = asSent(isDetail ? anyDetailRequest(new Random(seed)) : requestAt(seed));
  const ask = async (asked: FuzzRequest) =>
    await responseTo(`${url}${path}`, agent, asked, signedBytesOf(asked), random.chance(20));
  return await guarded(request, async () => {
    const flaw =
      !isWellFormed(request.headers) || random.chance(5)
        ? flawOfRaw(await sendRaw(url, rawRequest(path, request.headers, signedBytesOf(request), random)), request)
        : isDetail
          ? await flawOfDetailOverHttp(request, ask)
          : flawOf(request, await ask(request));
    return flaw === undefined ? undefined : { flaw, request };
  });
}

/** How often a request is sent again that the response says to send again. */
const maxRetries = 20;

async function responseTo(
  url: string,
  agent: Agent,
  { headers }: FuzzRequest,
  body: Buffer,
  isChunked: boolean,
): Promise<HttpResponse> {
  let response = await post(url, agent, headers, body, isChunked);
  // The lanes meet on a few orders; contention that does not end is a flaw.
  for (let retries = 0; response.status === 503 && retries < maxRetries; retries += 1) {
    response = await post(url, agent, headers, body, isChunked);
  }
  return response;
}

/** The bytes that go over the wire, and the headers as the other end reads them: without space around a value. */
function asSent(request: FuzzRequest): FuzzRequest {
  return {
    body: signedBytesOf(request).toString('base64'),
    isBase64Encoded: true,
    headers: request.headers.map(([name, value]): Header => [name, value.replace(/^[ \t]+|[ \t]+$/g, '')]),
  };
}

/** Headers that say how a message is framed are none of the contract's. */
const framing = new Set(['transfer-encoding', 'content-length', 'connection', 'host', 'expect', 'upgrade']);
const maxHeaderLength = 15_000;

function isWellFormed(headers: readonly Header[]): boolean {
  if (headers.flat().join().length > maxHeaderLength) return false;
  return headers.every(([name, value]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      return !framing.has(name.toLowerCase());
    } catch {
      return false;
    }
  });
}

function flawOf(request: FuzzRequest, response: HttpResponse): string | undefined {
  const flaw = flawOfResponse(response);
  if (flaw !== undefined) return `${response.status} ${response.body.slice(0, 500)}: ${flaw}`;
  const envelope = JSON.parse(response.body) as Envelope<CancellationData>;
  const wrong = flawOfVerdict(changingVerdict(request, 'idempotent-replayed' in response.headers), response, envelope);
  if (wrong !== undefined) return `The response is ${response.status} ${envelope.resultCode}: ${wrong}`;
  return (
    flawOfData(request, response) ??
    leakIn(`${response.body}${JSON.stringify(response.headers)}`, request, signaturesOf(request))
  );
}

/**
 * What has to come of a request on an order of which others may have canceled something meanwhile. A cancellation that is
 * known says the same whatever it says of the tax of a line without tax.
 */
function changingVerdict(request: FuzzRequest, isReplay: boolean): Verdict {
  const verdict = new Reference(untouched).verdictOn(request, 0);
  const ofOrder = /^(?:200|400 EBP-C-0004|412)/;
  if (!verdict.responses.some((response) => ofOrder.test(response))) return verdict;
  // Whatever state it asks for, the order may have it by then.
  const anyState = { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== 'if-match') };
  const { errors = [] } = new Reference(untouched).verdictOn(anyState, 0);
  const isAcceptable = errors.every(
    ({ place, reasons, isSure }) =>
      !isSure || reasons.every((one) => passing.has(one)) || (isReplay && place.endsWith('/taxAmount')),
  );
  const refusals = ['400 EBP-C-0004', '409 EBP-C-0005', '412 EBP-C-0004', '422 EBP-C-0005'];
  return { responses: isAcceptable ? [accepted, ...refusals] : refusals, mayBeReplay: isAcceptable };
}

/** Rules that a request may keep once there is less tax left of a line. */
const passing = new Set(['TAX_LEFT_OVER', 'AMOUNT_WITHOUT_TAX']);

/** What is no HTTP is answered by the server in front, or not at all; never with a failure. */
function flawOfRaw(response: string, request: FuzzRequest): string | undefined {
  const statuses = [...response.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status));
  const isContention = response.includes('EBP-C-0011');
  if (statuses.some((status) => status >= 500) && !isContention) return `It was answered ${response.slice(0, 500)}`;
  return leakIn(response, request, signaturesOf(request));
}

/** What was printed since the start, up to the line of the last response. */
async function logOf(local: RunningLocal, last: HttpResponse): Promise<string[]> {
  const { requestId } = JSON.parse(last.body) as Envelope<unknown>;
  await local.printed(requestId);
  const output = local.output();
  const start = output.indexOf('\n', output.indexOf('Ctrl-C stops it'));
  return output
    .slice(start + 1)
    .split('\n')
    .slice(0, -1);
}

/** Each line is JSON and holds no secret, but for what a merchant wrote as an order number. */
function flawOfLog(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const logged = parse(line)?.value as { orderNo?: string } | undefined;
    if (logged === undefined) return `It printed ${line.slice(0, 500)}`;
    const { orderNo: _orderNo, ...rest } = logged;
    // A stack names the folder that the bundle lies in, which is named by its digest.
    const text = JSON.stringify(rest).replaceAll(/\/asset\.[0-9a-f]{64}\//g, '/');
    const secret = secretIn(text) ?? /[0-9a-f]{64}/.exec(text)?.[0];
    if (secret !== undefined) return `The secret ${secret} is in the log: ${line}`;
  }
  return undefined;
}
