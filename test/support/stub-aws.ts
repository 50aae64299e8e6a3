import { type Clients, createClients } from '../../tools/operator/preflight/clients.ts';

/** By the name of a command without "Command": what AWS answers. An error is thrown. */
export type Answers = Readonly<Record<string, object | ((input: never) => object)>>;

export interface StubAws {
  readonly clients: Clients;
  /** Each call that was made, as its name and its input. */
  readonly calls: Array<readonly [name: string, input: unknown]>;
}

/** The clients of the preflight, which answer this, and send nothing. A call without an answer fails. */
export function stubAws(answers: Answers): StubAws {
  const clients = createClients();
  const calls: StubAws['calls'] = [];
  const send = async (command: { readonly input: unknown }): Promise<unknown> => {
    const name = command.constructor.name.replace(/Command$/, '');
    calls.push([name, command.input]);
    const answer = answers[name];
    if (answer === undefined) throw new TypeError(`There is no answer for ${name}.`);
    const given = typeof answer === 'function' ? answer(command.input as never) : answer;
    if (given instanceof Error) throw given;
    return given;
  };
  for (const client of Object.values(clients)) Object.assign(client, { send });
  Object.assign(clients.sts.config, { region: async () => 'us-east-1' });
  return { clients, calls };
}

/** An error of AWS with this name. */
export function awsError(name: string, message = `The message of ${name}.`): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}
