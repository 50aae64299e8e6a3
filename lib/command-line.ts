/** A mistake in how a command is called or in what it is given: told in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A TCP port. @throws UsageError naming the option */
export function portOption(name: string, value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new UsageError(`--${name} must be a port from 0 to 65535 (0 takes any free one), not ${value}.`);
  }
  return port;
}

/** What is wrong with a command's options, in the first sentence of Node's own words. */
export function optionError(error: unknown, command: string): UsageError {
  const [message = ''] = (error as Error).message.split('\n', 1);
  return new UsageError(`${message} See ${command} -- --help.`, { cause: error });
}

/** Why a port cannot be listened on, with the option that chooses another. */
export function portError(error: unknown, port: number, option: string): Error {
  const isTaken = (error as { code?: unknown } | null)?.code === 'EADDRINUSE';
  const problem = isTaken ? 'is taken' : 'cannot be used';
  return new UsageError(`Port ${port} ${problem}: choose another with ${option}.`, { cause: error });
}

/** DYNAMODB_ENDPOINT, where it is set. @throws UsageError */
export function endpointFrom(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const endpoint = environment['DYNAMODB_ENDPOINT'];
  if (endpoint === undefined || endpoint === '') return undefined;
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UsageError(`DYNAMODB_ENDPOINT must be a URL such as http://127.0.0.1:8000, not ${endpoint}.`);
  }
  return endpoint;
}

/** Runs a command's main function; ends the process with one line and exit code 1 when it fails. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(`Error: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
