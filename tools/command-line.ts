import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A mistake in how a command is called or in what it is given: told in one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A whole number of at most ten digits. @throws UsageError naming the option, and what it may be */
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
 * The options and operands that a command was called with.
 * @throws UsageError when an option is unknown, given twice, without its value, or kept by npm
 */
export function readArguments<const Config extends ParseArgsConfig>(
  command: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const help = `See ${command} -- --help.`;
  const kept = Object.keys(config.options ?? {}).find(isKeptByNpm);
  if (kept !== undefined) throw new UsageError(`npm took --${kept} for its own: put -- before it. ${help}`);
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
    // The first sentence of Node's own words; those that follow are on how to write an operand.
    const [problem = ''] = (error as Error).message.split(/\.?(?:\s*\n|\. |$)/, 1);
    throw new UsageError(`${problem}. ${help}`, { cause: error });
  }
}

/** Options of npm's own, of which its environment speaks whether they were given to this command or not. */
const optionsOfNpm: ReadonlySet<string> = new Set(['help', 'progress']);

/** Without -- before them, npm keeps options to itself: a stage would be left out, and localhost be taken for it. */
function isKeptByNpm(option: string): boolean {
  return !optionsOfNpm.has(option) && process.env[`npm_config_${option.replaceAll('-', '_')}`] !== undefined;
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
    const message = error instanceof Error ? error.message : String(error);
    console.error(`Error: ${message.replaceAll(/\p{Cc}+/gu, ' ')}`);
    process.exit(1);
  }
}
