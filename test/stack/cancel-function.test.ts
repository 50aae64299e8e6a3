import { describe, expect, test } from '@jest/globals';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { commitOfAssemblies, stageNames } from '../support/assemblies.ts';
import { readCancelVariables } from '../../lambda/environment/variables.ts';
import { createOrderRepository } from '../../lambda/dynamodb/order-repository.ts';
import { createCredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { permissionsByRole } from '../support/permissions.ts';
import { propertiesOf, templatesByStage, textOf } from '../support/templates.ts';
import { variablesOf } from '../support/variables.ts';

const templates = templatesByStage();
const name = 'FunctionCancelFunction';

describe('the cancel function', () => {
  test.each(stageNames)('of %s runs on Node 24 and arm64', (stage) => {
    expect(functionOf(stage)).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  test.each(stageNames)('of %s ends before the gateway, which waits 29 s', (stage) => {
    expect(functionOf(stage)['Timeout']).toBeGreaterThan(0);
    expect(functionOf(stage)['Timeout']).toBeLessThan(29);
  });

  test.each(stageNames)('of %s logs JSON into a log group of the stack', (stage) => {
    const { LogFormat, LogGroup } = functionOf(stage)['LoggingConfig'] as Record<string, unknown>;
    expect({ LogFormat, LogGroup: textOf(LogGroup) }).toEqual({ LogFormat: 'JSON', LogGroup: '<FunctionCancelLogs>' });
  });

  test.each([
    { stage: 'dev', instances: undefined },
    { stage: 'staging', instances: 50 },
    { stage: 'prod', instances: 200 },
  ] as const)('of $stage has as many instances as its stage allows: $instances', ({ stage, instances }) => {
    expect(functionOf(stage)['ReservedConcurrentExecutions']).toBe(instances);
  });

  test.each(stageNames)('of %s has exactly the environment that its configuration reads, and its name', (stage) => {
    expect(environmentOf(stage)).toEqual({
      ...Object.fromEntries(variablesOf(readCancelVariables).map((variable) => [variable, expect.anything()])),
      SERVICE_NAME: `payment-cancel-${stage}`,
      COMMIT: commitOfAssemblies,
    });
  });

  test.each([
    ['ORDERS_TABLE', '<TablesOrders>'],
    ['CANCELLATIONS_TABLE', '<TablesCancellations>'],
    ['STORE_KEYS_TABLE', '<TablesStoreKeys>'],
    ['REFUND_ACCOUNTS_TABLE', '<TablesRefundAccounts>'],
  ])('finds in %s the name of %s', (variable, table) => {
    for (const stage of stageNames) expect(textOf(environmentOf(stage)[variable])).toBe(table);
  });
});

/** Every call that the function's repositories make, and the action that IAM demands for it. */
const calls = [
  { call: 'BatchGet', table: 'orders', action: 'dynamodb:BatchGetItem' },
  { call: 'BatchGet', table: 'cancellations', action: 'dynamodb:BatchGetItem' },
  { call: 'TransactGet Get', table: 'cancellations', action: 'dynamodb:GetItem' },
  { call: 'Get', table: 'store-keys', action: 'dynamodb:GetItem' },
  { call: 'TransactWrite Update', table: 'orders', action: 'dynamodb:UpdateItem' },
  { call: 'TransactWrite Put', table: 'cancellations', action: 'dynamodb:PutItem' },
  { call: 'TransactWrite Put', table: 'refund-accounts', action: 'dynamodb:PutItem' },
] as const;

describe('the permissions of the function', () => {
  test('are for the calls that the repositories make', async () => {
    expect((await callsOfTheRepositories()).toSorted()).toEqual(
      calls.map(({ call, table }) => `${call} ${table}`).toSorted(),
    );
  });

  test.each(stageNames)('are in %s exactly these on tables', (stage) => {
    const tables = {
      orders: 'TablesOrders',
      cancellations: 'TablesCancellations',
      'store-keys': 'TablesStoreKeys',
      'refund-accounts': 'TablesRefundAccounts',
    };
    const granted = (permissionsByRole(templates[stage]).get('FunctionCancelRole') ?? []).flatMap(
      ({ actions, resource }) => actions.map((action) => `${action} ${resource}`),
    );
    expect(granted.filter((permission) => permission.startsWith('dynamodb:')).toSorted()).toEqual(
      calls.map(({ table, action }) => `${action} <${tables[table]}.Arn>`).toSorted(),
    );
  });
});

function functionOf(stage: keyof typeof templates): Readonly<Record<string, unknown>> {
  return propertiesOf(templates[stage], 'AWS::Lambda::Function', name);
}

function environmentOf(stage: keyof typeof templates): Readonly<Record<string, unknown>> {
  return (functionOf(stage)['Environment'] as { Variables: Record<string, unknown> }).Variables;
}

const remainingMs = () => 1000;

/** What the repositories send, each as the call and its table. */
async function callsOfTheRepositories(): Promise<string[]> {
  const sent: string[] = [];
  const client = {
    send: async (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
      sent.push(...callsOf(command.constructor.name.replace(/Command$/, ''), command.input as CommandInput));
      return {};
    },
  } as unknown as DynamoDBDocumentClient;
  const orders = createOrderRepository(
    client,
    { orders: 'orders', cancellations: 'cancellations', refundAccounts: 'refund-accounts' },
    365,
  );
  const credentials = createCredentialRepository(client, 'store-keys', () => 0);
  const key = { storeId: 'STORE-1', orderNo: 'ORD20251224001', cancellationKey: 'K#1' };
  await orders.load(key, remainingMs);
  await orders.findRecord(key, remainingMs);
  await orders.commit(
    {
      order: orderOf(),
      cancellation: { kind: 'REFUND', nextStatus: 'CANCELED', items: [] } as never,
      record: { cancellationKey: 'K#1', requestDigest: '', kind: 'REFUND', createdAtMs: 0, orderVersion: 2 } as never,
      refundAccount: {},
      clientRequestToken: 'token',
    },
    remainingMs,
  );
  await credentials.find('access-key-1', remainingMs);
  return sent;
}

interface CommandInput {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: ReadonlyArray<Readonly<Record<string, { readonly TableName: string }>>>;
}

function callsOf(call: string, { TableName, RequestItems = {}, TransactItems = [] }: CommandInput): string[] {
  return [
    ...(TableName === undefined ? [] : [`${call} ${TableName}`]),
    ...Object.keys(RequestItems).map((table) => `${call} ${table}`),
    ...TransactItems.flatMap((item) => Object.entries(item)).map(
      ([name, { TableName: table }]) => `${call} ${name} ${table}`,
    ),
  ];
}
