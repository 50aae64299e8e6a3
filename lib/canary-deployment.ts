import { Duration } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { smokeAccessKeyHash, smokeStore } from '../lambda/pre-traffic/smoke-order.ts';
import { bundling } from './bundling.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface CanaryDeploymentProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly alias: Alias;
  /** What rolls a release back. */
  readonly alarms: readonly IAlarm[];
}

/**
 * How a new version comes to its traffic: it is tried with real requests before it gets any, then a tenth of the
 * traffic for ten minutes, and goes back at once when an alarm is raised.
 */
export class CanaryDeployment extends Construct {
  constructor(scope: Construct, id: string, { stage, tables, alias, alarms }: CanaryDeploymentProps) {
    super(scope, id);
    const preTraffic = new NodeFunction(this, 'PreTraffic', {
      stage,
      name: 'pre-traffic',
      bundling,
      description: 'Tries a new version of the cancel function before it gets traffic',
      memorySize: 512,
      // Four requests of the cancel function's timeout, and the time that IAM may take to know the hook's new rights.
      timeout: Duration.seconds(120),
      environment: {
        ORDERS_TABLE: tables.orders.tableName,
        STORE_KEYS_TABLE: tables.storeKeys.tableName,
        TARGET_FUNCTION: alias.version.functionArn,
      },
    });
    // Only orders of the reserved store, and only its key: the hook can neither read nor change a merchant's.
    preTraffic.allow(['dynamodb:PutItem'], tables.orders.tableArn, {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${smokeStore.storeId}/*`] },
    });
    preTraffic.allow(['dynamodb:PutItem'], tables.storeKeys.tableArn, {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [smokeAccessKeyHash] },
    });
    preTraffic.allow(['lambda:InvokeFunction'], alias.version.functionArn);
    tables.allowUseOfKey(preTraffic.role);

    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
    const allow = (actions: string[], resources: string[]) =>
      role.addToPolicy(new PolicyStatement({ actions, resources }));
    allow(['lambda:GetAlias', 'lambda:UpdateAlias'], [alias.lambda.functionArn]);
    // Without a reference to the alias, which waits for these rights.
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
      // Without updates: CDK would add AWS's managed policy, which allows far more.
      role: role.withoutPolicyUpdates(),
    });
    preTraffic.allow(['codedeploy:PutLifecycleEventHookExecutionStatus'], group.deploymentGroupArn);
    // The hook and the alarms have to know the new version, and CodeDeploy to have its rights to them, before the alias is
    // about to move to it.
    alias.node.addDependency(preTraffic, role, ...alarms);
  }
}
