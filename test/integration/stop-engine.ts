import { rmSync } from 'node:fs';

export default async function stopEngine(): Promise<void> {
  await globalThis.runningEngine?.stop();
  if (globalThis.synthesizedFolder !== undefined) rmSync(globalThis.synthesizedFolder, { recursive: true });
}
