import { execFileSync } from 'node:child_process';

const length = 12;

/**
 * The commit that a deployment is made from: what was given with -c commit=..., or else that of the sources, with
 * "-dirty" behind it if they were changed since. "unknown" where there is no repository.
 * @throws Error when what was given is no commit
 */
export function commitOf(given: unknown, folder: string): string {
  if (given === undefined) return commitIn(folder) ?? 'unknown';
  if (typeof given !== 'string' || !/^[0-9a-f]{7,40}$/.test(given)) {
    throw new Error(
      `The commit ${JSON.stringify(given)} is not understood: give the hash of a commit, 7 to 40 hex digits.`,
    );
  }
  return given.slice(0, length);
}

function commitIn(folder: string): string | undefined {
  const args = ['describe', '--always', '--dirty', '--exclude=*', `--abbrev=${length}`];
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', timeout: 10_000 }).trim();
  } catch {
    return undefined;
  }
}
