import type { ContenderName, Field } from './contenders.ts';
import { exampleEvent, exampleOrder } from './cancellations.ts';
import { type ColdStart, invokeOnce, startNode } from './function-process.ts';
import { withEngine } from './engine.ts';
import { recordOf, shuffled } from './rounds.ts';

export interface ColdResult {
  /** Milliseconds from the start of a bare Node process to its first line, round by round. */
  readonly nodeMs: readonly number[];
  readonly starts: Readonly<Record<ContenderName, readonly ColdStart[]>>;
  readonly bundleBytes: Readonly<Record<ContenderName, number>>;
}

/** Cold starts: a fresh process each, bare Node and all contenders in every round, in another order each time. */
export async function measureCold(field: Field, rounds: number): Promise<ColdResult> {
  const contenders = Object.values(field.contenders);
  const nodeMs: number[] = [];
  const starts = recordOf(contenders, (): ColdStart[] => []);
  // The first round warms the machine's file cache and is not counted.
  for (let round = -1; round < rounds; round += 1) {
    await withEngine(field, async (engine) => {
      await engine.putOrders(contenders.map(({ name }) => exampleOrder(`COLD-${name}`)));
      for (const contender of shuffled([undefined, ...contenders], round)) {
        if (contender === undefined) {
          const node = await startNode();
          if (round >= 0) nodeMs.push(node);
        } else {
          const execution = { ...contender, environment: field.environment, endpoint: engine.endpoint };
          const start = await invokeOnce(execution, exampleEvent(`COLD-${contender.name}`));
          if (round >= 0) starts[contender.name].push(start);
        }
      }
    });
  }
  return { nodeMs, starts, bundleBytes: recordOf(contenders, ({ bundleBytes }) => bundleBytes) };
}
