// Independent of lambda/ on purpose: written from the description of webhooks and of the rows of endpoints.

import { hash } from 'node:crypto';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import type { Random } from '../../support/random.ts';
import { mutatedBytes } from './mutate-bytes.ts';
import { oddValue } from './odd-values.ts';
import { account } from './world.ts';

type Row = Readonly<Record<string, unknown>>;

const types = [
  'payment.refund_requested.v1',
  'payment.void_requested.v1',
  'payment.refund_pending.v1',
  'payment.refund_succeeded.v1',
  'payment.refund_failed.v1',
  'payment.refund_resolved.v1',
  'payment.voided.v1',
];

const secretOf = (name: string) => `whsec_${hash('sha256', name, 'base64')}`;

export function hashKeyOfWebhook(secret: string): Buffer {
  return Buffer.from(secret.replace('whsec_', ''), 'base64');
}

/** With a token in its path, as merchants have it. */
export const goodUrl = `https://shop.example/${hash('sha256', 'token of the path')}`;

const at = (ms: number) => BigInt(startOfTest + ms);

/** Mostly one that the commands write, in or out of trouble; now and then one that cannot be. */
export function drawEndpointRow(random: Random): Row {
  const row: Row = {
    storeId: 'STORE-1',
    url: goodUrl,
    ...(random.chance(20) ? { types: random.pick([[types[3]], types]) } : {}),
    secrets: [
      { secret: secretOf('newest') },
      ...(random.chance(30) ? [{ secret: secretOf('older'), until: at(random.pick([-1, 1, 86_400_000])) }] : []),
    ],
    createdAt: at(-1000),
    ...(random.chance(15) ? { failingSince: at(-random.pick([1, 3_599_999, 3_600_000])), busyUntil: at(-1) } : {}),
    ...(random.chance(10) ? { busyUntil: at(random.pick([-1, 0, 1, 14_000])) } : {}),
    ...(random.chance(5) ? { goneAt: at(-5) } : {}),
  };
  if (random.chance(10)) return { ...row, url: random.pick(badUrls) };
  return random.chance(20) ? random.pick(impossible)(row) : row;
}

const badUrls = [
  'http://shop.example/webhooks-of-a-store',
  'https://127.0.0.1/webhooks-of-a-store',
  'https://169.254.169.254/latest/meta-data',
  'https://[::ffff:10.0.0.1]/webhooks-of-a-store',
  'https://0x7f000001/webhooks-of-a-store',
  'https://user:password@shop.example/webhooks',
  'https://shop.example:8443/webhooks-of-a-store',
  'https://shop.example/webhooks#of-a-store',
  'file:///etc/passwd-of-this-machine',
  'not a URL, but long enough to be noticed',
  `https://shop.example/${'x'.repeat(2048)}`,
];

const impossible: ReadonlyArray<(row: Row) => Row> = [
  ({ url: _left, ...row }) => row,
  (row) => ({ ...row, url: 7n }),
  (row) => ({ ...row, url: '' }),
  ({ secrets: _left, ...row }) => row,
  (row) => ({ ...row, secrets: [] }),
  (row) => ({ ...row, secrets: 'whsec_' }),
  (row) => ({ ...row, secrets: [null] }),
  (row) => ({ ...row, secrets: [{ secret: 'whsec_short' }] }),
  (row) => ({ ...row, secrets: [{ secret: secretOf('ended'), until: 1n }] }),
  (row) => ({ ...row, types: [] }),
  (row) => ({ ...row, types: 'all' }),
  (row) => ({ ...row, busyUntil: 'never' }),
  (row) => ({ ...row, failingSince: null }),
  (row) => ({ ...row, goneAt: -1n }),
  ({ createdAt: _left, ...row }) => row,
];

const isTime = (value: unknown) => typeof value === 'bigint' && value >= 0n;

