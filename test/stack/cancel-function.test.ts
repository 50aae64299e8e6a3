import { describe, expect, test } from '@jest/globals';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Match } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../lambda/config.ts';
import { createOrderStore } from '../../lambda/store/order-store.ts';
import { createStoreKeyStore } from '../../lambda/store/store-key-store.ts';
import { orderOf } from '../fixtures/orders.ts';
import { onlyResourceOf, resourcesOf, stageNames, templatesByStage } from '../fixtures/templates.ts';

const templates = templatesByStage();
const template = templates.prod;
const [, deployedFunction] = onlyResourceOf(template, 'AWS::Lambda::Function');

describe('the function', () => {
  test('runs on Node 24 and arm64', () => {
    expect(deployedFunction.Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  test('ends before the gateway, which waits 29 s', () => {
    expect(deployedFunction.Properties['Timeout']).toBeGreaterThan(0);
    expect(deployedFunction.Properties['Timeout']).toBeLessThan(29);
  });

  test('logs JSON into a log group of the stack', () => {
    const [logGroupId] = onlyResourceOf(template, 'AWS::Logs::LogGroup');
    expect(deployedFunction.Properties['LoggingConfig']).toMatchObject({
      LogFormat: 'JSON',
      LogGroup: { Ref: logGroupId },
    });
  });

  test.each([
    { stage: 'dev', days: 7, policy: 'Delete' },
    { stage: 'staging', days: 30, policy: 'Retain' },
    { stage: 'prod', days: 365, policy: 'Retain' },
  ] as const)('keeps the logs of $stage for $days days', ({ stage, days, policy }) => {
    const [, logGroup] = onlyResourceOf(templates[stage], 'AWS::Logs::LogGroup');
    expect(logGroup).toMatchObject({ DeletionPolicy: policy, Properties: { RetentionInDays: days } });
  });

  test.each(stageNames)('of %s has exactly the environment that its configuration requires', (stage) => {
    const names = environmentOf(stage).map(([name]) => name);
    expect(names.filter((name) => !name.startsWith('POWERTOOLS_')).toSorted()).toEqual(requiredVariables().toSorted());
  });

  test.each([
    ['ORDERS_TABLE', 'orders'],
    ['CANCELLATIONS_TABLE', 'cancellations'],
    ['STORE_KEYS_TABLE', 'store-keys'],
  ])('%s names the table of %s', (variable, table) => {
    expect(Object.fromEntries(environmentOf('prod'))[variable]).toEqual({ Ref: tableId(table) });
  });
});

/** Every call that lambda/store makes, and the action that IAM asks for it. */
const calls = [
  { call: 'BatchGet', table: 'orders', action: 'dynamodb:BatchGetItem' },
  { call: 'BatchGet', table: 'cancellations', action: 'dynamodb:BatchGetItem' },
  { call: 'Get', table: 'cancellations', action: 'dynamodb:GetItem' },
  { call: 'Get', table: 'store-keys', action: 'dynamodb:GetItem' },
  { call: 'TransactWrite Update', table: 'orders', action: 'dynamodb:UpdateItem' },
  { call: 'TransactWrite Put', table: 'cancellations', action: 'dynamodb:PutItem' },
];

describe('the rights of the function', () => {
  test('are to the calls that the stores make', async () => {
    expect((await callsOfTheStores()).toSorted()).toEqual(
      calls.map(({ call, table }) => `${call} ${table}`).toSorted(),
    );
  });

  test.each(stageNames)('are in %s exactly these, each to its own table or log group', (stage) => {
    const [logGroupId] = onlyResourceOf(templates[stage], 'AWS::Logs::LogGroup');
    const tableIds = new Map(
      resourcesOf(templates[stage], 'AWS::DynamoDB::Table').map(([id, { Properties }]) => [
        String(Properties['TableName']).replace(`payment-cancel-${stage}-`, ''),
        id,
      ]),
    );
    const expected = [
      ...calls.map(({ table, action }) => `${action} ${tableIds.get(table)}`),
      `logs:CreateLogStream ${logGroupId}`,
      `logs:PutLogEvents ${logGroupId}`,
    ];
    const granted = statements(stage).flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) => listOf(Resource).map((resource) => `${action} ${resourceIdOf(resource)}`)),
    );
    expect(granted.toSorted()).toEqual(expected.toSorted());
  });

  test.each(stageNames)('have no wildcard in %s', (stage) => {
    for (const statement of statements(stage)) {
      expect(statement).toEqual({ Effect: 'Allow', Action: expect.anything(), Resource: expect.anything() });
      for (const action of listOf(statement.Action)) expect(action).toMatch(/^[a-z]+:[A-Za-z]+$/);
      expect(JSON.stringify(statement.Resource)).not.toContain('*');
    }
  });

  test('come by no other way than that one policy', () => {
    const [roleId, role] = onlyResourceOf(template, 'AWS::IAM::Role');
    const [, policy] = onlyResourceOf(template, 'AWS::IAM::Policy');
    expect(role.Properties).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    });
    expect(policy.Properties['Roles']).toEqual([{ Ref: roleId }]);
    expect(deployedFunction.Properties['Role']).toEqual({ 'Fn::GetAtt': [roleId, 'Arn'] });
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    template.resourcePropertiesCountIs('AWS::DynamoDB::Table', { ResourcePolicy: Match.anyValue() }, 0);
  });
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

