import { parseArgs, type ParseArgsConfig } from 'node:util';

/** An error in the arguments of a command or in its input, which is printed in one line without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A whole number of at most ten digits. @throws UsageError naming the option and its bounds */
export function wholeNumberOption(name: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (!/^\d{1,10}$/.test(value) || number < min || number > max) {
    throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, not ${value}.`);
  }
  return number;
}

/** A TCP port. @throws UsageError naming the option */
export function portOption(name: string, value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) {
    throw new UsageError(`--${name} must be a port from 0 to 65535 (0 takes any free one), not ${value}.`);
  }
  return port;
}

/**
 * Reads the options and operands that a command was called with.
 * @throws UsageError when an option is unknown, given twice, without its value, or kept by npm
 */
export function readArguments<const Config extends ParseArgsConfig>(
  command: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const help = `See ${command} -- --help.`;
  refuseKeptByNpm(command, Object.keys(config.options ?? {}));
  try {
    const given = new Set<string>();
    for (const token of parseArgs({ ...(config as ParseArgsConfig), tokens: true }).tokens) {
      if (token.kind !== 'option') continue;
      if (given.has(token.name)) throw new UsageError(`--${token.name} is given twice. ${help}`);
      if (token.value?.trim() === '') throw new UsageError(`--${token.name} has no value. ${help}`);
      given.add(token.name);
    }
    return parseArgs(config);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Only the first sentence of Node's message: the others explain how to write an operand.
    const [problem = ''] = (error as Error).message.split(/\.?(?:\s*\n|\. |$)/, 1);
    throw new UsageError(`${problem}. ${help}`, { cause: error });
  }
}

/** @throws UsageError naming the option that npm has kept for itself, because there was no -- before it */
export function refuseKeptByNpm(command: string, options: readonly string[]): void {
  const kept = options.find(isKeptByNpm);
  if (kept === undefined) return;
  throw new UsageError(`npm took --${kept} for its own: put -- before it. See ${command} -- --help.`);
}

/** npm has these options too, and sets their environment variables even if they were not given to this command. */
const optionsOfNpm: ReadonlySet<string> = new Set(['help', 'progress']);

/** Without -- before them, npm keeps options for itself: without --stage, a command would work on localhost. */
function isKeptByNpm(option: string): boolean {
  return !optionsOfNpm.has(option) && process.env[`npm_config_${option.replaceAll('-', '_')}`] !== undefined;
}

/** Says why a port cannot be used, and which option sets another. */
export function portError(error: unknown, port: number, option: string): Error {
  const isTaken = (error as { code?: unknown } | null)?.code === 'EADDRINUSE';
  const problem = isTaken ? 'is taken' : 'cannot be used';
  return new UsageError(`Port ${port} ${problem}: choose another with ${option}.`, { cause: error });
}

/** DYNAMODB_ENDPOINT, or undefined if it is not set. @throws UsageError when it is not a URL */
export function endpointFrom(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const endpoint = environment['DYNAMODB_ENDPOINT'];
  if (endpoint === undefined || endpoint === '') return undefined;
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UsageError(`DYNAMODB_ENDPOINT must be a URL such as http://127.0.0.1:8000, not ${endpoint}.`);
  }
  return endpoint;
}

/** Runs a command's main function. When that fails, prints one line and ends the process with exit code 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`Error: ${message.replaceAll(/\p{Cc}+/gu, ' ')}`);
    process.exit(1);
  }
}