/** Whether the commands and the sender can have written it. */
export function isSoundRow(row: Row): boolean {
  const { url, secrets, types: some, createdAt } = row;
  const isSecret = (one: { secret?: unknown; until?: unknown } | null) =>
    typeof one?.secret === 'string' && one.secret.length === 50 && (one.until === undefined || isTime(one.until));
  const areSecrets = Array.isArray(secrets) && secrets.length > 0 && secrets.every(isSecret);
  return (
    typeof url === 'string' &&
    url !== '' &&
    areSecrets &&
    (secrets[0] as { until?: unknown }).until === undefined &&
    (some === undefined || (Array.isArray(some) && some.length > 0)) &&
    isTime(createdAt) &&
    ['failingSince', 'busyUntil', 'goneAt'].every((name) => row[name] === undefined || isTime(row[name]))
  );
}

/** The body of a message: an event of ours, with an account's place, or what somebody made of it. */
export function webhookBody(random: Random): string {
  const data = {
    storeId: 'STORE-1',
    orderNo: 'ORD-1',
    returnRequestId: `RETREQ${'0'.repeat(26)}`,
    kind: 'REFUND',
    attempt: random.between(1, 3),
    sequence: random.below(3),
    status: 'SUCCEEDED',
    currencyCode: 'USD',
    amount: random.pick([0, 10.5, 999_999_999_999_999]),
    ...(random.chance(30) ? { accountRef: { orderKey: 'STORE-1/ORD-1', refundKey: account.accountNumber } } : {}),
    ...(random.chance(30) ? { pspReference: 'psp-1' } : {}),
    ...(random.chance(20) ? { refundAccount: account, accountNumber: account.accountNumber } : {}),
  };
  const detail = {
    specversion: '1.0',
    id: 'RETREQ-1-1',
    source: 'payment-cancel',
    type: random.pick(types),
    subject: 'STORE-1/ORD-1',
    time: '2026-01-01T00:00:00.000Z',
    data,
  };
  const text = JSON.stringify({ version: '0', detail });
  if (random.chance(10)) {
    const another = () => Buffer.from(JSON.stringify({ detail: { ...detail, id: 'RETREQ-2-1' } }));
    return mutatedBytes(Buffer.from(text), random, another).toString('utf8');
  }
  return random.chance(20) ? spoiled(text, random) : text;
}

/** One value is another one, which may be no JSON. */
function spoiled(text: string, random: Random): string {
  const values = [...text.matchAll(/:("[^"]*"|\d[\d.]*)/g)];
  const { index, 1: value = '' } = random.pick(values);
  return `${text.slice(0, index + 1)}${oddValue(random)}${text.slice(index + 1 + value.length)}`;
}

interface ExpectedWebhook {
  readonly id: string;
  readonly type: string;
  readonly sent: object;
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^[!-~]{1,256}$/.test(value);
const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const named = [
  'storeId',
  'orderNo',
  'returnRequestId',
  'kind',
  'attempt',
  'sequence',
  'status',
  'currencyCode',
  'amount',
  'failureReason',
  'pspReference',
  'settlement',
  'origin',
];

/** What merchants get of a message; undefined where it is no event of ours. */
export function webhookOf(body: string): ExpectedWebhook | undefined {
  let event: unknown;
  try {
    event = (JSON.parse(body) as { detail?: unknown } | null)?.detail;
  } catch {
    return undefined;
  }
  if (!isObject(event)) return undefined;
  const { id, type, time, data } = event;
  if (!isName(id) || !isName(time) || typeof type !== 'string' || !types.includes(type)) return undefined;
  if (!isObject(data) || !isName(data['storeId'])) return undefined;
  const given = named.filter((name) => data[name] !== undefined).map((name) => [name, data[name]] as const);
  if (given.some(([, value]) => typeof value !== 'string' && typeof value !== 'number')) return undefined;
  return { id, type, sent: { type, timestamp: time, data: Object.fromEntries(given) } };
}
