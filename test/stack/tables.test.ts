import { describe, expect, test } from '@jest/globals';
import { stageNames } from '../support/assemblies.ts';
import { onlyResourceOf, type Resource, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';
import type { RefundAccountRow } from '../../lambda/dynamodb/refund-items.ts';
import type { StageName } from '../../lib/stages.ts';

const templates = templatesByStage();

describe('the tables', () => {
  test.each(stageNames)('of %s are six, and carry the stage in their names', (stage) => {
    const names = tablesOf(stage).map(({ Properties }) => String(Properties['TableName']));
    expect(new Set(names)).toEqual(
      new Set([
        `payment-cancel-${stage}-orders`,
        `payment-cancel-${stage}-cancellations`,
        `payment-cancel-${stage}-store-keys`,
        `payment-cancel-${stage}-refund-accounts`,
        `payment-cancel-${stage}-executions`,
        `payment-cancel-${stage}-endpoints`,
      ]),
    );
    expect(names).toHaveLength(6);
  });

  test.each(stageNames)('of %s are billed on demand', (stage) => {
    for (const { Properties } of tablesOf(stage)) expect(Properties['BillingMode']).toBe('PAY_PER_REQUEST');
  });

  test.each([
    { name: 'orders', keys: [{ AttributeName: 'orderKey', KeyType: 'HASH' }] },
    {
      name: 'cancellations',
      keys: [
        { AttributeName: 'orderKey', KeyType: 'HASH' },
        { AttributeName: 'cancellationKey', KeyType: 'RANGE' },
      ],
    },
    { name: 'store-keys', keys: [{ AttributeName: 'accessKeyHash', KeyType: 'HASH' }] },
    {
      name: 'refund-accounts',
      keys: [
        { AttributeName: 'orderKey', KeyType: 'HASH' },
        { AttributeName: 'refundKey', KeyType: 'RANGE' },
      ],
    },
    {
      name: 'executions',
      keys: [
        { AttributeName: 'orderKey', KeyType: 'HASH' },
        { AttributeName: 'rid', KeyType: 'RANGE' },
      ],
    },
    { name: 'endpoints', keys: [{ AttributeName: 'storeId', KeyType: 'HASH' }] },
  ])('have keys of text: $name', ({ name, keys }) => {
    const found = tablesOf('prod').find(({ Properties }) => Properties['TableName'] === `payment-cancel-prod-${name}`);
    expect(found?.Properties['KeySchema']).toEqual(keys);
    expect(found?.Properties['AttributeDefinitions']).toEqual(
      keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
    );
  });

  test.each(stageNames)(
    'of %s: refund accounts are the ones that end by themselves, and no other row does',
    (stage) => {
      const ending = tablesOf(stage).flatMap(({ Properties: { TableName, TimeToLiveSpecification } }) =>
        TimeToLiveSpecification === undefined ? [] : [[TableName, TimeToLiveSpecification]],
      );
      expect(ending).toEqual([
        [
          `payment-cancel-${stage}-refund-accounts`,
          { AttributeName: 'until' satisfies keyof RefundAccountRow, Enabled: true },
        ],
      ]);
    },
  );

  // What is announced is published: an account must never be.
  test.each(stageNames)('of %s announce cancellations and executions as they become, and nothing else', (stage) => {
    const streams = tablesOf(stage).flatMap(({ Properties: { TableName, StreamSpecification } }) =>
      StreamSpecification === undefined ? [] : [[TableName, StreamSpecification]],
    );
    expect(new Map(streams as Array<[string, unknown]>)).toEqual(
      new Map([
        [`payment-cancel-${stage}-cancellations`, { StreamViewType: 'NEW_IMAGE' }],
        [`payment-cancel-${stage}-executions`, { StreamViewType: 'NEW_IMAGE' }],
      ]),
    );
  });

  test.each<StageName>(['staging', 'prod'])('of %s can be restored, and outlive the stack', (stage) => {
    for (const resource of tablesOf(stage)) {
      expect(resource).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      });
    }
  });

  test('of dev go with the stack', () => {
    for (const resource of tablesOf('dev')) {
      expect(resource).toMatchObject({
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Delete',
        Properties: {
          DeletionProtectionEnabled: false,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
        },
      });
    }
  });

  test.each(stageNames)('of %s are encrypted with the key of the stack', (stage) => {
    for (const { Properties } of tablesOf(stage)) {
      const { KMSMasterKeyId, ...encryption } = Properties['SSESpecification'] as Record<string, unknown>;
      expect(encryption).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      expect(textOf(KMSMasterKeyId)).toBe('<TablesKey.Arn>');
    }
  });

  test.each(stageNames)('of %s are tagged with the service and the stage', (stage) => {
    for (const { Properties } of tablesOf(stage)) {
      expect(Properties['Tags']).toEqual([
        { Key: 'service', Value: 'payment-cancel' },
        { Key: 'stage', Value: stage },
      ]);
    }
  });
});

