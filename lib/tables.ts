import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type Stage, tableNamesOf } from './stages.ts';

/** The three tables and the key that encrypts them. What their items hold is in lambda/dynamodb/items.ts. */
export class Tables extends Construct {
  readonly orders: Table;
  readonly cancellations: Table;
  readonly storeKeys: Table;
  private readonly key: Key;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const names = tableNamesOf(stage.name);
    const removalPolicy = stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = new Key(this, 'Key', {
      description: `Tables of payment-cancel-${stage.name}`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(stage.keepsData ? 30 : 7),
      removalPolicy,
    });
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
    });
    this.storeKeys = new Table(this, 'StoreKeys', {
      ...safety,
      tableName: names.storeKeys,
      partitionKey: { name: 'accessKeyHash', type: AttributeType.STRING },
    });
    if (!stage.keepsData) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions::AwsSolutions-DDB3',
        reason: 'This stage holds data to develop with, which nobody restores.',
      });
    }
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

  private allowOnKey(role: Role, actions: string[]): void {
    role.addToPolicy(
      new PolicyStatement({
        actions,
        resources: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
      }),
    );
  }
}
