import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { serviceRole } from './service-role.ts';
import { backupVaultName, type Stage } from './stages.ts';
import type { Tables } from './tables.ts';

/**
 * Copies of the tables in a vault, for what point-in-time recovery does not cover: what is older than 35 days, and a
 * table whose recovery was switched off. Nobody may delete a copy before its time is over.
 */
export class Backups extends Construct {
  private readonly vaultName: string;

  constructor(scope: Construct, id: string, { stage, tables }: { readonly stage: Stage; readonly tables: Tables }) {
    super(scope, id);
    this.vaultName = backupVaultName(stage.name);
    const backupVault = new BackupVault(this, 'Vault', {
      backupVaultName: this.vaultName,
      encryptionKey: tables.key,
      blockRecoveryPointDeletion: true,
      // Of a first deployment that failed, nothing is left.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: this.vaultName,
      backupVault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'Weekly',
          scheduleExpression: Schedule.cron({ minute: '0', hour: '5', weekDay: 'SUN' }),
          deleteAfter: Duration.days(35),
        }),
        new BackupPlanRule({
          ruleName: 'Monthly',
          scheduleExpression: Schedule.cron({ minute: '0', hour: '5', day: '1' }),
          // Copies of a year would cost more than the tables otherwise.
          moveToColdStorageAfter: Duration.days(7),
          deleteAfter: Duration.days(365),
        }),
      ],
    });

    // Not of RefundAccounts: bank accounts end, and a copy would not.
    const all = [tables.orders, tables.cancellations, tables.storeKeys, tables.executions, tables.endpoints];
    const role = serviceRole(this, 'Role', 'backup.amazonaws.com');
    // What AWS's managed policy for backups has about DynamoDB, on these tables only. It may not restore: who restores
    // does so with rights of their own.
    role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource', 'dynamodb:StartAwsBackupJob'],
        resources: all.map(({ tableArn }) => tableArn),
      }),
    );
    // The copies get the tables' tags. Their ids are only known when they are made.
    const copies = `arn:${Aws.PARTITION}:backup:${Aws.REGION}:${Aws.ACCOUNT_ID}:recovery-point:*`;
    role.addToPolicy(new PolicyStatement({ actions: ['backup:TagResource'], resources: [copies] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:backup:<AWS::Region>:<AWS::AccountId>:recovery-point:*]',
      reason: 'AWS Backup makes the id of a copy when it makes the copy. The only right on it is to give it tags.',
    });
    tables.allowCopies(role);
    plan.addSelection('Tables', {
      resources: all.map((table) => BackupResource.fromDynamoDbTable(table)),
      // Without updates, because CDK would add AWS's managed policy, which allows far more.
      role: role.withoutPolicyUpdates(),
      disableDefaultBackupPolicy: true,
    });
  }

  /** Has each copy that could not be made reported to a topic. */
  reportFailures(topic: Topic): void {
    const rule = new Rule(this, 'Failures', {
      description: 'Copies of the tables that could not be made',
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Backup Job State Change'],
        detail: { backupVaultName: [this.vaultName], state: ['ABORTED', 'EXPIRED', 'FAILED'] },
      },
      targets: [{ bind: () => ({ arn: topic.topicArn }) }],
    });
    Validations.of(rule).acknowledge({
      id: 'Serverless::Serverless-EventBusDLQ',
      reason:
        'EventBridge tries to deliver for a day. A message that is lost nevertheless comes again with the next copy, if ' +
        'that fails too, and AWS Backup lists its failed jobs.',
    });
    const eventBridge = new ServicePrincipal('events.amazonaws.com');
    // For this rule only, which CDK's own target of a topic leaves open.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [eventBridge],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
    topic.masterKey?.grantEncryptDecrypt(eventBridge);
  }
}