describe('the key of the tables', () => {
  test.each([
    { stage: 'dev', policy: 'Delete', days: 7 },
    { stage: 'staging', policy: 'Retain', days: 30 },
    { stage: 'prod', policy: 'Retain', days: 30 },
  ] as const)('of $stage rotates, and goes as its tables do: $policy', ({ stage, policy, days }) => {
    expect(keyOf(stage)).toMatchObject({
      DeletionPolicy: policy,
      UpdateReplacePolicy: policy,
      Properties: { EnableKeyRotation: true, PendingWindowInDays: days },
    });
  });

  test.each(stageNames)('of %s is for the account to grant, and besides for CloudWatch Logs only', (stage) => {
    const { Statement } = keyOf(stage).Properties['KeyPolicy'] as { readonly Statement: readonly unknown[] };
    const root = {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
    };
    const forAccount = { Effect: 'Allow', Action: 'kms:*', Principal: { AWS: root }, Resource: '*' };
    expect(Statement).toEqual([forAccount, expect.objectContaining({ Condition: expect.anything() })]);
  });
});

const groups = (stage: StageName) => resourcesOf(templates[stage], 'AWS::Logs::LogGroup');

describe('the logs of the stack', () => {
  test.each(stageNames)('of %s are all encrypted with its key', (stage) => {
    for (const [id, { Properties }] of groups(stage)) {
      expect([id, textOf(Properties['KmsKeyId'])]).toEqual([id, '<TablesKey.Arn>']);
    }
  });

  test.each(stageNames)('of %s are those that CloudWatch Logs may use the key for, and no others', (stage) => {
    const { Statement } = keyOf(stage).Properties['KeyPolicy'] as { readonly Statement: readonly unknown[] };
    const { Principal, Condition, ...others } = Statement[1] as {
      readonly Principal: { readonly Service: unknown };
      readonly Condition: { readonly ArnLike: Readonly<Record<string, readonly unknown[]>> };
    };
    expect(others).toMatchObject({ Effect: 'Allow', Resource: '*' });
    expect(textOf(Principal.Service)).toBe('logs.<AWS::Region>.amazonaws.com');
    const { 'kms:EncryptionContext:aws:logs:arn': arns = [], ...unknown } = Condition.ArnLike;
    expect([unknown, Object.keys(Condition)]).toEqual([{}, ['ArnLike']]);
    const own = 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:';
    expect(arns.map(textOf)).toEqual([`${own}payment-cancel-${stage}-*`, `${own}aws-waf-logs-payment-cancel-${stage}`]);
    // CloudFormation begins the names that it makes with the stack's name.
    const named = groups(stage).flatMap(([, { Properties }]) => Properties['LogGroupName'] ?? []);
    expect(named).toEqual([`aws-waf-logs-payment-cancel-${stage}`]);
  });
});

function keyOf(stage: StageName): Resource {
  return onlyResourceOf(templates[stage], 'AWS::KMS::Key', 'TablesKey')[1];
}

function tablesOf(stage: StageName): Resource[] {
  return resourcesOf(templates[stage], 'AWS::DynamoDB::Table').map(([, resource]) => resource);
}
