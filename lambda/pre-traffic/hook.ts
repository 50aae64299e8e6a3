import { type CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { cancelPath } from '../contract/paths.ts';
import type { readPreTrafficVariables } from '../environment/variables.ts';
import type { Runtime } from '../environment/runtime.ts';
import { frozenFailures, putFrozenRows } from './frozen-order.ts';
import { type Send, type SmokeResponse, smokeFailures, type SmokeRequest } from './smoke-test.ts';
import { putSmokeOrder } from './smoke-order.ts';

/** The event that CodeDeploy invokes a hook with. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

export interface HookDependencies {
  readonly variables: ReturnType<typeof readPreTrafficVariables>;
  readonly client: DynamoDBDocumentClient;
  readonly lambda: LambdaClient;
  readonly codeDeploy: CodeDeployClient;
  readonly now: Runtime['now'];
  /** One sentence about what went wrong. */
  readonly log: (failure: string) => void;
}

/**
 * Tests the version that is about to get traffic with signed requests of the reserved store, and reports to CodeDeploy
 * whether it passed. A version that cannot be tested has failed: otherwise CodeDeploy would wait an hour for the
 * report.
 * @throws Error when the report fails
 */
export function createPreTrafficHook(dependencies: HookDependencies): (event: HookEvent) => Promise<void> {
  const { variables, client, codeDeploy, now, log } = dependencies;
  const tables = {
    orders: variables.ordersTable,
    cancellations: variables.cancellationsTable,
    storeKeys: variables.storeKeysTable,
  };
  const send: Send = (request) => invoke(request, dependencies);
  return async ({ DeploymentId, LifecycleEventHookExecutionId }) => {
    const failures = await failuresOf(async () => {
      const order = await named('dynamodb:PutItem', async () => {
        await putFrozenRows(client, tables);
        return await putSmokeOrder(client, tables, now());
      });
      return [...(await smokeFailures(send, order)), ...(await frozenFailures(send, order.hashKey))];
    });
    failures.forEach(log);
    const report = new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: DeploymentId,
      lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
      status: failures.length === 0 ? 'Succeeded' : 'Failed',
    });
    await named('codedeploy:PutLifecycleEventHookExecutionStatus', () => codeDeploy.send(report));
  };
}

async function failuresOf(attempt: () => Promise<string[]>): Promise<string[]> {
  try {
    return await attempt();
  } catch (error) {
    return [`it could not be tried: ${error instanceof Error ? error.message : 'for an unknown reason'}`];
  }
}

/** Makes a call. @throws Error naming the action that failed, and its error, which may be a right that is missing */
async function named<Output>(action: string, make: () => Promise<Output>): Promise<Output> {
  try {
    return await make();
  } catch (error) {
    throw new Error(`${action} ended in ${error instanceof Error ? error.name : 'an unknown error'}`, { cause: error });
  }
}

async function invoke(
  { headers, body }: SmokeRequest,
  { variables, lambda }: HookDependencies,
): Promise<SmokeResponse> {
  const event = {
    httpMethod: 'POST',
    path: cancelPath,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body,
    isBase64Encoded: false,
    requestContext: { requestId: 'pre-traffic' },
  };
  const { Payload, FunctionError } = await named('lambda:InvokeFunction', () =>
    lambda.send(new InvokeCommand({ FunctionName: variables.target, Payload: JSON.stringify(event) })),
  );
  if (FunctionError !== undefined || Payload === undefined) throw new Error('the version ended in an error');
  const result = JSON.parse(Payload.transformToString()) as APIGatewayProxyResult;
  return {
    status: result.statusCode,
    isReplay: result.headers?.['Idempotent-Replayed'] === 'true',
    body: result.body,
  };
}
