import assert from 'node:assert/strict';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import { cancelPath } from '../../../lambda/contract/paths.ts';
import { gatewayRefusals } from '../../../lambda/contract/result-codes.ts';
import { type HttpResponse, sendOnce } from '../../../tools/operator/send-once.ts';
import { type Deployment, functionNamed } from './deployment.ts';
import type { Operator } from './operator.ts';

/**
 * Gets each response that the gateway makes itself, and checks that it is the template's. What leads to one is set for a
 * moment, as an operator could: a flood would need a machine that is fast enough.
 */
export async function checkGatewayResponses(deployment: Deployment, operator: Operator): Promise<void> {
  const { url, apiId } = deployment;
  const { aws } = operator;
  checkRefusal(await send('GET', `${url}/none`), 'MISSING_AUTHENTICATION_TOKEN');

  const stage = ['--rest-api-id', apiId, '--stage-name', 'dev'];
  const limitTo = async (rate: number, burst: number) => {
    const patches = Object.entries({ rateLimit: rate, burstLimit: burst }).map(
      ([limit, value]) => `op=replace,path=/*/*/throttling/${limit},value=${value}`,
    );
    await aws('apigateway', 'update-stage', ...stage, '--patch-operations', ...patches);
  };
  const { methodSettings } = (await aws('apigateway', 'get-stage', ...stage)) as StageSettings;
  const { throttlingRateLimit, throttlingBurstLimit } = methodSettings['*/*'];
  await limitTo(0, 0);
  const throttled = await send('POST', `${url}${cancelPath}`);
  checkRefusal(throttled, 'THROTTLED');
  assert.equal(throttled.headers['retry-after'], '1');
  await limitTo(throttlingRateLimit, throttlingBurstLimit);
}

/** The same where there is no function to invoke. There is none afterwards. */
export async function checkMissingFunction(deployment: Deployment, { aws }: Operator): Promise<void> {
  await aws('lambda', 'delete-function', '--function-name', functionNamed(deployment, 'Docs').name);
  checkRefusal(await send('GET', `${deployment.url}/docs`), 'DEFAULT_5XX');
}

interface StageSettings {
  readonly methodSettings: {
    readonly '*/*': { readonly throttlingRateLimit: number; readonly throttlingBurstLimit: number };
  };
}

async function send(method: 'GET' | 'POST', url: string): Promise<HttpResponse> {
  return await sendOnce(url, { method, headers: {}, body: '' }, AbortSignal.timeout(30_000));
}

function checkRefusal({ status, headers, body }: HttpResponse, type: keyof typeof gatewayRefusals): void {
  const refusal = gatewayRefusals[type];
  const envelope = JSON.parse(body) as Envelope<unknown>;
  assert.equal(envelope.resultCode, refusal.resultCode, `${type}: ${status} ${body}`);
  assert.equal(envelope.message, refusal.message);
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
}
