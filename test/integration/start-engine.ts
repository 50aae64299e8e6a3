import { createLocalClient } from '../../tools/local/client.ts';
import { readAssembly } from '../../tools/local/assembly.ts';
import { createTables } from '../../tools/local/tables.ts';
import synthesizeStages, { assemblyOf } from '../support/assemblies.ts';
import { cancelPath } from '../../lambda/contract/paths.ts';
import { functionOf } from '../support/function-of.ts';
import { engineNamed, type RunningEngine } from '../support/engine/engines.ts';

declare global {
  // For stop-engine.ts, which runs in the same process.
  var runningEngine: RunningEngine | undefined;
}

/**
 * Starts, once for all integration tests, an engine with the tables of the template, and names the function's bundle. Each
 * service that a test starts has a store of its own, so that none meets the orders of another.
 */
export default async function startEngine(): Promise<void> {
  const engine = await engineNamed(process.env['DYNAMODB_ENGINE']);
  globalThis.runningEngine = engine;
  await synthesizeStages();
  const deployed = readAssembly(assemblyOf('dev'), 'dev');
  const client = createLocalClient(engine.endpoint);
  await createTables(client, deployed.tables);
  client.destroy();
  process.env['TEST_DYNAMODB_ENDPOINT'] = engine.endpoint;
  process.env['TEST_FUNCTION'] = JSON.stringify(functionOf(deployed, cancelPath));
}
