import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { cancelPath, detailCall } from '../lambda/contract/paths.ts';
import { Backups } from './backups.ts';
import { Gateway } from './gateway.ts';
import { CancelFunction } from './cancel-function.ts';
import { DocsFunction } from './docs-function.ts';
import { Firewall } from './firewall.ts';
import { Monitoring } from './monitoring.ts';
import { CanaryDeployment } from './canary-deployment.ts';
import { ReadFunction } from './read-function.ts';
import { EventChain } from './event-chain.ts';
import { type Stage, stackNameOf } from './stages.ts';
import { Tables } from './tables.ts';

/** What differs between two deployments of one stage. */
export interface Deployment {
  /** The commit that is deployed. */
  readonly commit: string;
  /** Break-glass: CloudFormation moves the alias by itself, without CodeDeploy, its hooks, its canary and its alarms. */
  readonly isDirect: boolean;
}

/** Firewall -> API Gateway -> Lambda -> DynamoDB -> event bus. Only connects the constructs and defines the outputs. */
export class PaymentCancelStack extends Stack {
  constructor(
    scope: Construct,
    stage: Stage,
    { commit, isDirect }: Deployment = { commit: 'unknown', isDirect: false },
  ) {
    super(scope, stackNameOf(stage.name), {
      terminationProtection: stage.keepsData,
      tags: { commit },
      ...(stage.environment === undefined ? {} : { env: stage.environment }),
    });
    const tables = new Tables(this, 'Tables', stage);
    const { alias, serviceName } = new CancelFunction(this, 'Function', { stage, tables, commit });
    const readFunctions = [
      new ReadFunction(this, 'Details', { stage, tables, name: 'detail', call: detailCall, commit }),
    ];
    const { function: docs } = new DocsFunction(this, 'Documentation', { stage, key: tables.key, commit });
    const { api, accessLog } = new Gateway(this, 'Gateway', {
      stage,
      key: tables.key,
      cancel: alias as IFunction,
      readFunctions,
      docs,
    });
    const chain = new EventChain(this, 'Refunds', { stage, tables, commit });
    const firewall = new Firewall(this, 'Firewall', { stage, key: tables.key, api });
    const monitoring = new Monitoring(this, 'Operations', {
      stage,
      api,
      accessLog,
      firewall,
      alias,
      serviceName,
      readFunctions,
      tables,
      chain,
    });
    if (stage.hasBackups) {
      const backups = new Backups(this, 'Backups', { stage, tables });
      if (monitoring.topics) backups.reportFailures(monitoring.topics.alarms);
    }
    new CanaryDeployment(this, 'Release', { stage, tables, alias, alarms: monitoring.releaseAlarms, isDirect });

    Tags.of(this).add('service', 'payment-cancel');
    Tags.of(this).add('stage', stage.name);
    const url = stage.domain ? `https://${stage.domain.name}${cancelPath}` : api.urlForPath(cancelPath);
    new CfnOutput(this, 'CancelUrl', { value: url });
    if (monitoring.topics) {
      new CfnOutput(this, 'AlarmTopic', { value: monitoring.topics.alarms.topicArn });
      new CfnOutput(this, 'PageTopic', { value: monitoring.topics.pages.topicArn });
    }
  }
}
