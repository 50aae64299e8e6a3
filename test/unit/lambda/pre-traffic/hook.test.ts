import { describe, expect, test } from '@jest/globals';
import type { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createPreTrafficHook } from '../../../../lambda/pre-traffic/hook.ts';
import { smokeStore } from '../../../../lambda/pre-traffic/smoke-order.ts';
import {
  type CancellationRow,
  cancellationRecordOf,
  type CredentialRow,
  type OrderRow,
  orderKeyOf,
  orderOf,
} from '../../../../lambda/dynamodb/items.ts';
import { memoryService, startOfTest, credentialOf } from '../../../../tools/in-memory/memory-service.ts';
import { contextOf } from '../../../../tools/in-memory/requests.ts';
import { sdkError } from '../../../support/stub-client.ts';

const version = 'arn:aws:lambda:ap-northeast-2:111111111111:function:cancel:7';
const hookEvent = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'execution-1' };

interface Attempt {
  /** Errors that the calls of a client meet before they succeed, first to last. */
  readonly dynamodb?: Error[];
  readonly lambda?: Error[];
  readonly codeDeploy?: Error[];
  /** What an invocation returns instead of the version's response. */
  readonly response?: object;
}

/** Runs the hook against the real handler. */
async function tryVersion({ dynamodb = [], lambda = [], codeDeploy = [], response }: Attempt = {}) {
  const service = memoryService();
  const invoked: string[] = [];
  const reported: unknown[] = [];
  const logged: string[] = [];
  const hook = createPreTrafficHook({
    variables: {
      ordersTable: 'orders',
      cancellationsTable: 'cancellations',
      storeKeysTable: 'store-keys',
      target: version,
    },
    client: {
      async send({ input }: { readonly input: { readonly TableName: string; readonly Item: unknown } }) {
        failFirst(dynamodb);
        if (input.TableName === 'orders') {
          const order = orderOf(input.Item as OrderRow);
          service.orders.set(orderKeyOf(order), order);
        } else if (input.TableName === 'cancellations') {
          const row = input.Item as CancellationRow;
          service.records.set(`${row.orderKey} ${row.cancellationKey}`, cancellationRecordOf(row));
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
    now: () => startOfTest,
    log: (failure) => logged.push(failure),
  });
  await hook(hookEvent);
  return { invoked, reported, logged, service };
}

function failFirst(errors: Error[]): void {
  const error = errors.shift();
  if (error !== undefined) throw error;
}

const reportOf = (status: string) => [{ deploymentId: 'd-1', lifecycleEventHookExecutionId: 'execution-1', status }];

describe('a version whose responses are right', () => {
  test('is tried with six requests, and gets its traffic', async () => {
    const { invoked, reported, logged, service } = await tryVersion();
    expect(invoked).toEqual(Array.from({ length: 6 }, () => version));
    expect(service.reports.map(({ status }) => status)).toEqual([200, 200, 422, 401, 200, 400]);
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

describe('a call that is denied', () => {
  test.each([
    ['dynamodb', 'dynamodb:PutItem'],
    ['lambda', 'lambda:InvokeFunction'],
  ] as const)('by %s stops the release at once, and the log names the permission', async (client, action) => {
    const { reported, logged } = await tryVersion({ [client]: [sdkError('AccessDeniedException', 400)] });
    expect(reported).toEqual(reportOf('Failed'));
    expect(logged).toEqual([`it could not be tried: ${action} ended in AccessDeniedException`]);
  });

  test('by CodeDeploy ends the hook itself in an error, after which Lambda invokes it again', async () => {
    await expect(tryVersion({ codeDeploy: [sdkError('AccessDeniedException', 400)] })).rejects.toThrow(
      'codedeploy:PutLifecycleEventHookExecutionStatus ended in AccessDeniedException',
    );
  });
});
