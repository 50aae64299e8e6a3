import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** The run's own folder, made when it is first asked for, and removed when the process ends, however it does. */
export function temporaryFolder(): string {
  folder ??= makeFolder();
  return folder;
}

function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'payment-cancel-bench-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}