function statements(stage: keyof typeof templates): Statement[] {
  return resourcesOf(templates[stage], 'AWS::IAM::Policy').flatMap(
    ([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement,
  );
}

function listOf<Value>(value: Value | readonly Value[]): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
}

/** The logical id of the resource whose ARN this is, or its text. */
function resourceIdOf(resource: unknown): string {
  const [id, attribute] = (resource as { 'Fn::GetAtt'?: string[] } | null)?.['Fn::GetAtt'] ?? [];
  return id !== undefined && attribute === 'Arn' ? id : JSON.stringify(resource);
}

function environmentOf(stage: keyof typeof templates): Array<[name: string, value: unknown]> {
  const [, { Properties }] = onlyResourceOf(templates[stage], 'AWS::Lambda::Function');
  return Object.entries((Properties['Environment'] as { Variables: Record<string, unknown> }).Variables);
}

/** Every variable that readConfig looks at. */
function requiredVariables(): string[] {
  const names: string[] = [];
  readConfig(
    new Proxy<Record<string, string>>(
      {},
      {
        get: (_target, name) => {
          names.push(String(name));
          return 'a value';
        },
      },
    ),
  );
  return names;
}

function tableId(name: string): string | undefined {
  return resourcesOf(template, 'AWS::DynamoDB::Table').find(
    ([, { Properties }]) => Properties['TableName'] === `payment-cancel-prod-${name}`,
  )?.[0];
}

const remainingMs = () => 1000;

/** What the stores send, each as the call and its table. */
async function callsOfTheStores(): Promise<string[]> {
  const sent: string[] = [];
  const client = {
    send: async (command: { readonly constructor: { readonly name: string }; readonly input: unknown }) => {
      sent.push(...callsOf(command.constructor.name.replace(/Command$/, ''), command.input as CommandInput));
      return {};
    },
  } as unknown as DynamoDBDocumentClient;
  const orders = createOrderStore(client, { orders: 'orders', cancellations: 'cancellations' });
  const storeKeys = createStoreKeyStore(client, 'store-keys', () => 0);
  const place = { storeId: 'STORE-1', orderNo: 'ORD20251224001', cancellationKey: 'K#1' };
  await orders.load(place, remainingMs);
  await orders.findRecord(place, remainingMs);
  await orders.commit(
    {
      order: orderOf(),
      cancellation: { kind: 'REFUND', nextStatus: 'CANCELED', items: [] } as never,
      record: { cancellationKey: 'K#1', requestDigest: '', kind: 'REFUND', createdAtMs: 0 } as never,
      refundAccount: undefined,
      clientRequestToken: 'token',
    },
    remainingMs,
  );
  await storeKeys.find('access-key-1', remainingMs);
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
