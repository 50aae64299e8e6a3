import { describe, expect, test } from '@jest/globals';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createPreTrafficHook } from '../../../../lambda/pre-traffic/hook.ts';
import { smokeStore } from '../../../../lambda/pre-traffic/smoke-order.ts';
import { type OrderRow, orderKeyOf, orderOf, type CredentialRow } from '../../../../lambda/dynamodb/items.ts';
import { memoryService, startOfTest, credentialOf } from '../../../../tools/in-memory/memory-service.ts';
import { contextOf } from '../../../../tools/in-memory/requests.ts';
import { sdkError } from '../../../support/stub-client.ts';

const version = 'arn:aws:lambda:ap-northeast-2:111111111111:function:cancel:7';
const hookEvent = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'execution-1' };
const denied = () => sdkError('AccessDeniedException', 400);
const alwaysDenied = () => Array.from({ length: 100 }, denied);

interface Attempt {
  /** Errors that the calls of a client meet before they succeed, first to last. */
  readonly dynamodb?: Error[];
  readonly lambda?: Error[];
  readonly codeDeploy?: Error[];
  /** What an invocation returns instead of the version's response. */
  readonly response?: object;
}

/** Runs the hook against the real handler, with a clock that only its pauses move. */
async function tryVersion({ dynamodb = [], lambda = [], codeDeploy = [], response }: Attempt = {}) {
  const service = memoryService();
  const invoked: string[] = [];
  const reported: unknown[] = [];
  const logged: string[] = [];
  let pausedMs = 0;
  const hook = createPreTrafficHook({
    variables: { ordersTable: 'orders', storeKeysTable: 'store-keys', target: version },
    client: {
      async send({ input }: { readonly input: { readonly TableName: string; readonly Item: unknown } }) {
        failFirst(dynamodb);
        if (input.TableName === 'orders') {
          const order = orderOf(input.Item as OrderRow);
          service.orders.set(orderKeyOf(order), order);
        } else {
          const { hashKey } = input.Item as CredentialRow;
          service.keys.set(smokeStore.accessKey, credentialOf({ ...smokeStore, hashKey }));
        }
      },
    } as unknown as DynamoDBDocumentClient,
    lambda: {
      async send({ input }: { readonly input: { readonly FunctionName: string; readonly Payload: string } }) {
        failFirst(lambda);
        invoked.push(input.FunctionName);
        const result = response ?? {
          Payload: JSON.stringify(await service.handler(JSON.parse(input.Payload), contextOf())),
        };
        return 'Payload' in result ? { ...result, Payload: { transformToString: () => result.Payload } } : result;
      },
    } as unknown as LambdaClient,
    codeDeploy: {
      async send({ input }: { readonly input: unknown }) {
        failFirst(codeDeploy);
        reported.push(input);
      },
    } as unknown as CodeDeployClient,
    runtime: {
      now: () => startOfTest + pausedMs,
      sleep: async (ms) => {
        pausedMs += ms;
      },
    },
    log: (failure) => logged.push(failure),
  });
  await hook(hookEvent);
  return { invoked, reported, logged, pausedMs: () => pausedMs, service };
}

function failFirst(errors: Error[]): void {
  const error = errors.shift();
  if (error !== undefined) throw error;
}

const reportOf = (status: string) => [{ deploymentId: 'd-1', lifecycleEventHookExecutionId: 'execution-1', status }];

describe('a version whose responses are right', () => {
  test('is tried with four requests, and gets its traffic', async () => {
    const { invoked, reported, logged, service } = await tryVersion();
    expect(invoked).toEqual([version, version, version, version]);
    expect(service.reports.map(({ status }) => status)).toEqual([200, 200, 422, 401]);
    expect(reported).toEqual(reportOf('Succeeded'));
    expect(logged).toEqual([]);
  });
});

describe('a version whose responses are wrong', () => {
  test.each<[string, object, string]>([
    [
      'ends in an error',
      { FunctionError: 'Unhandled', Payload: '{"errorType":"Error"}' },
      'it could not be tried: the version ended in an error',
    ],
    ['returns nothing', {}, 'it could not be tried: the version ended in an error'],
    ['returns no JSON', { Payload: 'oops' }, 'it could not be tried: '],
    [
      'responds with 500',
      { Payload: JSON.stringify({ statusCode: 500, body: '{"resultCode":"EBP-Z-0010"}' }) },
      'a cancellation: responded with 500 EBP-Z-0010',
    ],
  ])('and %s: the release is stopped, and the log says why', async (_name, response, why) => {
    const { reported, logged } = await tryVersion({ response });
    expect(reported).toEqual(reportOf('Failed'));
    expect(logged[0]).toContain(why);
  });
});

describe('permissions that IAM does not know yet', () => {
  test.each(['dynamodb', 'lambda', 'codeDeploy'] as const)('of %s are waited for', async (client) => {
    const { reported, logged, pausedMs } = await tryVersion({ [client]: [denied(), denied(), denied()] });
    expect(reported).toEqual(reportOf('Succeeded'));
    expect(logged).toEqual([]);
    expect(pausedMs()).toBe(6000);
  });

  test.each([
    ['dynamodb', 'dynamodb:PutItem'],
    ['lambda', 'lambda:InvokeFunction'],
  ] as const)(
    'of %s are waited for 40 seconds: then the release is stopped, and the log names the permission',
    async (client, action) => {
      const { reported, logged, pausedMs } = await tryVersion({ [client]: alwaysDenied() });
      expect(reported).toEqual(reportOf('Failed'));
      expect(logged).toEqual([`it could not be tried: ${action} ended in AccessDeniedException`]);
      expect(pausedMs()).toBe(40_000);
    },
  );

  test('to report to CodeDeploy are waited for as long, and then the hook itself fails', async () => {
    await expect(tryVersion({ codeDeploy: alwaysDenied() })).rejects.toThrow(
      'codedeploy:PutLifecycleEventHookExecutionStatus ended in AccessDeniedException',
    );
  });

  test('are waited for 40 seconds in all, and not by each call', async () => {
    const { pausedMs } = await tryVersion({ dynamodb: [denied(), denied()], lambda: alwaysDenied() });
    expect(pausedMs()).toBe(40_000);
  });
});

describe('a failure that is not about permissions', () => {
  test('is not tried again: the release is stopped at once', async () => {
    const { reported, logged, pausedMs } = await tryVersion({ lambda: [sdkError('ResourceNotFoundException', 404)] });
    expect(reported).toEqual(reportOf('Failed'));
    expect(logged).toEqual(['it could not be tried: lambda:InvokeFunction ended in ResourceNotFoundException']);
    expect(pausedMs()).toBe(0);
  });
});
