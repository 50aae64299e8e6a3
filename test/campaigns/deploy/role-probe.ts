import * as codedeploy from '@aws-sdk/client-codedeploy';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as lambda from '@aws-sdk/client-lambda';

/** One call of an AWS service. */
export interface ProbedCall {
  readonly service: 'codedeploy' | 'dynamodb' | 'lambda';
  /** The SDK's class of the command. */
  readonly command: string;
  readonly input: object;
}

export interface ProbedOutcome {
  /** Name and message of the error; undefined for a call that succeeded. */
  readonly error: string | undefined;
  readonly nodeVersion: string;
}

type Client = { send(command: object): Promise<unknown> };
type Commands = Readonly<Record<string, new (input: object) => object>>;

const clients = {
  codedeploy: [new codedeploy.CodeDeployClient({ maxAttempts: 1 }), codedeploy],
  dynamodb: [new dynamodb.DynamoDBClient({ maxAttempts: 1 }), dynamodb],
  lambda: [new lambda.LambdaClient({ maxAttempts: 1 }), lambda],
} as const;

/** A function that makes the call that it is asked to make, with the rights of whatever role it was given. */
export async function handler({ service, command, input }: ProbedCall): Promise<ProbedOutcome> {
  const [client, commands] = clients[service] as unknown as readonly [Client, Commands];
  const Command = commands[command];
  if (Command === undefined) throw new Error(`${service} has no ${command}.`);
  const nodeVersion = process.version;
  try {
    await client.send(new Command(input));
    return { error: undefined, nodeVersion };
  } catch (error) {
    return { error: String(error), nodeVersion };
  }
}
