import { Resolver } from 'node:dns/promises';
import type { Resolve } from './public-address.ts';

/**
 * Asks DNS for all addresses of a name, for some six seconds at most. Not by dns.lookup: that uses one of four threads
 * for as long as a server of names is silent, and a merchant whose server hangs would keep all others waiting.
 */
export function createResolve(): Resolve {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  return async (hostname) => {
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (addresses.length === 0 && failed !== undefined) throw failed.reason as Error;
    return addresses;
  };
}
