import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cancelPath, detailPath } from '../../../lambda/contract/paths.ts';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { PaymentDetail } from '../../../lambda/detail/payment-detail.ts';
import { headersOf, type Store } from '../../../tools/in-memory/requests.ts';
import { demoOrdersFile } from '../../../tools/local/demo.ts';
import { sendOnce } from '../../../tools/operator/send-once.ts';
import { documented } from '../../support/documented.ts';
import type { Operator } from './operator.ts';

export interface Responded<Data> {
  readonly status: number;
  readonly isReplay: boolean;
  readonly envelope: Envelope<Data>;
}

const timeoutMs = 30_000;

/** Issues a key for a store, as an operator does. */
export async function issueKey({ npm }: Operator, storeId: string, stage = 'dev'): Promise<Store & Issued> {
  const holder = { storeId, divisionCode: 'DIVISION', channelCode: 'ONLINE' };
  const options = ['--store', storeId, '--division', holder.divisionCode, '--channel', holder.channelCode];
  return { ...holder, ...issuedIn(await npm('admin', 'issue-key', ...options, '--stage', stage)) };
}

export interface Issued {
  readonly accessKey: string;
  readonly hashKey: string;
  readonly sha256: string;
}

/** The keys that were printed when they were issued. */
export function issuedIn(output: string): Issued {
  const valueOf = (name: string) => {
    const [, value] = new RegExp(`^${name} +(\\S+)$`, 'm').exec(output) ?? [];
    if (value === undefined) throw new Error(`No key was issued:\n${output}`);
    return value;
  };
  return { accessKey: valueOf('Access key'), hashKey: valueOf('Hash key'), sha256: valueOf('SHA-256') };
}

/** Puts the specification's order for each of some stores, as an operator does. */
export async function putOrders({ npm }: Operator, folder: string, stores: readonly string[]): Promise<void> {
  const [order] = JSON.parse(readFileSync(demoOrdersFile, 'utf8')) as [object];
  const file = join(folder, 'orders.json');
  writeFileSync(file, JSON.stringify(stores.map((storeId) => ({ ...order, storeId }))));
  const output = await npm('admin', 'put-orders', file, '--stage', 'dev');
  if (!output.includes(`Added ${stores.length} of ${stores.length} orders.`)) throw new Error(output);
}

/** Sends a cancellation. */
export async function cancel(
  url: string,
  store: Store,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Responded<CancellationData>> {
  return await post<CancellationData>(url, cancelPath, store, body, headers);
}

/** Asks for an order. */
export async function detail(url: string, store: Store, orderNo: string): Promise<Responded<PaymentDetail>> {
  return await post<PaymentDetail>(url, detailPath, store, JSON.stringify({ orderNo }), {});
}

async function post<Data>(
  url: string,
  path: typeof cancelPath | typeof detailPath,
  store: Store,
  body: string,
  overrides: Readonly<Record<string, string>>,
): Promise<Responded<Data>> {
  const request = { headers: headersOf(body, overrides, store), body };
  const response = await sendOnce(`${url}${path}`, request, AbortSignal.timeout(timeoutMs));
  const envelope = documented(response.status, JSON.parse(response.body) as Envelope<Data>, path);
  return { status: response.status, isReplay: response.headers['idempotent-replayed'] === 'true', envelope };
}
