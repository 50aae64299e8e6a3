import { type Command, run, succeed } from './processes.ts';
import { account, region, type Workshop } from './workshop.ts';
import { projectRoot } from '../../support/run-node.ts';

/** What an operator does at a terminal. Each command is the one that the documentation names. */
export interface Operator {
  /** `aws ...`, with its output parsed. */
  readonly aws: (...args: string[]) => Promise<unknown>;
  /** `npm run COMMAND -- ...` @returns what it printed */
  readonly npm: (command: string, ...args: string[]) => Promise<string>;
  readonly bootstrap: () => Promise<void>;
  /** `cdk synth` of the dev stage in a clone, into a folder. */
  readonly synthesize: (clone: string, target: string) => Promise<void>;
  /** `cdk deploy` of an assembly, with nobody at the terminal. */
  readonly deploy: (assembly: string) => Promise<void>;
  /** The same for one that has to be refused. @returns what was printed */
  readonly deployInVain: (assembly: string) => Promise<string>;
  readonly destroy: (assembly: string) => Promise<void>;
}

const timeoutMs = 120_000;
const cdkTimeoutMs = 240_000;

export function operatorOf({ env, folder }: Workshop): Operator {
  const command = (args: readonly string[], cwd = projectRoot): Command => ({ args, env, cwd });
  const cdk = async (...args: string[]) => await succeed('cdk', command(args), cdkTimeoutMs);
  return {
    async aws(...args) {
      const output = await succeed('aws', command([...args, '--output', 'json'], folder), timeoutMs);
      return output.trim() === '' ? undefined : JSON.parse(output);
    },
    npm: async (name, ...args) => await succeed('npm', command(['run', '--silent', name, '--', ...args]), timeoutMs),
    async bootstrap() {
      // Without an app, which would be synthesized for nothing.
      await succeed('cdk', command(['bootstrap', `aws://${account}/${region}`], folder), cdkTimeoutMs);
    },
    async synthesize(clone, target) {
      await succeed(
        'cdk',
        command(['synth', '--quiet', '--context', 'stage=dev', '--output', target], clone),
        cdkTimeoutMs,
      );
    },
    async deploy(assembly) {
      await cdk(...deploymentOf(assembly));
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

/** With no approval of new rights, which would need somebody at the terminal. */
function deploymentOf(assembly: string): string[] {
  return ['deploy', '--app', assembly, '--require-approval', 'never'];
}
