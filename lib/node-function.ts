import { fileURLToPath } from 'node:url';
import { Validations } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps, type Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, ApplicationLogLevel, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Bundling, bundlingOptions } from './bundling.ts';
import { serviceLogGroup } from './service-log-group.ts';
import { serviceRole } from './service-role.ts';
import type { Stage } from './stages.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

interface NodeFunctionProps extends Omit<NodejsFunctionProps, 'entry' | 'role' | 'bundling'> {
  readonly stage: Stage;
  /** Encrypts its log. */
  readonly key: IKey;
  /** The folder of the function in lambda/. Lambda runs its main.ts. */
  readonly name: string;
  readonly bundling: Bundling;
  /**
   * A folder in it with files that the function reads. They are deployed beside the bundle, under the same folder name.
   */
  readonly assets?: string;
}

/** A function of this project: how it is bundled and run, its own log group, and a role that may only log. */
export class NodeFunction extends Construct {
  readonly function: NodejsFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { stage, key, name, bundling, assets, ...props }: NodeFunctionProps) {
    super(scope, id);
    this.logGroup = serviceLogGroup(this, 'Logs', { stage, key });
    this.role = serviceRole(this, 'Role', 'lambda.amazonaws.com');
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);

    this.function = new NodejsFunction(this, 'Function', {
      ...props,
      entry: `${projectRoot}lambda/${name}/main.ts`,
      projectRoot,
      depsLockFilePath: `${projectRoot}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      awsSdkConnectionReuse: false,
      bundling: {
        ...bundlingOptions(bundling),
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (inputDir, outputDir) => [
            `mv "${outputDir}/index.js" "${outputDir}/bundle.cjs"`,
            `cp "${inputDir}/lambda/environment/index.mjs" "${outputDir}/"`,
            ...(assets === undefined ? [] : [`cp -r "${inputDir}/lambda/${name}/${assets}" "${outputDir}/"`]),
          ],
        },
      },
    });
    Validations.of(this.function).acknowledge(
      {
        id: 'Serverless::Serverless-LambdaDLQ',
        reason:
          'A dead letter queue keeps what nobody waits for. The gateway waits for the answer, and CodeDeploy for the ' +
          'outcome of its hook, without which it does not go on. What comes from a stream or a queue has dead letters ' +
          'of its own, at the mapping and at the queue.',
      },
      {
        id: 'Serverless::Serverless-LambdaTracing',
        reason:
          'The gateway traces each request. Active tracing of the function asks for rights on every resource of the ' +
          'account, which no role of this stack has.',
      },
      {
        id: 'PCI.DSS.321::PCI.DSS.321-LambdaInsideVPC',
        reason:
          'Nothing can connect to the function: it is invoked through the API of Lambda only, as IAM allows. It calls ' +
          'endpoints of AWS, over TLS and signed; the webhook sender also calls what merchants name, at public ' +
          'addresses only. A VPC would be one more network to guard. That the way out is ' +
          'not closed by a network is accepted in docs/security.md.',
      },
    );
  }

  /** Grants actions, each named, on one resource. */
  allow(actions: string[], resource: string, conditions: PolicyStatementProps['conditions'] = {}): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources: [resource], conditions }));
  }
}
