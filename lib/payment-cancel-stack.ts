import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CancelApi } from './cancel-api.ts';
import { CancelFunction } from './cancel-function.ts';
import type { Stage } from './stages.ts';
import { Tables } from './tables.ts';

/** API Gateway -> Lambda -> DynamoDB. Composes the constructs and their outputs, and defines nothing else. */
export class PaymentCancelStack extends Stack {
  constructor(scope: Construct, stage: Stage, props?: StackProps) {
    super(scope, `payment-cancel-${stage.name}`, props);
    const tables = new Tables(this, 'Tables', stage);
    const { function: handler } = new CancelFunction(this, 'Cancel', { stage, tables });
    const { api } = new CancelApi(this, 'Gateway', { stage, handler });
    new CfnOutput(this, 'CancelUrl', { value: api.urlForPath('/api/v2/payment/cancel') });
  }
}
