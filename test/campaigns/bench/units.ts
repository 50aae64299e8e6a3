import { isDeepStrictEqual } from 'node:util';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { exampleEvent, exampleOrder, partialEvent, refusedEvent } from '../../support/cancellations.ts';
import type { Contender, Field } from './contenders.ts';
import { startMeter, type Units } from './dynamodb-proxy.ts';
import { type Engine, withEngine } from './engine.ts';
import { invokeOften } from './function-process.ts';

export interface UnitsPerOutcome {
  readonly cancellation: Units;
  /** The same partial cancellation once more, while there are units that it could take. */
  readonly repeated: Units;
  readonly refusal: Units;
  /** Bytes that the function logs of a cancellation. */
  readonly logBytes: number;
}

export type MeteredName = 'ours' | 'a' | 'b' | 'c';

/** The HTTP status that each gives to a repeated request: a replay, or a conflict where it knows none. */
export const repeatedStatus = { ours: 200, a: 200, b: 409, c: 409 } as const;

/** What a warm function asks of DynamoDB for each outcome. Peer d and e know no replay and no refusal. */
export async function measureUnits(field: Field): Promise<Readonly<Record<MeteredName, UnitsPerOutcome>>> {
  return {
    ours: await unitsPerOutcome(field, 'ours'),
    a: await unitsPerOutcome(field, 'a'),
    b: await unitsPerOutcome(field, 'b'),
    c: await unitsPerOutcome(field, 'c'),
  };
}

async function unitsPerOutcome(field: Field, name: MeteredName): Promise<UnitsPerOutcome> {
  return await withEngine(field, async (engine) => {
    await engine.putOrders(['PRIME', 'FIRST', 'SECOND', 'THIRD', 'REFUSED', 'PART', 'REPEATED'].map(exampleOrder));
    const contender = field.contenders[name];
    const metered = (...expectations: Expectation[]) => meter(field, contender, engine, expectations);
    // After a cancellation, so that the process has read the store's key already.
    const one = await metered([exampleEvent('PRIME'), 200]);
    const two = await metered([exampleEvent('FIRST'), 200], [exampleEvent('SECOND'), 200]);
    const refused = await metered([exampleEvent('THIRD'), 200], [refusedEvent('REFUSED'), 400]);
    const part = await metered([partialEvent('PART'), 200]);
    const twice = await metered([partialEvent('REPEATED'), 200], [partialEvent('REPEATED'), repeatedStatus[name]]);
    const repeated = difference(twice.units, part.units);
    checkReplay(repeated, repeatedStatus[name], contender.label);
    return {
      cancellation: difference(two.units, one.units),
      repeated,
      refusal: difference(refused.units, one.units),
      logBytes: two.logBytes - one.logBytes,
    };
  });
}

/** A second cancellation is answered with 200 too. @throws Error when a repeated request was one, and no replay */
export function checkReplay({ transactions }: Units, status: number, label: string): void {
  if (status === 200 && transactions > 0) throw new Error(`${label}: canceled a repeated request once more.`);
}

/** What the last of four cancellations of one kind costs the warm service. */
export async function unitsOfCancellation(
  field: Field,
  engine: Engine,
  events: readonly APIGatewayProxyEvent[],
): Promise<Units> {
  const metered = async (granted: readonly APIGatewayProxyEvent[]) => {
    const expectations = granted.map((event): Expectation => [event, 200]);
    return (await meter(field, field.contenders.ours, engine, expectations)).units;
  };
  // The first one of an order makes it as large as the others find it.
  await metered(events.slice(0, 1));
  const one = await metered(events.slice(1, 2));
  return difference(await metered(events.slice(2)), one);
}

/** A request, and the HTTP status that it is to be answered with. */
type Expectation = readonly [event: APIGatewayProxyEvent, status: number];

async function meter(
  field: Field,
  contender: Contender,
  engine: Engine,
  expectations: readonly Expectation[],
): Promise<{ readonly units: Units; readonly logBytes: number }> {
  const proxy = await startMeter(engine.endpoint);
  try {
    const execution = { ...contender, environment: field.environment, endpoint: proxy.endpoint };
    const events = expectations.map(([event]) => event);
    const { statuses, logBytes } = await invokeOften(execution, {
      events,
      warmUp: 0,
      count: events.length,
      concurrency: 1,
    });
    checkStatuses(
      statuses,
      expectations.map(([, status]) => status),
      contender.label,
    );
    return { units: proxy.units(), logBytes };
  } finally {
    await proxy.close();
  }
}

/** Units count only where the responses are those that they are published for. @throws Error with the responses */
export function checkStatuses(
  statuses: Readonly<Record<string, number>>,
  expected: readonly number[],
  label: string,
): void {
  const wanted: Record<string, number> = {};
  for (const status of expected) wanted[status] = (wanted[status] ?? 0) + 1;
  if (isDeepStrictEqual({ ...statuses }, wanted)) return;
  throw new Error(`${label}: answered ${JSON.stringify(statuses)} and not ${JSON.stringify(wanted)}.`);
}

function difference(units: Units, base: Units): Units {
  return {
    requests: units.requests - base.requests,
    transactions: units.transactions - base.transactions,
    reads: units.reads - base.reads,
    writes: units.writes - base.writes,
  };
}
