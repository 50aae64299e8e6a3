import { RemovalPolicy } from 'aws-cdk-lib';
import { Alias, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { signedFunctionProps } from './signed-function-props.ts';
import { cancelCall } from '../lambda/contract/paths.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface CancelFunctionProps {
  readonly stage: Stage;
  readonly tables: Tables;
  /** The commit that is deployed. */
  readonly commit: string;
}

/**
 * The cancel function, with rights to exactly the calls that lambda/dynamodb makes, and the alias that gets traffic.
 */
export class CancelFunction extends Construct {
  readonly alias: Alias;
  /** The name under which it logs and counts. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { stage, tables, commit }: CancelFunctionProps) {
    super(scope, id);
    this.serviceName = `payment-cancel-${stage.name}`;
    const signedProps = signedFunctionProps(tables, this.serviceName, commit);
    const cancel = new NodeFunction(this, 'Cancel', {
      stage,
      name: 'cancel',
      description: `POST ${cancelCall.path} (${cancelCall.apiId})`,
      ...signedProps,
      environment: {
        ...signedProps.environment,
        REFUND_ACCOUNTS_TABLE: tables.refundAccounts.tableName,
        REFUND_ACCOUNT_DAYS: String(stage.refundAccountDays),
      },
      ...(stage.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: stage.reservedConcurrency }),
      // Earlier versions are kept, to roll back to. A version that was rolled back is deleted: otherwise it could not
      // be deployed again. The description leads from a version to its commit. It may change only together with the
      // function, because Lambda publishes no second version of the same function: the commit is in its environment.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, description: commit },
    });
    // IAM has no actions for transactions: TransactGetItems needs GetItem, and TransactWriteItems needs UpdateItem and
    // PutItem.
    cancel.allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], tables.orders.tableArn);
    cancel.allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], tables.cancellations.tableArn);
    cancel.allow(['dynamodb:PutItem'], tables.refundAccounts.tableArn);
    cancel.allow(['dynamodb:GetItem'], tables.storeKeys.tableArn);
    tables.allowUseOfKey(cancel.role);
    // Cast, because CDK declares the optional role in a way that exactOptionalPropertyTypes does not accept.
    this.alias = new Alias(this, 'Live', { aliasName: 'live', version: cancel.function.currentVersion as IVersion });
  }
}
