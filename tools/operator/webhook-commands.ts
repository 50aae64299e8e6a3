import { type Endpoint, isPaused, validSecrets } from '../../lambda/domain/endpoint.ts';
import { type EventType, eventTypes } from '../../lambda/events/event-names.ts';
import { isPublicAddress, readUrl, type Resolve } from '../../lambda/webhook-sender/public-address.ts';
import { createResolve } from '../../lambda/webhook-sender/resolve.ts';
import { UsageError } from '../command-line.ts';
import { remove, resume, rotateSecret, setEndpoint, theEndpoint } from '../webhooks/change-endpoint.ts';
import { type Command, identifier, type Options, refuseExtra } from './admin-options.ts';
import type { Target } from './target.ts';

// The commands about webhooks: what npm run admin reads from the command line for them, and what it prints.

export const webhookCommands = {
  'set-webhook': { takes: ['store', 'url', 'types'], run: set },
  'rotate-webhook-secret': { takes: ['store'], run: rotate },
  'show-webhook': { takes: ['store'], run: show },
  'resume-webhook': { takes: ['store'], run: resumePaused },
  'remove-webhook': { takes: ['store'], run: removeOne },
} as const satisfies Readonly<Record<string, Command>>;

async function set({ client, tables, isStage }: Target, options: Options, operands: string[]): Promise<void> {
  const storeId = identifier('store', options.store);
  const url = urlOf(options.url, !isStage);
  const types = options.types === undefined ? undefined : typesOf(options.types);
  refuseExtra(operands);
  const warning = await doubtAbout(url, createResolve());
  if (warning !== undefined) console.error(warning);
  const secret = await setEndpoint(client, tables.endpoints, storeId, { url: url.href, types }, Date.now());
  const which = types === undefined ? 'of all types' : `of the types ${types.join(', ')}`;
  console.log(`Webhooks ${which} of ${storeId} go to ${url.href}`);
  if (secret === undefined) console.log('The secrets stay as they are.');
  else console.log(`Secret  ${secret}\n\nIt is not shown again: hand it over now.`);
}

async function rotate({ client, tables }: Target, options: Options, operands: string[]): Promise<void> {
  const storeId = identifier('store', options.store);
  refuseExtra(operands);
  const { secret, olderUntilMs, hasEndedOne } = await rotateSecret(client, tables.endpoints, storeId, Date.now());
  const ended = hasEndedOne ? ' The one before that has ended now.' : '';
  console.log(`Secret  ${secret}

It is not shown again: hand it over now. The one before is valid until ${instantOf(olderUntilMs)}.${ended}`);
}

async function show({ client, tables }: Target, options: Options, operands: string[]): Promise<void> {
  const storeId = identifier('store', options.store);
  refuseExtra(operands);
  console.log(JSON.stringify(viewOf(await theEndpoint(client, tables.endpoints, storeId), Date.now()), null, 2));
}

async function resumePaused({ client, tables }: Target, options: Options, operands: string[]): Promise<void> {
  const storeId = identifier('store', options.store);
  refuseExtra(operands);
  await resume(client, tables.endpoints, storeId, Date.now());
  console.log(`Webhooks of ${storeId} are sent again. Those that are dead letters have to be redriven.`);
}

async function removeOne({ client, tables }: Target, options: Options, operands: string[]): Promise<void> {
  const storeId = identifier('store', options.store);
  refuseExtra(operands);
  await remove(client, tables.endpoints, storeId);
  console.log(`${storeId} gets no webhooks any more. Its secrets are gone.`);
}

/** What an operator may see of an endpoint: all but the secrets. */
function viewOf(endpoint: Endpoint, nowMs: number): object {
  const { storeId, url, types, secrets, createdAtMs, failingSinceMs, busyUntilMs, goneAtMs } = endpoint;
  const older = secrets.find(({ untilMs }) => untilMs !== undefined && untilMs > nowMs);
  return {
    storeId,
    url,
    types: types ?? 'all',
    state: stateOf(endpoint, nowMs),
    createdAt: instantOf(createdAtMs),
    validSecrets: validSecrets(endpoint, nowMs).length,
    ...(older?.untilMs === undefined ? {} : { olderSecretUntil: instantOf(older.untilMs) }),
    ...(failingSinceMs === undefined ? {} : { failingSince: instantOf(failingSinceMs) }),
    ...(busyUntilMs === undefined ? {} : { calledOneAtATime: true }),
    ...(goneAtMs === undefined ? {} : { goneAt: instantOf(goneAtMs) }),
  };
}

function stateOf(endpoint: Endpoint, nowMs: number): string {
  if (endpoint.goneAtMs !== undefined) return 'GONE';
  if (isPaused(endpoint, nowMs)) return 'PAUSED';
  if (endpoint.failingSinceMs !== undefined) return 'FAILING';
  return endpoint.busyUntilMs === undefined ? 'GOOD' : 'SLOW';
}

/** @throws UsageError saying which URL would be accepted */
function urlOf(text: string | undefined, allowsLocal: boolean): URL {
  const read = readUrl(text ?? '', allowsLocal);
  if (!read.ok) throw new UsageError(`--url ${read.problem}.`);
  return read.url;
}

/** @throws UsageError naming the types that there are */
function typesOf(text: string): EventType[] {
  const types = text.split(',').map((type) => eventTypes.find((one) => one === type));
  const known = types.filter((type) => type !== undefined);
  if (known.length === types.length) return [...new Set(known)];
  throw new UsageError(`--types must be of ${eventTypes.join(', ')}, separated by commas.`);
}

/** @returns a warning when DNS does not answer now @throws UsageError when the host leads to an address that is not public */
async function doubtAbout({ protocol, hostname }: URL, resolve: Resolve): Promise<string | undefined> {
  if (protocol === 'http:' || /^[\d.]+$|^\[/.test(hostname)) return undefined;
  let addresses: readonly string[];
  try {
    addresses = await resolve(hostname);
  } catch {
    return 'Warning: DNS has no address of this host now. Webhooks wait until it has.';
  }
  if (addresses.every(isPublicAddress)) return undefined;
  throw new UsageError('--url must lead to public addresses only, and this host has another one.');
}

function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}
