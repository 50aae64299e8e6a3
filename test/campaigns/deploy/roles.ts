import assert from 'node:assert/strict';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateFunctionCommand, DeleteFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { tableNamesOf } from '../../../lib/stages.ts';
import { type DeployedFunction, type Deployment, functionNamed, invoke } from './deployment.ts';
import type { ProbedCall, ProbedOutcome } from './role-probe.ts';
import { account } from './workshop.ts';

const tables = tableNamesOf('dev');

interface Rights {
  /** A call that the role allows: it shows that a denied one was not just impossible. Undefined for one that may only log. */
  readonly may: ProbedCall | undefined;
  readonly mayNot: ProbedCall;
}

const read = (TableName: string, Key: object): ProbedCall => ({
  service: 'dynamodb',
  command: 'GetItemCommand',
  input: { TableName, Key },
});
const put = (TableName: string, Item: object): ProbedCall => ({
  service: 'dynamodb',
  command: 'PutItemCommand',
  input: { TableName, Item },
});
const execution = { orderKey: { S: 'SMOKE-TEST/role-probe' }, rid: { S: 'RETREQ0' } };
const record = { orderKey: { S: 'SMOKE-TEST/role-probe' }, cancellationKey: { S: 'none' } };
const update: ProbedCall = {
  service: 'dynamodb',
  command: 'UpdateItemCommand',
  input: { TableName: tables.executions, Key: execution, UpdateExpression: 'REMOVE nothing' },
};
const keyHash = { accessKeyHash: { S: 'none' } };

/** What each function's role is asked, by the function's construct. */
const rights: Readonly<Record<string, Rights>> = {
  Cancel: { may: read(tables.storeKeys, keyHash), mayNot: put(tables.storeKeys, keyHash) },
  Detail: {
    may: read(tables.orders, { orderKey: { S: 'none' } }),
    mayNot: put(tables.orders, { orderKey: { S: 'none' } }),
  },
  Docs: { may: undefined, mayNot: read(tables.orders, { orderKey: { S: 'none' } }) },
  // It takes orders, and asks nobody for a refund.
  InTaker: {
    may: read(tables.orders, { orderKey: { S: 'none' } }),
    mayNot: put(tables.executions, execution),
  },
  // It writes executions, and can change no record.
  OutPublisher: { may: put(tables.executions, execution), mayNot: put(tables.cancellations, record) },
  // It changes executions, and can put none.
  BackTaker: { may: update, mayNot: put(tables.executions, execution) },
  // It notes how endpoints answer, and can make none.
  WebhooksSender: {
    may: read(tables.endpoints, { storeId: { S: 'none' } }),
    mayNot: put(tables.endpoints, { storeId: { S: 'none' } }),
  },
  // What it may do is shown by running it (pre-traffic.ts).
  PreTraffic: { may: undefined, mayNot: read(tables.storeKeys, keyHash) },
};

/** Makes an allowed call and a forbidden one under the role of each function. */
export async function checkRoles(deployment: Deployment): Promise<void> {
  const constructs = deployment.functions.map(({ construct }) => construct);
  assert.deepEqual(constructs.toSorted(), Object.keys(rights).toSorted(), 'roles.ts has to name every function');
  for (const [construct, { may, mayNot }] of Object.entries(rights)) {
    const role = functionNamed(deployment, construct);
    await underRole(deployment, role, async (call) => {
      if (may !== undefined) assert.equal((await call(may)).error, undefined, `${construct} is denied what it does`);
      const { error, nodeVersion } = await call(mayNot);
      const denied = /^AccessDeniedException: .*is not authorized to perform/;
      assert.match(error ?? '', denied, `${construct} was not denied what it must not do: ${error}`);
      assert.ok(error?.includes(role.roleName), `${construct} does not run under its own role: ${error}`);
      assert.match(nodeVersion, /^v24\./);
    });
  }
  // What the probes have put is of no cancellation: the audit would name it.
  await deployment.dynamodb.send(new DeleteItemCommand({ TableName: tables.executions, Key: execution }));
}

/** Runs a function under a role for a while. */
export async function underRole<Result>(
  deployment: Deployment,
  { construct, roleName }: DeployedFunction,
  act: (call: (call: ProbedCall) => Promise<ProbedOutcome>, name: string) => Promise<Result>,
): Promise<Result> {
  const { lambda } = deployment;
  const FunctionName = `probe-${construct}`;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: `arn:aws:iam::${account}:role/${roleName}`,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 30,
      Code: { ZipFile: deployment.probeCode },
    }),
  );
  try {
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
    return await act(async (call) => {
      const { payload, error } = await invoke(deployment, FunctionName, call);
      if (error !== undefined) throw new Error(`The probe failed: ${error}`);
      return payload as ProbedOutcome;
    }, FunctionName);
  } finally {
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
  }
}
