import type { ContenderName, Field } from './contenders.ts';
import { exampleEvent, exampleOrder } from '../../support/cancellations.ts';
import { type ColdStart, type Execution, invokeOnce, startNode } from './function-process.ts';
import { withEngine } from './engine.ts';
import { recordOf, shuffled } from './rounds.ts';

export interface ColdResult {
  /** Milliseconds from the start of a bare Node process to its first line, round by round. */
  readonly nodeMs: readonly number[];
  readonly starts: Readonly<Record<ContenderName, readonly ColdStart[]>>;
  readonly bundleBytes: Readonly<Record<ContenderName, number>>;
}

/** Cold starts of all contenders and of bare Node. */
export async function measureCold(field: Field, rounds: number): Promise<ColdResult> {
  const contenders = Object.values(field.contenders);
  const nodeMs: number[] = [];
  const starts = await measureStarts(field, rounds, contenders, async () => nodeMs.push(await startNode()));
  return { nodeMs: nodeMs.slice(1), starts, bundleBytes: recordOf(contenders, ({ bundleBytes }) => bundleBytes) };
}

type Starter<Name> = Pick<Execution, 'codeFile'> & {
  readonly name: Name;
  readonly environment?: Execution['environment'];
};

/**
 * A fresh process each in every round, in another sequence each time, on a DynamoDB that was started for the round. The first
 * round warms the machine's file cache and is not counted.
 * @param also has its turn in every round, the first one too
 */
export async function measureStarts<Name extends string>(
  field: Field,
  rounds: number,
  starters: ReadonlyArray<Starter<Name>>,
  also: () => Promise<unknown> = async () => undefined,
): Promise<Record<Name, ColdStart[]>> {
  const starts = recordOf(starters, (): ColdStart[] => []);
  const orderNoOf = (starter: Starter<Name>) => `COLD-${starters.indexOf(starter)}`;
  for (let round = -1; round < rounds; round += 1) {
    await withEngine(field, async (engine) => {
      await engine.putOrders(starters.map((starter) => exampleOrder(orderNoOf(starter))));
      const invoke = async (starter: Starter<Name>) => {
        const { name, codeFile } = starter;
        const environment = { ...field.environment, ...starter.environment };
        const execution = { codeFile, environment, endpoint: engine.endpoint };
        const start = await invokeOnce(execution, exampleEvent(orderNoOf(starter)));
        if (round >= 0) starts[name].push(start);
      };
      for (const work of shuffled([also, ...starters.map((starter) => () => invoke(starter))], round)) await work();
    });
  }
  return starts;
}
