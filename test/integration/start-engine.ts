import { rmSync } from 'node:fs';
import { createLocalClient } from '../../lib/local/client.ts';
import { synthesize } from '../../lib/local/synthesize.ts';
import { createTables } from '../../lib/local/tables.ts';
import { engineNamed, type RunningEngine } from './engines.ts';

declare global {
  // For stop-engine.ts, which runs in the same process.
  var runningEngine: RunningEngine | undefined;
}

/** Once for all integration tests: an engine with the tables of the template. Tests keep apart by their store. */
export default async function startEngine(): Promise<void> {
  const engine = await engineNamed(process.env['DYNAMODB_ENGINE']);
  globalThis.runningEngine = engine;
  const { deployed, folder } = synthesize('dev');
  rmSync(folder, { recursive: true });
  const client = createLocalClient(engine.endpoint);
  await createTables(client, deployed.tables);
  client.destroy();
  process.env['TEST_DYNAMODB_ENDPOINT'] = engine.endpoint;
}
