import { Duration } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { smokeAccessKeyHash, smokeStore } from '../lambda/pre-traffic/smoke-order.ts';
import { bundling } from './bundling.ts';
import { NodeFunction } from './node-function.ts';
import { serviceRole } from './service-role.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface CanaryDeploymentProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly alias: Alias;
  /** The alarms that roll a release back. */
  readonly alarms: readonly IAlarm[];
}

/**
 * How a new version gets its traffic. It is tested with real requests before it gets any. Then it receives a tenth of
 * the traffic for ten minutes, and is rolled back automatically on an alarm. In the dev stage, which has no alarms, it
 * receives all traffic at once.
 */
export class CanaryDeployment extends Construct {
  constructor(scope: Construct, id: string, { stage, tables, alias, alarms }: CanaryDeploymentProps) {
    super(scope, id);
    const preTraffic = new NodeFunction(this, 'PreTraffic', {
      stage,
      key: tables.key,
      name: 'pre-traffic',
      bundling,
      description: 'Tries a new version of the cancel function before it gets traffic',
      memorySize: 512,
      // Four requests, each as long as the timeout of the cancel function, and the time that IAM may take to apply new
      // rights.
      timeout: Duration.seconds(120),
      environment: {
        ORDERS_TABLE: tables.orders.tableName,
        STORE_KEYS_TABLE: tables.storeKeys.tableName,
        TARGET_FUNCTION: alias.version.functionArn,
      },
    });
    // Only orders of the reserved store, and only its credential: the hook can neither read nor change those of a
    // merchant.
    preTraffic.allow(['dynamodb:PutItem'], tables.orders.tableArn, {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${smokeStore.storeId}/*`] },
    });
    preTraffic.allow(['dynamodb:PutItem'], tables.storeKeys.tableArn, {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [smokeAccessKeyHash] },
    });
    preTraffic.allow(['lambda:InvokeFunction'], alias.version.functionArn);
    tables.allowUseOfKey(preTraffic.role);

    const role = serviceRole(this, 'Role', 'codedeploy.amazonaws.com');
    const allow = (actions: string[], resources: string[]) =>
      role.addToPolicy(new PolicyStatement({ actions, resources }));
    allow(['lambda:GetAlias', 'lambda:UpdateAlias'], [alias.lambda.functionArn]);
    // By its name, because the alias waits for these rights and a reference would make a circle.
    allow(['lambda:GetProvisionedConcurrencyConfig'], [`${alias.lambda.functionArn}:${alias.aliasName}`]);
    allow(['lambda:InvokeFunction'], [preTraffic.function.functionArn]);
    if (alarms.length > 0)
      allow(
        ['cloudwatch:DescribeAlarms'],
        alarms.map(({ alarmArn }) => alarmArn),
      );

    const application = new LambdaApplication(this, 'Application');
    const group = new LambdaDeploymentGroup(this, 'Group', {
      application,
      alias,
      deploymentConfig:
        stage.release === 'CANARY'
          ? LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES
          : LambdaDeploymentConfig.ALL_AT_ONCE,
      alarms: [...alarms],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: alarms.length > 0 },
      preHook: preTraffic.function,
      // Without updates, because CDK would add AWS's managed policy, which allows far more.
      role: role.withoutPolicyUpdates(),
    });
    preTraffic.allow(['codedeploy:PutLifecycleEventHookExecutionStatus'], group.deploymentGroupArn);
    // Before the alias moves to a new version, the hook and the alarms must know that version, and CodeDeploy must have
    // its rights to both.
    alias.node.addDependency(preTraffic, role, ...alarms);
  }
}
