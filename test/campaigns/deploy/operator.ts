import { join } from 'node:path';
import type { Clone } from './clone.ts';
import { type Command, run, succeed } from './processes.ts';
import type { Workshop } from './workshop.ts';

/** What an operator does at a terminal, in a clone. Each command is the one that the documentation names. */
export interface Operator {
  readonly clone: Clone;
  /** `aws ...`, with its output parsed. */
  readonly aws: (...args: string[]) => Promise<unknown>;
  /** `npm run COMMAND -- ...` @returns what it printed */
  readonly npm: (command: string, ...args: string[]) => Promise<string>;
  /** `npm run preflight`. */
  readonly preflight: (stage: string) => Promise<{ readonly exitCode: number | null; readonly output: string }>;
  /** Commands as they are printed, by a command or on a page of the documentation. @returns what they printed */
  readonly shell: (commands: string, env?: Readonly<Record<string, string>>) => Promise<string>;
  /** The same for commands that have to fail. */
  readonly shellInVain: (commands: string) => Promise<string>;
  /** `cdk synth` into a folder, as for AWS. */
  readonly synthesize: (stage: string, target: string) => Promise<void>;
  /** `cdk deploy` of an assembly for the first time. It gives rights, which nobody at a terminal approves. */
  readonly deploy: (assembly: string) => Promise<void>;
  /** The same for one that has to be refused. @returns what was printed */
  readonly deployInVain: (assembly: string) => Promise<string>;
  /** `cdk deploy` of a stage that fails at its end, on a resource that the emulator refuses. @returns what was printed */
  readonly failToDeploy: (stage: string) => Promise<string>;
  readonly destroy: (assembly: string) => Promise<void>;
}

/** For a first deployment, which gives rights: nobody is at a terminal to approve them. */
export const unattended = { CDK_REQUIRE_APPROVAL: 'never' };

const timeoutMs = 120_000;
const cdkTimeoutMs = 240_000;
const emulatedApp = `node ${join(import.meta.dirname, 'emulated-app.ts')}`;
/** Packages are not installed a second time: that would take the project's own away. */
const withoutInstallation = 'npm() { [ "$1" = ci ] || command npm "$@"; }\n';
/** For SQS the command line ignores the environment's endpoint. */
const withEndpoint = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }\n';

export function operatorOf(
  { env, folder, endpoint }: Pick<Workshop, 'env' | 'folder' | 'endpoint'>,
  clone: Clone,
): Operator {
  const command = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Command => ({
    args,
    env: { ...env, ...more },
    cwd: clone.folder,
  });
  const cdk = async (...args: string[]) => await succeed('cdk', command(args, unattended), cdkTimeoutMs);
  const cdkInVain = async (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const { exitCode, output } = await run('cdk', command(args, { ...unattended, ...more }), cdkTimeoutMs);
    if (exitCode === 0) throw new Error(`cdk ${args.join(' ')} did not fail.`);
    return output;
  };
  const typed = (commands: string, more: Readonly<Record<string, string>> = {}) =>
    command(['-euc', withoutInstallation + withEndpoint + commands], { ...more, CDK_APP: emulatedApp });
  return {
    clone,
    async aws(...args) {
      const options = ['--output', 'json', '--endpoint-url', endpoint];
      const output = await succeed('aws', { ...command([...args, ...options]), cwd: folder }, timeoutMs);
      return output.trim() === '' ? undefined : JSON.parse(output);
    },
    npm: async (name, ...args) => await succeed('npm', command(npmRun(name, ...args)), timeoutMs),
    preflight: async (stage) => await run('npm', command(npmRun('preflight', '--stage', stage)), timeoutMs),
    shell: async (commands, more) => await succeed('bash', typed(commands, more), cdkTimeoutMs),
    async shellInVain(commands) {
      const { exitCode, output } = await run('bash', typed(commands), cdkTimeoutMs);
      if (exitCode === 0) throw new Error(`These commands did not fail:\n${commands}`);
      return output;
    },
    async synthesize(stage, target) {
      await cdk('synth', '--quiet', '--context', `stage=${stage}`, '--output', target);
    },
    async deploy(assembly) {
      await cdk('deploy', '--app', assembly);
    },
    deployInVain: async (assembly) => await cdkInVain(['deploy', '--app', assembly]),
    failToDeploy: async (stage) =>
      await cdkInVain(['deploy', '--context', `stage=${stage}`], { CDK_APP: `${emulatedApp} --fail` }),
    async destroy(assembly) {
      await cdk('destroy', '--app', assembly, '--force');
    },
  };
}

function npmRun(name: string, ...args: string[]): string[] {
  return ['run', '--silent', name, '--', ...args];
}
