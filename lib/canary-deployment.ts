import { Validations } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Alias, CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function.ts';
import { postTrafficHook, preTrafficHook } from './release-hooks.ts';
import { serviceRole } from './service-role.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

interface CanaryDeploymentProps {
  readonly stage: Stage;
  readonly tables: Tables;
  readonly alias: Alias;
  /** The alarms that roll a release back. */
  readonly alarms: readonly IAlarm[];
  /** Break-glass: the alias moves by itself, whatever alarms say. */
  readonly isDirect: boolean;
}

/**
 * How a new version gets its traffic. It is tested with real requests before it gets any. Then it receives a tenth of
 * the traffic for ten minutes, and then all of it; for ten more minutes an alarm still rolls it back. In the dev stage,
 * which has no alarms, it receives all traffic at once.
 */
export class CanaryDeployment extends Construct {
  constructor(scope: Construct, id: string, { stage, tables, alias, alarms, isDirect }: CanaryDeploymentProps) {
    super(scope, id);
    const preTraffic = preTrafficHook(this, { stage, tables, alias });
    const postTraffic = stage.release === 'CANARY' ? postTrafficHook(this, { stage, key: tables.key }) : undefined;
    const hooks = [preTraffic, ...(postTraffic === undefined ? [] : [postTraffic])];
    const role = codeDeployRole(this, alias, hooks, alarms.length > 0);

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
      ...(postTraffic === undefined ? {} : { postHook: postTraffic.function }),
      // Without updates, because CDK would add AWS's managed policy, which allows far more.
      role: role.withoutPolicyUpdates(),
    });
    for (const hook of hooks) {
      hook.allow(['codedeploy:PutLifecycleEventHookExecutionStatus'], group.deploymentGroupArn);
    }
    // Before the alias moves to a new version, the hook and the alarms must know that version, and CodeDeploy must have
    // its rights to both.
    alias.node.addDependency(...hooks, role, ...alarms);
    if (isDirect) delete (alias.node.defaultChild as CfnAlias).cfnOptions.updatePolicy;
  }
}

/** The rights of CodeDeploy: to move the alias, to invoke the hooks, and to look at alarms. */
function codeDeployRole(scope: Construct, alias: Alias, hooks: readonly NodeFunction[], looksAtAlarms: boolean): Role {
  const role = serviceRole(scope, 'Role', 'codedeploy.amazonaws.com');
  const allow = (actions: string[], resources: string[]) =>
    role.addToPolicy(new PolicyStatement({ actions, resources }));
  allow(['lambda:GetAlias', 'lambda:UpdateAlias'], [alias.lambda.functionArn]);
  // By its name, because the alias waits for these rights and a reference would make a circle.
  allow(['lambda:GetProvisionedConcurrencyConfig'], [`${alias.lambda.functionArn}:${alias.aliasName}`]);
  allow(
    ['lambda:InvokeFunction'],
    hooks.map((hook) => hook.function.functionArn),
  );
  if (looksAtAlarms) {
    allow(['cloudwatch:DescribeAlarms'], ['*']);
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'CodeDeploy asks for the state of several alarms in one call, for which AWS documents no resource but all ' +
        'alarms: its own managed policy for this has the same. The call only reads names, thresholds and states.',
    });
  }
  return role;
}
