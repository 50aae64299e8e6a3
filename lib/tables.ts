import { ArnFormat, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { firewallLogName, type Stage, tableNamesOf } from './stages.ts';

/**
 * The tables, and the key that encrypts them and the log groups. What their items hold is in lambda/dynamodb/items.ts,
 * lambda/dynamodb/refund-items.ts and lambda/dynamodb/endpoint-items.ts.
 */
export class Tables extends Construct {
  readonly orders: Table;
  readonly cancellations: Table;
  readonly storeKeys: Table;
  /** The only place of bank accounts. */
  readonly refundAccounts: Table;
  readonly executions: Table;
  /** Where webhooks go, and the secrets that they are signed with. */
  readonly endpoints: Table;
  readonly key: Key;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const names = tableNamesOf(stage.name);
    const removalPolicy = stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = new Key(this, 'Key', {
      description: `Tables and logs of payment-cancel-${stage.name}`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(stage.keepsData ? 30 : 7),
      removalPolicy,
    });
    this.allowLogs(stage);
    const safety = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.keepsData },
      deletionProtection: stage.keepsData,
      removalPolicy,
    } satisfies Partial<TableProps>;

    this.orders = new Table(this, 'Orders', {
      ...safety,
      tableName: names.orders,
      partitionKey: { name: 'orderKey', type: AttributeType.STRING },
    });
    this.cancellations = new Table(this, 'Cancellations', {
      ...safety,
      tableName: names.cancellations,
      partitionKey: { name: 'orderKey', type: AttributeType.STRING },
      sortKey: { name: 'cancellationKey', type: AttributeType.STRING },
      // Each new record asks for a refund.
      stream: StreamViewType.NEW_IMAGE,
    });
    this.storeKeys = new Table(this, 'StoreKeys', {
      ...safety,
      tableName: names.storeKeys,
      partitionKey: { name: 'accessKeyHash', type: AttributeType.STRING },
    });
    this.refundAccounts = new Table(this, 'RefundAccounts', {
      ...safety,
      tableName: names.refundAccounts,
      partitionKey: { name: 'orderKey', type: AttributeType.STRING },
      sortKey: { name: 'refundKey', type: AttributeType.STRING },
      // Nobody may keep bank accounts for ever.
      timeToLiveAttribute: 'until',
    });
    this.executions = new Table(this, 'Executions', {
      ...safety,
      tableName: names.executions,
      partitionKey: { name: 'orderKey', type: AttributeType.STRING },
      sortKey: { name: 'rid', type: AttributeType.STRING },
      // Each change of a status is announced.
      stream: StreamViewType.NEW_IMAGE,
    });
    this.endpoints = new Table(this, 'Endpoints', {
      ...safety,
      tableName: names.endpoints,
      partitionKey: { name: 'storeId', type: AttributeType.STRING },
    });
    acknowledgeFindings(this, stage);
  }

  /** Allows a role to read and write encrypted items, through DynamoDB only. */
  allowUseOfKey(role: Role): void {
    this.allowOnKey(role, [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ]);
  }

  /** Allows a role to read encrypted items, through DynamoDB only. */
  allowDecryption(role: Role): void {
    this.allowOnKey(role, ['kms:Decrypt', 'kms:DescribeKey']);
  }

  /** Allows a role of AWS Backup what copies of encrypted tables in an encrypted vault take. */
  allowCopies(role: Role): void {
    this.allowOnKey(role, ['kms:Decrypt', 'kms:GenerateDataKey']);
    const onKey = { resources: [this.key.keyArn] };
    role.addToPolicy(new PolicyStatement({ ...onKey, actions: ['kms:DescribeKey'] }));
    const conditions = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
    role.addToPolicy(new PolicyStatement({ ...onKey, actions: ['kms:CreateGrant'], conditions }));
  }

  private allowOnKey(role: Role, actions: string[]): void {
    role.addToPolicy(
      new PolicyStatement({
        actions,
        resources: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
      }),
    );
  }

  /**
   * Allows CloudWatch Logs to encrypt the log groups of this stack, and no others. They are known by the beginning of
   * their names, because a reference to them would make a circle: they refer to the key.
   */
  private allowLogs(stage: Stage): void {
    const { region, stackName } = Stack.of(this);
    const arnOf = (name: string) => Stack.of(this).formatArn({ ...logGroup, resourceName: name });
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        // As AWS documents it for log groups.
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': [arnOf(`${stackName}-*`), arnOf(firewallLogName(stage.name))],
          },
        },
      }),
    );
  }
}

const logGroup = { service: 'logs', resource: 'log-group', arnFormat: ArnFormat.COLON_RESOURCE_NAME };

function acknowledgeFindings(tables: Tables, stage: Stage): void {
  if (!stage.keepsData) {
    Validations.of(tables).acknowledge({
      id: 'AwsSolutions::AwsSolutions-DDB3',
      reason: 'This stage holds data to develop with, which nobody restores.',
    });
  }
}
