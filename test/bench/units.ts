import type { APIGatewayProxyEvent } from 'aws-lambda';
import { exampleEvent, exampleOrder, refusedEvent } from './cancellations.ts';
import type { Contender, Field } from './contenders.ts';
import { startMeter, type Units } from './dynamodb-proxy.ts';
import { type Engine, withEngine } from './engine.ts';
import { invokeOften } from './function-process.ts';

export interface UnitsPerOutcome {
  readonly cancellation: Units;
  readonly replay: Units;
  readonly refusal: Units;
  /** Bytes that the function logs of a cancellation. */
  readonly logBytes: number;
}

export type MeteredName = 'ours' | 'a' | 'b' | 'c';

/** What a warm function asks of DynamoDB for each outcome. Peer d and e know no replay and no refusal. */
export async function measureUnits(field: Field): Promise<Readonly<Record<MeteredName, UnitsPerOutcome>>> {
  return {
    ours: await unitsPerOutcome(field, field.contenders.ours),
    a: await unitsPerOutcome(field, field.contenders.a),
    b: await unitsPerOutcome(field, field.contenders.b),
    c: await unitsPerOutcome(field, field.contenders.c),
  };
}

async function unitsPerOutcome(field: Field, contender: Contender): Promise<UnitsPerOutcome> {
  return await withEngine(field, async (engine) => {
    await engine.putOrders(['PRIME', 'FIRST', 'SECOND', 'THIRD', 'FOURTH', 'REFUSED'].map(exampleOrder));
    const metered = (...events: APIGatewayProxyEvent[]) => meter(field, contender, engine, events);
    const first = await metered(exampleEvent('PRIME'));
    const second = await metered(exampleEvent('FIRST'), exampleEvent('SECOND'));
    // After a cancellation, so that the process has read the store's key already.
    const unitsAfter = async (orderNo: string, event: APIGatewayProxyEvent) =>
      difference((await metered(exampleEvent(orderNo), event)).units, first.units);
    return {
      cancellation: difference(second.units, first.units),
      replay: await unitsAfter('THIRD', exampleEvent('THIRD')),
      refusal: await unitsAfter('FOURTH', refusedEvent('REFUSED')),
      logBytes: second.logBytes - first.logBytes,
    };
  });
}

/** What the last of four cancellations of one kind costs the warm service. */
export async function unitsOfCancellation(
  field: Field,
  engine: Engine,
  [prime, first, second, third]: readonly APIGatewayProxyEvent[],
): Promise<Units> {
  const metered = async (...events: Array<APIGatewayProxyEvent | undefined>) =>
    (
      await meter(
        field,
        field.contenders.ours,
        engine,
        events.filter((event) => event !== undefined),
      )
    ).units;
  // The first one makes the order as large as the others find it.
  await metered(prime);
  const one = await metered(first);
  return difference(await metered(second, third), one);
}

async function meter(
  field: Field,
  contender: Contender,
  engine: Engine,
  events: readonly APIGatewayProxyEvent[],
): Promise<{ readonly units: Units; readonly logBytes: number }> {
  const proxy = await startMeter(engine.endpoint);
  try {
    const execution = { ...contender, environment: field.environment, endpoint: proxy.endpoint };
    const job = { events, warmUp: 0, count: events.length, concurrency: 1 };
    const { logBytes } = await invokeOften(execution, job);
    return { units: proxy.units(), logBytes };
  } finally {
    await proxy.close();
  }
}

function difference(units: Units, base: Units): Units {
  return {
    requests: units.requests - base.requests,
    reads: units.reads - base.reads,
    writes: units.writes - base.writes,
  };
}
