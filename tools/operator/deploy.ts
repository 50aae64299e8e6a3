import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isDirectRelease, stageNamed } from '../../lib/stages.ts';
import { refuseKeptByNpm, UsageError } from '../command-line.ts';
import { preflight } from './preflight/command.ts';

const help = `npm run deploy -- [options]: runs the preflight of a stage, and then cdk deploy.

  --stage NAME        the stage: dev where none is named, staging or prod; -c stage=NAME is the same
  -c commit=HASH      the commit that is deployed; where it is not given, that of the sources
  -c release=direct   break-glass: moves all traffic at once, without hooks, canary and alarms
  --without LIST      what is left out on purpose: domain, subscribers, executors, platforms, or several with a comma
                      between them
  --help              prints this text

Every other option is one of cdk deploy: --require-approval never, for a first deployment without a terminal.

Exit codes: 0 it is deployed; otherwise nothing was started, or the code of cdk deploy.`;

const cdk = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));

/** `npm run deploy` */
export async function deploy(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(help);
    return;
  }
  // Without -- before it, -c would be npm's --call, and dev would be deployed.
  if (process.env['npm_config_call']) throw new UsageError(`npm took -c for its own: put -- before it. ${hint}`);
  refuseKeptByNpm('npm run deploy', ['stage', 'without', 'context']);
  const { stage, without, rest } = readDeployArguments(args);
  await preflight(stage, without);
  const child = spawn(process.execPath, [cdk, 'deploy', ...rest], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both: cdk decides what becomes of it. Other signals reach this process alone.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== 0) throw new UsageError(`cdk deploy ended with ${code ?? signal}.`);
}

export interface DeployArguments {
  readonly stage: string;
  readonly without: string | undefined;
  /** For cdk deploy. */
  readonly rest: readonly string[];
}

/** @throws UsageError or Error naming what is not understood, and what is */
export function readDeployArguments(args: readonly string[]): DeployArguments {
  const without: string[] = [];
  const context = new Map<string, string>();
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const [, name = '', joined] = /^(--without|--stage|--context|-c)(?:=(.*))?$/s.exec(args[index] ?? '') ?? [];
    if (name === '') {
      rest.push(args[index] ?? '');
      continue;
    }
    const value = joined ?? args[(index += 1)];
    if (value === undefined || value === '') throw new UsageError(`${name} has no value. ${hint}`);
    if (name === '--without') {
      without.push(value);
      continue;
    }
    const entry = name === '--stage' ? `stage=${value}` : value;
    const [key = '', ...parts] = entry.split('=');
    if (context.has(key)) throw new UsageError(`The ${key} is given twice. ${hint}`);
    context.set(key, parts.join('='));
    rest.push('-c', entry);
  }
  if (without.length > 1) throw new UsageError(`--without is given twice. ${hint}`);
  isDirectRelease(context.get('release'));
  return { stage: stageNamed(context.get('stage')).name, without: without[0], rest };
}

const hint = 'See npm run deploy -- --help.';
