import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { type Stage, tableNamesOf } from './stages.ts';

/** The three tables. What their items hold is in lambda/store/items.ts. */
export class Tables extends Construct {
  readonly orders: Table;
  readonly cancellations: Table;
  readonly storeKeys: Table;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const names = tableNamesOf(stage.name);
    const safety = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.keepsData },
      deletionProtection: stage.keepsData,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
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
  }
}
