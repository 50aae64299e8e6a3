import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from './stages.ts';

export interface ServiceLogGroupProps {
  readonly stage: Stage;
  /** The key of the stack. Its policy names the log groups (lib/tables.ts). */
  readonly key: IKey;
  /** Where it is left out, CloudFormation makes a name that begins with the stack's. */
  readonly logGroupName?: string;
}

/** A log group as every part of the stack has it: encrypted, for as long as the stage says. */
export function serviceLogGroup(scope: Construct, id: string, props: ServiceLogGroupProps): LogGroup {
  const { stage, key, ...named } = props;
  return new LogGroup(scope, id, {
    ...named,
    encryptionKey: key,
    retention: stage.logRetentionDays,
    removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  });
}
