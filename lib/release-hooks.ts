import { type CfnElement, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { smokeAccessKeyHash, smokeStore } from '../lambda/pre-traffic/smoke-order.ts';
import { bundling } from './bundling.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface PreTrafficHookProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly alias: Alias;
}

/** The function that tests a new version before it gets traffic. */
export function preTrafficHook(scope: Construct, { stage, tables, alias }: PreTrafficHookProps): NodeFunction {
  const hook = new NodeFunction(scope, 'PreTraffic', {
    stage,
    key: tables.key,
    name: 'pre-traffic',
    bundling,
    description: 'Tries a new version of the cancel function before it gets traffic',
    memorySize: 512,
    // Six requests, each as long as the timeout of the cancel function, and its own calls.
    timeout: Duration.seconds(90),
    environment: {
      ORDERS_TABLE: tables.orders.tableName,
      CANCELLATIONS_TABLE: tables.cancellations.tableName,
      STORE_KEYS_TABLE: tables.storeKeys.tableName,
      TARGET_FUNCTION: alias.version.functionArn,
    },
  });
  // Only rows of the reserved store: the hook can neither read nor change those of a merchant.
  for (const table of [tables.orders, tables.cancellations]) {
    hook.allow(['dynamodb:PutItem'], table.tableArn, {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${smokeStore.storeId}/*`] },
    });
  }
  hook.allow(['dynamodb:PutItem'], tables.storeKeys.tableArn, {
    'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [smokeAccessKeyHash] },
  });
  hook.allow(['lambda:InvokeFunction'], `${alias.lambda.functionArn}:*`);
  const functionId = Stack.of(scope).getLogicalId(alias.lambda.node.defaultChild as CfnElement);
  Validations.of(hook.role).acknowledge({
    id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${functionId}.Arn>:*]`,
    reason:
      'The hook may invoke every version of the one function that it tests. With the version in its place, each release ' +
      'would change a right, which IAM takes a while to apply and somebody would have to approve.',
  });
  tables.allowUseOfKey(hook.role);
  return hook;
}

/** For how long an alarm rolls a release back after all traffic was shifted: two periods of the alarms. */
const bakeTime = Duration.minutes(10);

/** The function that keeps a release open for that time. The key encrypts its log. */
export function postTrafficHook(
  scope: Construct,
  { stage, key }: { readonly stage: Stage; readonly key: IKey },
): NodeFunction {
  return new NodeFunction(scope, 'PostTraffic', {
    stage,
    key,
    name: 'post-traffic',
    bundling,
    description: 'Keeps a release open for alarms after all traffic was shifted',
    memorySize: 128,
    timeout: bakeTime.plus(Duration.seconds(30)),
    environment: { BAKE_SECONDS: String(bakeTime.toSeconds()) },
  });
}
