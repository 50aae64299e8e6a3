import { cancellationKinds } from '../domain/cancellation.ts';
import { isCurrencyCode } from '../domain/money.ts';
import { InvariantViolated, itemTypes, paymentStatuses, refundMethods } from '../domain/order.ts';
import type { CancellationRow, CredentialRow, LineRow, OrderRow, StoredLineAmounts } from './items.ts';

// Rows that nothing here can have written: they fail closed and are never completed by a default (contract, section 8).
// Each list names the attributes that cannot be, by their stored names, and no values.

/** @throws InvariantViolated for a row of the Orders table that cannot be */
export function assertPossibleOrder(row: OrderRow): void {
  const [impossible] = impossibleAttributesOfOrder(row);
  if (impossible !== undefined) throw new InvariantViolated(`An order has an impossible ${impossible}.`);
}

export function impossibleAttributesOfOrder({ cur, st, rm, v, lines }: OrderRow): string[] {
  const impossible: string[] = [];
  if (typeof cur !== 'string' || !isCurrencyCode(cur)) impossible.push('cur');
  if (!paymentStatuses.includes(st)) impossible.push('st');
  if (!refundMethods.includes(rm)) impossible.push('rm');
  if (!isCount(v)) impossible.push('v');
  if (!Array.isArray(lines) || lines.length === 0) return [...impossible, 'lines'];
  lines.forEach((line: LineRow, index) => {
    const place = `lines[${index}]`;
    if (!isMap(line)) impossible.push(place);
    else impossible.push(...impossibleAttributesOfLine(line).map((name) => `${place}.${name}`));
  });
  return impossible;
}

function impossibleAttributesOfLine({ s, ty, id, q, a, t, c }: LineRow): string[] {
  const impossible: string[] = [];
  if (!isCount(s)) impossible.push('s');
  if (!itemTypes.includes(ty)) impossible.push('ty');
  if (!isText(id)) impossible.push('id');
  if (!isCount(q)) impossible.push('q');
  if (!isAmount(a)) impossible.push('a');
  if (!isAmount(t) || (isAmount(a) && t > a)) impossible.push('t');
  if (c !== undefined && !areLineAmounts(c)) impossible.push('c');
  return impossible;
}

/** @throws InvariantViolated for a row of the Cancellations table that cannot be */
export function assertPossibleCancellation(row: CancellationRow): void {
  const [impossible] = impossibleAttributesOfCancellation(row);
  if (impossible !== undefined) throw new InvariantViolated(`A record has an impossible ${impossible}.`);
}

/** Only of the attributes that every reader of records asks for. */
export function impossibleAttributesOfCancellation({ kind, rid, v, at, data, lines }: CancellationRow): string[] {
  const impossible: string[] = [];
  if (!cancellationKinds.includes(kind)) impossible.push('kind');
  if (!isText(rid)) impossible.push('rid');
  if (!isCount(v)) impossible.push('v');
  if (!isAmount(at)) impossible.push('at');
  if (!isText(data)) impossible.push('data');
  if (!Array.isArray(lines)) return [...impossible, 'lines'];
  lines.forEach((line: CancellationRow['lines'][number], index) => {
    if (!areLineAmounts(line) || !isCount(line.s)) impossible.push(`lines[${index}]`);
  });
  return impossible;
}

export function impossibleAttributesOfCredential(row: CredentialRow): string[] {
  const impossible: string[] = (['storeId', 'divisionCode', 'channelCode', 'hashKey'] as const).filter(
    (name) => !isText(row[name]),
  );
  for (const name of ['issuedAt', 'expiresAt'] as const) if (!isCount(row[name])) impossible.push(name);
  return impossible;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** They may be below 0: what cannot be canceled is judged with the order. */
function areLineAmounts(value: StoredLineAmounts): boolean {
  return isMap(value) && [value.q, value.a, value.t].every(isWhole);
}

/** Text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Stored whole numbers are read as bigint (client.ts). */
function isWhole(value: unknown): value is bigint {
  return typeof value === 'bigint';
}

/** A stored whole number, not below 0. */
export function isAmount(value: unknown): value is bigint {
  return isWhole(value) && value >= 0n;
}

/** A whole number from 1 on that a double holds exactly. */
export function isCount(value: unknown): value is bigint {
  return isWhole(value) && value >= 1n && value <= BigInt(Number.MAX_SAFE_INTEGER);
}
