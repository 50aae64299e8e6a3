import {
  envelopeOf,
  signed,
  smokeFailures,
  type SmokeResponse,
  type SmokeRequest,
} from '../../lambda/pre-traffic/smoke-test.ts';
import { putSmokeOrder, type SmokeOrder } from '../../lambda/pre-traffic/smoke-order.ts';
import { type ClientCertificate, readClientCertificate } from './client-certificate.ts';
import { readArguments, UsageError } from '../command-line.ts';
import { explainDynamoDbError } from './explain-dynamodb-error.ts';
import { type HttpRequest, type HttpResponse, sendOnce } from './send-once.ts';
import { type Target, targetOf } from './target.ts';

const help = `npm run smoke -- [options]: tests a deployment over HTTP, as a merchant would use it.

  --url URL      URL of the API, including the stage (default http://127.0.0.1:3000)
  --stage NAME   puts the test's order into the tables of this stage, with your AWS credentials; without it, into the
                 DynamoDB of npm start (DYNAMODB_ENDPOINT, or else http://127.0.0.1:8000)
  --cert FILE, --key FILE
                 certificate of a client and its private key, in PEM, for a domain with mutual TLS
  --help         prints this text

It puts an order of the reserved store SMOKE-TEST, cancels a part of it, and checks the response to each of these: the
cancellation, its replay, its idempotency key with another request, a wrong signature, the detail of the order, a route
that does not exist, the OpenAPI document, and the page of documentation.

Exit codes: 0 all responses are right; 1 a response is wrong, or the test was not finished.`;

const timeoutMs = 30_000;

/** `npm run smoke` */
export async function smoke(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return;
  }
  const base = baseOf(options.url);
  const certificate = certificateFor(base, options.cert, options.key);
  const target = targetOf(options.stage);
  console.error(`${target.heading}, and the API at ${base}`);
  try {
    const order = await putSmokeOrder(target.client, target.tables, Date.now());
    const statuses: number[] = [];
    const tryCancel = async (request: SmokeRequest) => {
      const response = await cancel(base, request, certificate);
      statuses.push(response.status);
      return response;
    };
    const failures = [
      ...(await smokeFailures(tryCancel, order)),
      ...(await detailFailures(base, order, certificate)),
      ...(await routeFailures(base, certificate)),
    ];
    for (const failure of failures) console.error(`FAILED ${failure}`);
    const [firstStatus] = statuses;
    if (firstStatus === 401 || firstStatus === 404) console.error(mixUpHint(base, target));
    if (failures.length > 0) throw new UsageError(`${failures.length} responses of ${base} are wrong.`);
    console.log(`All responses of ${base} are right. Canceled a part of ${order.orderNo}.`);
  } catch (error) {
    throw explainDynamoDbError(error, target);
  } finally {
    target.client.destroy();
  }
}

/** The likely reason why the API does not know the credential (401) or the order (404) that were just put. */
function mixUpHint(base: string, { place, isStage }: Target): string {
  const database = isStage ? `the tables of ${place}` : `the DynamoDB at ${place}`;
  const advice = isStage ? '--url and --stage' : '--url and DYNAMODB_ENDPOINT (npm start prints which go together)';
  return `The API at ${base} does not know the order that was just put into ${database}. They probably belong to two
different instances: check ${advice}.`;
}

function readOptions() {
  return readArguments('npm run smoke', {
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      stage: { type: 'string' },
      cert: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

function baseOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--url must be a URL such as https://api.example/prod, not ${text}.`);
  }
  if (/[?#]/.test(text) || url.username !== '' || url.password !== '') {
    throw new UsageError('--url must end with its path, and have no user, query or # in it.');
  }
  return url.href.replace(/\/+$/, '');
}

function certificateFor(
  base: string,
  cert: string | undefined,
  key: string | undefined,
): ClientCertificate | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new UsageError('--cert and --key are given together, or not at all.');
  if (!base.startsWith('https:')) throw new UsageError('--cert and --key need a --url that begins with https://.');
  return readClientCertificate(cert, key);
}

async function cancel(base: string, request: SmokeRequest, certificate?: ClientCertificate): Promise<SmokeResponse> {
  const { status, headers, body } = await send(`${base}/api/v2/payment/cancel`, request, certificate);
  return { status, isReplay: headers['idempotent-replayed'] === 'true', body };
}

/** Checks that the detail of the order lists its only cancellation. */
async function detailFailures(
  base: string,
  { orderNo, hashKey }: SmokeOrder,
  certificate?: ClientCertificate,
): Promise<string[]> {
  const request = signed(JSON.stringify({ orderNo }), hashKey);
  const { status, body } = await send(`${base}/api/v2/payment/detail`, request, certificate);
  const data = envelopeOf(body)?.data as { readonly cancellations?: readonly unknown[] | null } | null | undefined;
  return status === 200 && data?.cancellations?.length === 1
    ? []
    : [`the detail of the order: responded with ${status}`];
}

async function routeFailures(base: string, certificate?: ClientCertificate): Promise<string[]> {
  const nothing = { headers: {}, body: '' };
  const { status } = await send(`${base}/api/v2/payment/no-such-route`, nothing, certificate);
  const document = await send(`${base}/openapi.json`, { ...nothing, method: 'GET' }, certificate);
  const isOpenApi = document.status === 200 && document.body.startsWith('{"openapi":');
  const page = await send(`${base}/docs`, { ...nothing, method: 'GET' }, certificate);
  const isPage = page.status === 200 && page.headers['content-security-policy'] !== undefined;
  return [
    ...(status === 404 ? [] : [`a route that does not exist: responded with ${status}`]),
    ...(isOpenApi ? [] : [`the OpenAPI document: responded with ${document.status}`]),
    ...(isPage ? [] : [`the page of documentation: responded with ${page.status}`]),
  ];
}

async function send(url: string, request: HttpRequest, certificate?: ClientCertificate): Promise<HttpResponse> {
  try {
    return await sendOnce(url, request, AbortSignal.timeout(timeoutMs), certificate);
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    throw new UsageError(`There is no response from ${url} (${code ?? name}).`, { cause: error });
  }
}
