import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type StageName, stackNameOf } from '../../../lib/stages.ts';
import { documentClientOf } from '../../../lambda/dynamodb/client.ts';
import { templateIn } from './assembly.ts';
import type { Operator } from './operator.ts';
import { credentials, region, type Workshop } from './workshop.ts';

/** What was deployed, by the names that it got. */
export interface Deployment {
  /** The API's URL, including the stage. */
  readonly url: string;
  readonly apiId: string;
  readonly functions: readonly DeployedFunction[];
  /** The group of the gateway's access log. */
  readonly accessLog: string;
  readonly keyId: string;
  readonly queues: Queues;
  readonly lambda: LambdaClient;
  readonly dynamodb: DynamoDBDocumentClient;
  /** The function of role-probe.ts, as an archive. */
  readonly probeCode: Uint8Array;
}

/** URLs of queues, and of the dead letters of each function that reads one or publishes. */
interface Queues {
  readonly orders: string;
  readonly orderLetters: string;
  readonly publisherLetters: string;
  readonly reports: string;
  readonly reportLetters: string;
  readonly webhooks: string;
  readonly webhookLetters: string;
}

export interface DeployedFunction {
  /** Its construct within a part of the stack: Cancel, Detail, Docs, InTaker, OutPublisher, BackTaker and so on. */
  readonly construct: string;
  readonly name: string;
  readonly roleName: string;
  readonly logGroup: string;
}

export async function describe(
  { endpoint }: Workshop,
  { aws }: Operator,
  stage: StageName,
  assembly: string,
  probeCode: Uint8Array,
): Promise<Deployment> {
  const stackName = stackNameOf(stage);
  const { StackResources } = (await aws('cloudformation', 'describe-stack-resources', '--stack-name', stackName)) as {
    readonly StackResources: ReadonlyArray<{ readonly LogicalResourceId: string; readonly PhysicalResourceId: string }>;
  };
  const names = new Map(StackResources.map((one) => [one.LogicalResourceId, one.PhysicalResourceId]));
  const nameOf = (id: unknown) => {
    const name = names.get(String(id));
    if (name === undefined) throw new Error(`The stack has no resource ${String(id)}.`);
    return name;
  };
  const resources = Object.entries(templateIn(assembly).Resources);
  const idsOf = (type: string) => resources.filter(([, { Type }]) => Type === type).map(([id]) => id);
  const onlyOf = (type: string) => nameOf(idsOf(type)[0]);

  const functions = resources
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([id, { Properties, Metadata }]) => {
      const { Role, LoggingConfig } = Properties as unknown as {
        readonly Role: { readonly 'Fn::GetAtt': readonly [string, string] };
        readonly LoggingConfig: { readonly LogGroup: { readonly Ref: string } };
      };
      return {
        construct: String(Metadata?.['aws:cdk:path']).split('/').slice(2, -2).join(''),
        name: nameOf(id),
        roleName: nameOf(Role['Fn::GetAtt'][0]),
        logGroup: nameOf(LoggingConfig.LogGroup.Ref),
      };
    });
  const queueIn = (path: string) => {
    const found = resources.find(
      ([, { Type, Metadata }]) =>
        Type === 'AWS::SQS::Queue' && String(Metadata?.['aws:cdk:path']).endsWith(`/${path}/Resource`),
    );
    return found?.[0];
  };
  const client = { endpoint, region, credentials, maxAttempts: 1 };
  const apiId = onlyOf('AWS::ApiGateway::RestApi');
  return {
    // The emulator serves the addresses of API Gateway here, because their names lead to AWS.
    url: `${endpoint}/restapis/${apiId}/${stage}/_user_request_`,
    apiId,
    functions,
    accessLog: nameOf(idsOf('AWS::Logs::LogGroup').find((id) => id.includes('AccessLog'))),
    keyId: onlyOf('AWS::KMS::Key'),
    queues: {
      orders: nameOf(queueIn('In/Queue')),
      orderLetters: nameOf(queueIn('In/DeadLetters')),
      publisherLetters: nameOf(queueIn('Out/DeadLetters')),
      reports: nameOf(queueIn('Back/Queue')),
      reportLetters: nameOf(queueIn('Back/DeadLetters')),
      webhooks: nameOf(queueIn('Webhooks/Queue')),
      webhookLetters: nameOf(queueIn('Webhooks/DeadLetters')),
    },
    lambda: new LambdaClient(client),
    dynamodb: documentClientOf(new DynamoDBClient(client)),
    probeCode,
  };
}

export function functionNamed({ functions }: Deployment, construct: string): DeployedFunction {
  const found = functions.find((one) => one.construct === construct);
  if (found === undefined) throw new Error(`There is no function ${construct}.`);
  return found;
}

export interface Invoked {
  readonly payload: unknown;
  /** The message of the error in which it ended; undefined if it did not. */
  readonly error: string | undefined;
}

/** Invokes a function by its name. */
export async function invoke({ lambda }: Deployment, name: string, event: unknown): Promise<Invoked> {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
  );
  const payload = JSON.parse(Payload?.transformToString() ?? 'null') as { readonly errorMessage?: string } | null;
  return { payload, error: FunctionError === undefined ? undefined : (payload?.errorMessage ?? FunctionError) };
}

/** A line of a log group with a text in it. It may take a moment. @throws Error if there is none after ten looks */
export async function logLineWith({ aws }: Operator, group: string, text: string): Promise<string> {
  for (let tries = 0; tries < 10; tries += 1) {
    const { events } = (await aws('logs', 'filter-log-events', '--log-group-name', group)) as {
      readonly events: ReadonlyArray<{ readonly message: string }>;
    };
    const line = events.find(({ message }) => message.includes(text));
    if (line !== undefined) return line.message;
  }
  throw new Error(`${group} has no line with ${text}.`);
}
