import { hash } from 'node:crypto';
import type { EndpointRow } from '../../../../lambda/dynamodb/endpoint-items.ts';
import type { Change } from '../dynamodb.ts';
import type { PlannedEndpoint } from './endpoint-plan.ts';

interface Version {
  readonly sinceStep: number;
  readonly row: EndpointRow;
}

/** Every state that the endpoints had. */
export class EndpointLedger {
  readonly #versions = new Map<string, Version[]>();

  note({ after, shownAt }: Change): void {
    const row = after as unknown as EndpointRow;
    const version = { sinceStep: shownAt, row };
    const versions = this.#versions.get(row.storeId);
    if (versions === undefined) this.#versions.set(row.storeId, [version]);
    else versions.push(version);
  }

  /** The rows of a store that somebody may have read since an event of the history. */
  rowsSince(storeId: string, step: number): EndpointRow[] {
    const versions = this.#versions.get(storeId) ?? [];
    const first = versions.findLastIndex(({ sinceStep }) => sinceStep <= step);
    return versions.slice(Math.max(0, first)).map(({ row }) => row);
  }
}

export const goodTypes = ['payment.refund_succeeded.v1', 'payment.refund_failed.v1'];

/** Of the nth place that a store has named. */
export function urlOf(storeId: string, place: number): string {
  return `https://${storeId.toLowerCase()}.example/webhooks/${place}`;
}

export function storeOf(url: URL): string {
  return url.hostname.replace('.example', '').toUpperCase();
}

export function endpointRow({ storeId, isChoosy, isImpossible }: PlannedEndpoint, nowMs: number): EndpointRow {
  return {
    storeId,
    url: urlOf(storeId, 0),
    ...(isChoosy ? { types: goodTypes } : {}),
    secrets: isImpossible ? [] : [{ secret: secretOf(storeId, 0) }],
    createdAt: BigInt(nowMs),
  };
}

const secrets = new Map<string, string>();

/** The nth secret of a store. */
export function secretOf(storeId: string, place: number): string {
  const name = `${storeId} ${place}`;
  let secret = secrets.get(name);
  if (secret === undefined) secrets.set(name, (secret = `whsec_${hash('sha256', name, 'base64')}`));
  return secret;
}
