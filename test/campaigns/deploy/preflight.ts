import assert from 'node:assert/strict';
import type { Operator } from './operator.ts';

/** What the preflight finds in an account that nobody has used yet. */
const expected = ['bootstrap', 'role for access logs'];

/** Runs the preflight, mends what it finds with the commands that it prints, and runs it again. */
export async function mendAccount({ preflight, shell }: Operator): Promise<void> {
  const { exitCode, output } = await preflight('dev');
  const found = [...output.matchAll(/^FAILED {2}(.+?): .* Mend: (.+)$/gm)];
  assert.deepEqual({ exitCode, found: found.map(([, name]) => name) }, { exitCode: 1, found: expected }, output);
  for (const [, , mend = ''] of found) await shell(mend);
  const again = await preflight('dev');
  assert.equal(again.exitCode, 0, again.output);
}
