import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactGetCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Execution } from '../../../lambda/domain/execution.ts';
import type { Order } from '../../../lambda/domain/order.ts';
import { accessKeyHashOf } from '../../../lambda/dynamodb/credential-repository.ts';
import {
  type CancellationRow,
  type CredentialRow,
  orderKeyOf,
  type OrderRow,
  orderRow,
} from '../../../lambda/dynamodb/items.ts';
import { type ExecutionRow, executionRow } from '../../../lambda/dynamodb/refund-items.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import type { Random } from '../../support/random.ts';
import { sender } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the tables hold, one of them a row that no writer of the service can have written (contract, section 8). */
export interface SpoiledRows {
  readonly what: 'credential' | 'order' | 'record' | 'execution';
  readonly credential: Row;
  readonly order: Row;
  /** Of an earlier cancellation; undefined where there is none. */
  readonly record: Row | undefined;
  /** Of a cancellation of the order; undefined where there is none. */
  readonly execution?: Row;
}

export function spoiledRows(order: Order, random: Random): SpoiledRows {
  const row = orderRow(order);
  const rows = { credential: { ...credentialRow }, order: { ...row }, record: undefined };
  switch (random.below(5)) {
    case 0:
    case 1:
      return { ...rows, what: 'credential', credential: random.pick(spoiledCredentials)(credentialRow) };
    case 2:
      return { ...rows, what: 'record', record: withVersion(recordRow(order), random) };
    default:
      return { ...spoiledOrder(order, random), record: undefined };
  }
}

/** A good credential, and an order that cannot be. */
export function spoiledOrder(order: Order, random: Random): SpoiledRows {
  const row = orderRow(order);
  const spoiled = random.chance(25) ? withVersion(row, random) : random.pick(spoiledOrders)(row);
  return { what: 'order', credential: { ...credentialRow }, order: spoiled, record: undefined };
}

/** A good credential and order, and an execution that cannot be. */
export function spoiledExecution(order: Order, random: Random): SpoiledRows {
  const execution = random.pick(spoiledExecutions)(executionRow(executionOf(order)));
  return {
    what: 'execution',
    credential: { ...credentialRow },
    order: { ...orderRow(order) },
    record: undefined,
    execution,
  };
}

const { accessKey, ...issuedFor } = sender;
const credentialRow: CredentialRow = {
  ...issuedFor,
  accessKeyHash: accessKeyHashOf(accessKey),
  issuedAt: BigInt(startOfTest - 1),
  expiresAt: BigInt(startOfTest + 1_000_000),
};

const spoiledCredentials: ReadonlyArray<(row: CredentialRow) => Row> = [
  ({ hashKey: _left, ...row }) => row,
  (row) => ({ ...row, hashKey: '' }),
  (row) => ({ ...row, hashKey: 7n }),
  ({ expiresAt: _left, ...row }) => row,
  (row) => ({ ...row, expiresAt: 'never' }),
  (row) => ({ ...row, expiresAt: String(row.expiresAt) }),
  (row) => ({ ...row, expiresAt: null }),
];

const spoiledOrders: ReadonlyArray<(row: OrderRow) => Row> = [
  ({ rm: _left, ...row }) => row,
  (row) => ({ ...row, rm: 'bank' }),
  ({ st: _left, ...row }) => row,
  (row) => ({ ...row, st: 'captured' }),
  ({ cur: _left, ...row }) => row,
  (row) => ({ ...row, cur: 'XXQ' }),
  (row) => ({ ...row, cur: row.cur.toLowerCase() }),
  (row) => ({ ...row, lines: row.lines.map((line) => ({ ...line, t: line.a + 1n })) }),
];

const spoiledExecutions: ReadonlyArray<(row: ExecutionRow) => Row> = [
  ({ rid: _left, ...row }) => row,
  ({ att: _left, ...row }) => row,
  (row) => ({ ...row, att: 0n }),
  (row) => ({ ...row, att: '1' }),
  ({ st: _left, ...row }) => row,
  (row) => ({ ...row, st: 'succeeded' }),
  (row) => ({ ...row, at: -1n }),
  (row) => ({ ...row, at: new Date(startOfTest).toISOString() }),
  (row) => ({ ...row, why: '' }),
  (row) => ({ ...row, why: 7n }),
];

/** A row without a version, or with one that is no positive whole number. */
function withVersion(row: OrderRow | CancellationRow, random: Random): Row {
  const { v: _left, ...rest } = row;
  return random.chance(30) ? rest : { ...rest, v: random.pick(['1', '', 0n, -1n, null, true]) };
}

function recordRow({ storeId, orderNo }: Order): CancellationRow {
  return {
    orderKey: orderKeyOf({ storeId, orderNo }),
    cancellationKey: 'K#a',
    digest: '0'.repeat(64),
    kind: 'REFUND',
    at: BigInt(startOfTest),
    rid: `RETREQ${'0'.repeat(26)}`,
    v: 2n,
    data: '{}',
    lines: [],
  };
}

function executionOf({ storeId, orderNo, currencyCode }: Order): Execution {
  return {
    storeId,
    orderNo,
    returnRequestId: `RETREQ${'0'.repeat(26)}`,
    kind: 'REFUND',
    currencyCode,
    amountMinor: 1n,
    attempt: 1,
    sequence: 0,
    status: 'REQUESTED',
    requestedAtMs: startOfTest,
    updatedAtMs: startOfTest,
    hasAccount: false,
  };
}

/** Reads these rows, of whatever order, and writes nothing. */
export function clientOf(rows: SpoiledRows | undefined): DynamoDBDocumentClient {
  const records = rows?.record === undefined ? [] : [rows.record];
  const send = async (command: unknown) => {
    if (command instanceof GetCommand) {
      const { TableName, Key } = command.input;
      if (TableName !== 'StoreKeys') return { Item: rows?.order };
      return { Item: Key?.['accessKeyHash'] === credentialRow.accessKeyHash ? rows?.credential : undefined };
    }
    if (command instanceof BatchGetCommand) return { Responses: { Orders: [rows?.order], Cancellations: records } };
    if (command instanceof TransactGetCommand) return { Responses: records.map((Item) => ({ Item })) };
    if (command instanceof QueryCommand) {
      const executions = rows?.execution === undefined ? [] : [rows.execution];
      return { Items: command.input.TableName === 'Executions' ? executions : records };
    }
    throw new Error('Something was written to a row that cannot be.');
  };
  return { send } as unknown as DynamoDBDocumentClient;
}
