import { type Endpoint, secretPattern, type WebhookSecret } from '../domain/endpoint.ts';
import { InvariantViolated } from '../domain/order.ts';
import { isAmount, isText } from './impossible-rows.ts';

/** A row of the Endpoints table. Times are epoch milliseconds. */
export interface EndpointRow {
  readonly storeId: string;
  readonly url: string;
  /** Absent for all types. */
  readonly types?: readonly string[];
  readonly secrets: ReadonlyArray<{ readonly secret: string; readonly until?: bigint }>;
  readonly createdAt: bigint;
  readonly failingSince?: bigint;
  readonly busyUntil?: bigint;
  readonly goneAt?: bigint;
}

/** @throws InvariantViolated when no command can have written the row: nothing is sent by it */
export function endpointOf(row: EndpointRow): Endpoint {
  const [impossible] = impossibleAttributesOfEndpoint(row);
  if (impossible !== undefined) throw new InvariantViolated(`An endpoint has an impossible ${impossible}.`);
  return {
    storeId: row.storeId,
    url: row.url,
    types: row.types,
    secrets: row.secrets.map(({ secret, until }) => ({ secret, untilMs: msOf(until) })),
    createdAtMs: Number(row.createdAt),
    failingSinceMs: msOf(row.failingSince),
    busyUntilMs: msOf(row.busyUntil),
    goneAtMs: msOf(row.goneAt),
  };
}

export function secretItems(secrets: readonly WebhookSecret[]): EndpointRow['secrets'] {
  return secrets.map(({ secret, untilMs }) => ({
    secret,
    ...(untilMs === undefined ? {} : { until: BigInt(untilMs) }),
  }));
}

/** The attributes that cannot be, by their stored names and without values. */
export function impossibleAttributesOfEndpoint(row: EndpointRow): string[] {
  const { storeId, url, types, secrets, createdAt } = row;
  const impossible: string[] = [];
  if (!isText(storeId)) impossible.push('storeId');
  if (!isText(url)) impossible.push('url');
  if (types !== undefined && !(isFilled(types) && types.every(isText))) impossible.push('types');
  if (!(isFilled(secrets) && secrets.every(isSecret) && secrets[0]?.until === undefined)) impossible.push('secrets');
  if (!isAmount(createdAt)) impossible.push('createdAt');
  for (const name of ['failingSince', 'busyUntil', 'goneAt'] as const) {
    if (row[name] !== undefined && !isAmount(row[name])) impossible.push(name);
  }
  return impossible;
}

const secretText = new RegExp(secretPattern);

function isSecret(value: EndpointRow['secrets'][number] | null): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const isEnd = value.until === undefined || isAmount(value.until);
  return typeof value.secret === 'string' && secretText.test(value.secret) && isEnd;
}

function isFilled<Value>(value: readonly Value[] | undefined): value is readonly Value[] {
  return Array.isArray(value) && value.length > 0;
}

function msOf(stored: bigint | undefined): number | undefined {
  return stored === undefined ? undefined : Number(stored);
}
