import { type CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { cancelPath } from '../contract/paths.ts';
import type { readPreTrafficVariables } from '../environment/variables.ts';
import type { Runtime } from '../environment/runtime.ts';
import { type SmokeResponse, smokeFailures, type SmokeRequest } from './smoke-test.ts';
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
  readonly runtime: Pick<Runtime, 'now' | 'sleep'>;
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
  const { variables, client, codeDeploy, runtime, log } = dependencies;
  const tables = { orders: variables.ordersTable, storeKeys: variables.storeKeysTable };
  return async ({ DeploymentId, LifecycleEventHookExecutionId }) => {
    // One deadline for all calls, because their rights were granted at the same time.
    const deniedUntilMs = runtime.now() + newRightsMs;
    const call: Call = (action, make) => callWithNewRights(action, make, deniedUntilMs, runtime);
    const failures = await failuresOf(async () => {
      const order = await call('dynamodb:PutItem', () => putSmokeOrder(client, tables, runtime.now()));
      return await smokeFailures((request) => invoke(request, dependencies, call), order);
    });
    failures.forEach(log);
    const report = new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: DeploymentId,
      lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
      status: failures.length === 0 ? 'Succeeded' : 'Failed',
    });
    await call('codedeploy:PutLifecycleEventHookExecutionStatus', () => codeDeploy.send(report));
  };
}

type Call = <Output>(action: string, make: () => Promise<Output>) => Promise<Output>;

async function failuresOf(attempt: () => Promise<string[]>): Promise<string[]> {
  try {
    return await attempt();
  } catch (error) {
    return [`it could not be tried: ${error instanceof Error ? error.message : 'for an unknown reason'}`];
  }
}

/** How long IAM may take to apply a new policy. The hook's policy names the version, so each release changes it. */
const newRightsMs = 40_000;
const pauseMs = 2000;

/**
 * Makes a call, and repeats it while it is denied and its rights may be too new. @throws Error naming action and error
 */
async function callWithNewRights<Output>(
  action: string,
  make: () => Promise<Output>,
  deniedUntilMs: number,
  { now, sleep }: HookDependencies['runtime'],
): Promise<Output> {
  for (;;) {
    try {
      return await make();
    } catch (error) {
      const name = error instanceof Error ? error.name : 'an unknown error';
      const mayBeTooNew = name === 'AccessDeniedException' && now() + pauseMs <= deniedUntilMs;
      if (!mayBeTooNew) throw new Error(`${action} ended in ${name}`, { cause: error });
    }
    await sleep(pauseMs);
  }
}

async function invoke(
  { headers, body }: SmokeRequest,
  { variables, lambda }: HookDependencies,
  call: Call,
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
  const { Payload, FunctionError } = await call('lambda:InvokeFunction', () =>
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
