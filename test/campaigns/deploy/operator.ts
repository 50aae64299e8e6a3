import { type Command, run, succeed } from './processes.ts';
import type { Workshop } from './workshop.ts';
import { projectRoot } from '../../support/run-node.ts';

/** What an operator does at a terminal. Each command is the one that the documentation names. */
export interface Operator {
  /** `aws ...`, with its output parsed. */
  readonly aws: (...args: string[]) => Promise<unknown>;
  /** `npm run COMMAND -- ...` @returns what it printed */
  readonly npm: (command: string, ...args: string[]) => Promise<string>;
  /** `npm run preflight` of the dev stage. */
  readonly preflight: () => Promise<{ readonly exitCode: number | null; readonly output: string }>;
  /** A command line that a command has printed. */
  readonly shell: (line: string) => Promise<void>;
  /** `cdk synth` of the dev stage in a clone, into a folder. */
  readonly synthesize: (clone: string, target: string, commit: string) => Promise<void>;
  /** `cdk deploy` of an assembly for the first time. It gives rights, which nobody at a terminal approves. */
  readonly deploy: (assembly: string) => Promise<void>;
  /** `npm run deploy` of an assembly over it. There is no terminal, and nothing to approve. */
  readonly release: (assembly: string) => Promise<void>;
  /** The same for one that has to be refused. @returns what was printed */
  readonly deployInVain: (assembly: string) => Promise<string>;
  readonly destroy: (assembly: string) => Promise<void>;
}

const timeoutMs = 120_000;
const cdkTimeoutMs = 240_000;

export function operatorOf({ env, folder, endpoint }: Workshop): Operator {
  const command = (args: readonly string[], cwd = projectRoot): Command => ({ args, env, cwd });
  const cdk = async (...args: string[]) => await succeed('cdk', command(args), cdkTimeoutMs);
  return {
    async aws(...args) {
      // For SQS the command line ignores the environment's endpoint.
      const options = ['--output', 'json', '--endpoint-url', endpoint];
      const output = await succeed('aws', command([...args, ...options], folder), timeoutMs);
      return output.trim() === '' ? undefined : JSON.parse(output);
    },
    npm: async (name, ...args) => await succeed('npm', command(npmRun(name, ...args)), timeoutMs),
    preflight: async () => await run('npm', command(npmRun('preflight', '--stage', 'dev')), timeoutMs),
    async shell(line) {
      await succeed('bash', command(['-euc', line]), cdkTimeoutMs);
    },
    async synthesize(clone, target, commit) {
      const context = ['--context', 'stage=dev', '--context', `commit=${commit}`];
      await succeed('cdk', command(['synth', '--quiet', ...context, '--output', target], clone), cdkTimeoutMs);
    },
    async deploy(assembly) {
      await cdk(...deploymentOf(assembly));
    },
    async release(assembly) {
      await succeed('npm', command(npmRun('deploy', '--stage', 'dev', '--app', assembly)), cdkTimeoutMs);
    },
    async deployInVain(assembly) {
      const { exitCode, output } = await run('cdk', command(deploymentOf(assembly)), cdkTimeoutMs);
      if (exitCode === 0) throw new Error('cdk deploy was not refused.');
      return output;
    },
    async destroy(assembly) {
      await cdk('destroy', '--app', assembly, '--force');
    },
  };
}

function npmRun(name: string, ...args: string[]): string[] {
  return ['run', '--silent', name, '--', ...args];
}

/** With no approval of new rights, which would need somebody at the terminal. */
function deploymentOf(assembly: string): string[] {
  return ['deploy', '--app', assembly, '--require-approval', 'never'];
}
