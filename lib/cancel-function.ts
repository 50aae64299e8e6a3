import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Alias, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { cancelBundling } from './bundling.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

/** The Lambda function, with the rights to exactly the calls that lambda/store makes, and the alias that gets traffic. */
export class CancelFunction extends Construct {
  readonly alias: Alias;
  /** The name that metrics of the stage are told apart by. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { stage, tables }: { readonly stage: Stage; readonly tables: Tables }) {
    super(scope, id);
    this.serviceName = `payment-cancel-${stage.name}`;
    const cancel = new NodeFunction(this, 'Cancel', {
      stage,
      entry: 'cancel.ts',
      bundling: cancelBundling,
      description: 'POST /api/v2/payment/cancel (EBP_API_232)',
      // CPU comes with memory: at 1 GB a cold start is short, and a warm request takes milliseconds either way.
      memorySize: 1024,
      // Below the gateway's 29 s, so that the function and not the gateway answers when DynamoDB is slow.
      timeout: Duration.seconds(10),
      environment: {
        ORDERS_TABLE: tables.orders.tableName,
        CANCELLATIONS_TABLE: tables.cancellations.tableName,
        STORE_KEYS_TABLE: tables.storeKeys.tableName,
        SERVICE_NAME: this.serviceName,
      },
      ...(stage.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: stage.reservedConcurrency }),
      // An earlier version stays, to roll back to. One that was rolled back goes, or it would stand in its own way.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    });
    cancel.allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], tables.orders.tableArn);
    cancel.allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], tables.cancellations.tableArn);
    cancel.allow(['dynamodb:GetItem'], tables.storeKeys.tableArn);
    tables.allowUseOfKey(cancel.role);
    this.alias = new Alias(this, 'Live', { aliasName: 'live', version: cancel.function.currentVersion as IVersion });
  }
}
