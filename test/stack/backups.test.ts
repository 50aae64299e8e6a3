import { describe, expect, test } from '@jest/globals';
import { nameOf, propertiesOf, onlyResourceOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';

const { prod, ...others } = templatesByStage();

interface Rule {
  readonly RuleName: string;
  readonly ScheduleExpression: string;
  readonly Lifecycle: Readonly<Record<string, number>>;
  readonly TargetBackupVault: unknown;
}

describe('the copies of the tables', () => {
  test.each(Object.entries(others))('are not made in %s', (_stage, template) => {
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::Backup::'))).toEqual([]);
  });

  // A bank account ends, and a copy of it would not.
  test('are of all tables but that of refund accounts', () => {
    const { BackupSelection } = propertiesOf(prod, 'AWS::Backup::BackupSelection') as {
      readonly BackupSelection: { readonly Resources: readonly unknown[]; readonly IamRoleArn: unknown };
    };
    const tables = resourcesOf(prod, 'AWS::DynamoDB::Table').map(([id]) => nameOf(id));
    expect(tables).toContain('TablesRefundAccounts');
    expect(new Set(BackupSelection.Resources.map(textOf))).toEqual(
      new Set(tables.filter((name) => name !== 'TablesRefundAccounts').map((name) => `<${name}.Arn>`)),
    );
    expect(BackupSelection.Resources).toHaveLength(5);
    expect(textOf(BackupSelection.IamRoleArn)).toBe('<BackupsRole.Arn>');
  });

  test('are made every week for five weeks, and every month for a year', () => {
    const { BackupPlan } = propertiesOf(prod, 'AWS::Backup::BackupPlan') as {
      readonly BackupPlan: { readonly BackupPlanRule: readonly Rule[] };
    };
    const rules = BackupPlan.BackupPlanRule;
    expect(rules.map(({ ScheduleExpression, Lifecycle }) => [ScheduleExpression, Lifecycle])).toEqual([
      ['cron(0 5 ? * SUN *)', { DeleteAfterDays: 35 }],
      ['cron(0 5 1 * ? *)', { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 7 }],
    ]);
    for (const rule of rules) expect(textOf(rule.TargetBackupVault)).toBe('<BackupsVault.BackupVaultName>');
  });

  test('are reported to whoever looks in the morning, where one could not be made', () => {
    const [id, { Properties }] = onlyResourceOf(prod, 'AWS::Events::Rule', 'BackupsFailures');
    expect(Properties['EventPattern']).toEqual({
      source: ['aws.backup'],
      'detail-type': ['Backup Job State Change'],
      detail: { backupVaultName: ['payment-cancel-prod'], state: ['ABORTED', 'EXPIRED', 'FAILED'] },
    });
    expect(propertiesOf(prod, 'AWS::Backup::BackupVault')['BackupVaultName']).toBe('payment-cancel-prod');
    const [target, ...more] = Properties['Targets'] as ReadonlyArray<{ readonly Arn: unknown }>;
    expect([textOf(target?.Arn), more]).toEqual(['<OperationsTopic>', []]);

    expect(
      ofEventBridge(propertiesOf(prod, 'AWS::SNS::TopicPolicy', 'OperationsTopicPolicy')['PolicyDocument']),
    ).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [id, 'Arn'] } } },
      }),
    ]);
    const [ofKey] = ofEventBridge(propertiesOf(prod, 'AWS::KMS::Key', 'OperationsTopicKey')['KeyPolicy']);
    expect(ofKey?.['Action']).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']));
  });

  test('are in a vault that is encrypted, outlives the stack, and lets nobody delete them', () => {
    const [, vault] = onlyResourceOf(prod, 'AWS::Backup::BackupVault');
    expect(vault).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(textOf(vault.Properties['EncryptionKeyArn'])).toBe('<TablesKey.Arn>');
    expect(vault.Properties['AccessPolicy']).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
        },
      ],
    });
  });
});

/** The statements of a policy that are for EventBridge. */
function ofEventBridge(policy: unknown): Array<Readonly<Record<string, unknown>>> {
  const { Statement } = policy as { readonly Statement: ReadonlyArray<Readonly<Record<string, unknown>>> };
  return Statement.filter(({ Principal }) => JSON.stringify(Principal).includes('events.amazonaws.com'));
}
