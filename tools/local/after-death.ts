import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Runs a shell command once this process has ended, in whatever way: SIGKILL, too, closes the pipe at which the command
 * waits. It waits in a session of its own, where no signal to this process's group ends it. Where there is no /bin/sh,
 * nothing is run.
 * @param operands what the command calls "$1", "$2" and so on
 * @returns calls it off
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
