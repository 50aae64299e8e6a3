import { describe, expect, test } from '@jest/globals';
import { type Resource, resourcesOf, stageNames, templatesByStage } from '../fixtures/templates.ts';
import type { StageName } from '../../lib/stages.ts';

const templates = templatesByStage();

describe('the tables', () => {
  test.each(stageNames)('of %s are three, and carry the stage in their names', (stage) => {
    const names = tablesOf(stage).map(({ Properties }) => String(Properties['TableName']));
    expect(new Set(names)).toEqual(
      new Set([
        `payment-cancel-${stage}-orders`,
        `payment-cancel-${stage}-cancellations`,
        `payment-cancel-${stage}-store-keys`,
      ]),
    );
    expect(names).toHaveLength(3);
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
  ])('have keys of text: $name', ({ name, keys }) => {
    const found = tablesOf('prod').find(({ Properties }) => Properties['TableName'] === `payment-cancel-prod-${name}`);
    expect(found?.Properties['KeySchema']).toEqual(keys);
    expect(found?.Properties['AttributeDefinitions']).toEqual(
      keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
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
});

function tablesOf(stage: StageName): Resource[] {
  return resourcesOf(templates[stage], 'AWS::DynamoDB::Table').map(([, resource]) => resource);
}
