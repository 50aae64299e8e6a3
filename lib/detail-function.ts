import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { signedFunctionProps } from './signed-function-props.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

/** Requests per second, and at once, for all stores together. */
export const detailThrottle = { rate: 50, burst: 50 };

/** Enough for what the throttle lets through while each request takes a second: as for documentation. */
const instances = detailThrottle.burst + detailThrottle.rate;

/**
 * Tells what became of orders, apart from the money path: it may read orders, cancellations and store keys, and write
 * nothing. It has no alias and no canary, because a version of it that is wrong moves no money, and the one before is
 * back as soon as it is deployed.
 */
export class DetailFunction extends Construct {
  readonly function: IFunction;
  /** The name that its metrics are told apart by. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { stage, tables }: { readonly stage: Stage; readonly tables: Tables }) {
    super(scope, id);
    this.serviceName = `payment-detail-${stage.name}`;
    const detail = new NodeFunction(this, 'Detail', {
      stage,
      name: 'detail',
      description: 'POST /api/v2/payment/detail (EBP_API_237)',
      ...signedFunctionProps(tables, this.serviceName),
      // As for the cancel function: an account of its own in dev has no instances to reserve.
      ...(stage.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: instances }),
    });
    detail.allow(['dynamodb:GetItem'], tables.orders.tableArn);
    detail.allow(['dynamodb:Query'], tables.cancellations.tableArn);
    detail.allow(['dynamodb:GetItem'], tables.storeKeys.tableArn);
    tables.allowDecryption(detail.role);
    this.function = detail.function;
  }
}
