import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Runs a shell command after this process has ended, even if it was killed: the command waits at a pipe, which closes
 * when this process ends. It waits in a session of its own, so that no signal to this process's group ends it. Without
 * /bin/sh, nothing is run.
 * @param operands the values of "$1", "$2" and so on in the command
 * @returns a function that calls the command off
 */
export function runAfterDeath(command: string, ...operands: string[]): () => void {
  const shell = spawn('/bin/sh', ['-c', `read -r _; ${command}`, 'sh', ...operands], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => undefined);
  shell.unref();
  (shell.stdin as Socket).unref();
  return () => shell.kill('SIGKILL');
}
