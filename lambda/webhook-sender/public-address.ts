import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import ipaddr from 'ipaddr.js';

// Where webhooks may go. Merchants name the URL, so it must not lead into a network that only this service can reach:
// the address that is checked is the one that is connected to, whatever DNS says a moment later.

export const maxUrlLength = 2048;

export type ReadUrl =
  | { readonly ok: true; readonly url: URL }
  /** What would be accepted, without the URL. */
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the URL of an endpoint. A host name is only checked when it is resolved.
 * @param allowsLocal whether http to a loopback address is accepted too, on any port
 */
export function readUrl(text: string, allowsLocal: boolean): ReadUrl {
  if (text.length > maxUrlLength) return problem(`must have at most ${maxUrlLength} characters`);
  const url = /^[!-~]+$/.test(text) ? URL.parse(text) : null;
  if (url === null) return problem('must be a URL such as https://shop.example/webhooks');
  if (text.includes('#')) return problem('must have no fragment (#)');
  if (url.username !== '' || url.password !== '') return problem('must have no user name and no password');
  if (allowsLocal && url.protocol === 'http:' && isLoopbackHost(url.hostname)) return { ok: true, url };
  if (url.protocol !== 'https:') {
    return problem(`must begin with https://${allowsLocal ? ', or with http:// and a loopback address' : ''}`);
  }
  if (url.port !== '') return problem('must be on port 443');
  const literal = literalIn(url.hostname);
  if (literal !== undefined && !isPublicAddress(literal)) return problem('must lead to a public address');
  return { ok: true, url };
}

function problem(accepted: string): ReadUrl {
  return { ok: false, problem: accepted };
}

/** Whether an address, v4 or v6, is one of the internet's that one host has. */
export function isPublicAddress(address: string): boolean {
  const parsed = parse(address);
  if (parsed?.range() !== 'unicast') return false;
  // Of IPv6 only what is assigned for the internet. The rest leads nowhere, inside, or to an address of IPv4.
  return parsed.kind() === 'ipv4' || parsed.match(assignedV6);
}

const assignedV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Why nothing is connected to: a name leads to an address that is not public, or to none. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_NOT_PUBLIC';
}

/** All addresses of a host name. @throws Error when there are none, or DNS does not answer */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** For https.request: hands on the addresses of the host only if every one of them may be connected to. */
export function guardedLookup(url: URL, resolve: Resolve): LookupFunction {
  const find = callbackify(allowedAddresses);
  return (hostname, { all }, callback) => {
    find(url, hostname, resolve, (error, addresses) => {
      const [first] = error === null ? addresses : [];
      if (first === undefined) callback(error, '');
      else if (all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function allowedAddresses(url: URL, hostname: string, resolve: Resolve): Promise<LookupAddress[]> {
  const isLocal = url.protocol === 'http:';
  const addresses = isLocal ? loopbackAddresses : await resolve(hostname);
  const isAllowed = addresses.length > 0 && (isLocal || addresses.every(isPublicAddress));
  if (!isAllowed) throw new AddressRefused('The host leads to an address that is not public.');
  return addresses.map((address) => ({ address, family: isIP(address) }));
}

/** Of localhost. DNS is not asked, because it may say anything. */
const loopbackAddresses = ['127.0.0.1', '::1'];

function isLoopbackHost(hostname: string): boolean {
  const literal = literalIn(hostname);
  return literal === undefined ? hostname === 'localhost' : parse(literal)?.range() === 'loopback';
}

/** The address that stands in a URL in the place of a host name. URL has brought every form of it into the usual one. */
function literalIn(hostname: string): string | undefined {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 ? undefined : address;
}

function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return isIP(address) === 0 ? undefined : ipaddr.parse(address);
}
