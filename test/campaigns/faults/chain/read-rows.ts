import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { World } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

export async function readRows<OfTable = Row>({ client }: World, table: string): Promise<OfTable[]> {
  const rows: OfTable[] = [];
  const pages = paginateScan({ client }, { TableName: table, ConsistentRead: true });
  for await (const { Items = [] } of pages) rows.push(...(Items as OfTable[]));
  return rows;
}

/** What nothing of the chain may change, as sorted text. */
export async function readOrdersAndRecords(world: World): Promise<string[]> {
  const { orders, cancellations } = world.tables;
  const rows = [...(await readRows(world, orders)), ...(await readRows(world, cancellations))];
  return rows.map(textOf).toSorted();
}

/** The same for the same row, whatever the sequence of its attributes. */
export function textOf(row: unknown): string {
  return JSON.stringify(row, (_name, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}
