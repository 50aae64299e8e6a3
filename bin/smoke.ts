import { parseArgs } from 'node:util';
import { smokeFailures, type SmokeAnswer, type SmokeRequest } from '../lambda/smoke/smoke-failures.ts';
import { putSmokeOrder } from '../lambda/smoke/smoke-store.ts';
import { optionError, runCommand, UsageError } from '../lib/command-line.ts';
import { explainDynamoDbError } from '../lib/explain-dynamodb-error.ts';
import { targetOf } from '../lib/target.ts';

const help = `npm run smoke -- [options]: tries a deployment over HTTP, as a merchant would.

  --url URL      of the API, up to the stage (http://127.0.0.1:3000)
  --stage NAME   whose tables get the order that is canceled, with your AWS credentials; without it, those of npm start
                 (DYNAMODB_ENDPOINT, or http://127.0.0.1:8000)
  --help

It puts an order of the reserved store SMOKE-TEST, cancels a part of it, and expects the right answer to that, to its
replay, to its idempotency key with another request, to a wrong signature, and to a route that does not exist.
Exit code 0 when all answers are right, 1 when one is not.`;

const timeoutMs = 30_000;

// npm run smoke
await runCommand(async () => {
  const { url, stage, help: isHelpWanted } = readOptions();
  if (isHelpWanted) {
    console.log(help);
    return;
  }
  const base = baseOf(url);
  const target = targetOf(stage);
  try {
    const order = await putSmokeOrder(target.client, target.tables, Date.now());
    const failures = [
      ...(await smokeFailures((request) => post(base, request), order)),
      ...(await routeFailures(base)),
    ];
    for (const failure of failures) console.error(`FAILED ${failure}`);
    if (failures.length > 0) throw new UsageError(`${failures.length} answers of ${base} are wrong.`);
    console.log(`All answers of ${base} are right. Canceled a part of ${order.orderNo}.`);
  } catch (error) {
    throw explainDynamoDbError(error, target.place);
  } finally {
    target.client.destroy();
  }
});

function readOptions() {
  try {
    return parseArgs({
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:3000' },
        stage: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw optionError(error, 'npm run smoke');
  }
}

function baseOf(url: string): string {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new UsageError(`--url must be a URL such as https://api.example/prod, not ${url}.`);
  }
  return url.replace(/\/+$/, '');
}

async function post(base: string, { headers, body }: SmokeRequest): Promise<SmokeAnswer> {
  const response = await send(`${base}/api/v2/payment/cancel`, { headers, body });
  return {
    status: response.status,
    isReplay: response.headers.get('Idempotent-Replayed') === 'true',
    body: await response.text(),
  };
}

async function routeFailures(base: string): Promise<string[]> {
  const { status } = await send(`${base}/api/v2/payment/no-such-route`, {});
  return status === 404 ? [] : [`a route that does not exist: answered ${status}`];
}

async function send(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...request, method: 'POST', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new UsageError(`Nothing answers at ${url}.`, { cause: error });
  }
}
