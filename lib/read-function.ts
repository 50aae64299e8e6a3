import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { SignedCall } from '../lambda/contract/paths.ts';
import { NodeFunction } from './node-function.ts';
import { instancesFor, readThrottle } from './reserved-instances.ts';
import { signedFunctionProps } from './signed-function-props.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface ReadFunctionProps {
  readonly stage: Stage;
  readonly tables: Tables;
  /** The folder in lambda/. Log lines and metrics are called payment-NAME-STAGE. */
  readonly name: string;
  readonly call: SignedCall;
  /** The commit that is deployed. */
  readonly commit: string;
}

/**
 * A function behind a signed route that reads orders, their cancellations and what became of the money, separate from the money path: it may
 * write nothing. It has no alias and no canary: a wrong version moves no money, and the previous version can be
 * deployed again.
 */
export class ReadFunction extends Construct {
  readonly function: IFunction;
  readonly path: string;
  /** The name under which it logs and counts. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { stage, tables, name, call, commit }: ReadFunctionProps) {
    super(scope, id);
    this.path = call.path;
    this.serviceName = `payment-${name}-${stage.name}`;
    const signedProps = signedFunctionProps(tables, this.serviceName, commit);
    const node = new NodeFunction(this, capitalized(name), {
      stage,
      name,
      description: `POST ${call.path} (${call.apiId})`,
      ...signedProps,
      environment: { ...signedProps.environment, EXECUTIONS_TABLE: tables.executions.tableName },
      // As for the cancel function: the account of a dev stage has no instances to reserve.
      ...(stage.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: instancesFor(readThrottle) }),
    });
    node.allow(['dynamodb:GetItem'], tables.orders.tableArn);
    node.allow(['dynamodb:Query'], tables.cancellations.tableArn);
    node.allow(['dynamodb:Query'], tables.executions.tableArn);
    node.allow(['dynamodb:GetItem'], tables.storeKeys.tableArn);
    tables.allowDecryption(node.role);
    this.function = node.function;
  }
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
