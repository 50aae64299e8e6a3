import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, ApplicationLogLevel, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** The Lambda function, with the rights to exactly the calls that lambda/store makes. */
export class CancelFunction extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, { stage, tables }: { readonly stage: Stage; readonly tables: Tables }) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: stage.logRetentionDays as RetentionDays,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const allow = (actions: string[], resource: string) =>
      role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [resource] }));
    allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], tables.orders.tableArn);
    allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], tables.cancellations.tableArn);
    allow(['dynamodb:GetItem'], tables.storeKeys.tableArn);
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);

    this.function = new NodejsFunction(this, 'Function', {
      description: 'POST /api/v2/payment/cancel (EBP_API_232)',
      entry: `${projectRoot}lambda/cancel.ts`,
      projectRoot,
      depsLockFilePath: `${projectRoot}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // CPU comes with memory: at 1 GB a cold start is short, and a warm request takes milliseconds either way.
      memorySize: 1024,
      // Below the gateway's 29 s, so that the function and not the gateway answers when DynamoDB is slow.
      timeout: Duration.seconds(10),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      environment: {
        ORDERS_TABLE: tables.orders.tableName,
        CANCELLATIONS_TABLE: tables.cancellations.tableName,
        STORE_KEYS_TABLE: tables.storeKeys.tableName,
        POWERTOOLS_SERVICE_NAME: 'payment-cancel',
      },
      awsSdkConnectionReuse: false,
      bundling: {
        logLevel: LogLevel.WARNING,
        minify: true,
        target: 'node24',
        // CommonJS starts faster than ESM on Lambda, and the packages' ESM sources can be shaken.
        format: OutputFormat.CJS,
        mainFields: ['module', 'main'],
        // The SDK is bundled: the runtime's own copy loads slower and changes without us.
        bundleAwsSDK: true,
      },
    });
  }
}
