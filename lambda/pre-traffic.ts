import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { readPreTrafficConfig } from './config.ts';
import { type SmokeAnswer, smokeFailures, type SmokeRequest } from './smoke/smoke-failures.ts';
import { putSmokeOrder } from './smoke/smoke-store.ts';
import { createDocumentClient } from './store/client.ts';

// The entry of the function that CodeDeploy runs before a new version gets traffic. It tries the version itself, with
// signed requests of the reserved store, and stops the release if an answer is wrong.
const config = readPreTrafficConfig(process.env);
const tables = { orders: config.ordersTable, storeKeys: config.storeKeysTable };
const client = createDocumentClient();
const lambda = new LambdaClient({});
const codeDeploy = new CodeDeployClient({});

/** What CodeDeploy tells a hook. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

export async function handler(event: HookEvent): Promise<void> {
  const failures = await tryVersion();
  for (const failure of failures) console.error(JSON.stringify({ message: 'pre-traffic', failure }));
  await codeDeploy.send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: event.DeploymentId,
      lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
      status: failures.length === 0 ? 'Succeeded' : 'Failed',
    }),
  );
}

/** A version that cannot be tried has failed: CodeDeploy would otherwise wait an hour to find out. */
async function tryVersion(): Promise<string[]> {
  try {
    return await smokeFailures(invoke, await putSmokeOrder(client, tables, Date.now()));
  } catch (error) {
    return [`it could not be tried: ${error instanceof Error ? error.name : 'unknown'}`];
  }
}

async function invoke({ headers, body }: SmokeRequest): Promise<SmokeAnswer> {
  const event = {
    httpMethod: 'POST',
    path: '/api/v2/payment/cancel',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body,
    isBase64Encoded: false,
    requestContext: { requestId: 'pre-traffic' },
  };
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: config.target, Payload: JSON.stringify(event) }),
  );
  if (FunctionError !== undefined || Payload === undefined) throw new Error('The function failed.');
  const result = JSON.parse(Payload.transformToString()) as APIGatewayProxyResult;
  return {
    status: result.statusCode,
    isReplay: result.headers?.['Idempotent-Replayed'] === 'true',
    body: result.body,
  };
}
