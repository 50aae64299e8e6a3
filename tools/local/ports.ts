import { once } from 'node:events';
import { createServer } from 'node:net';
import { portError } from '../command-line.ts';

/**
 * Finds a port on loopback that nothing listens on: the given one, or any free one for 0.
 * @throws UsageError naming the option that sets another port
 */
export async function freePort(port: number, option: string): Promise<number> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
  } catch (error) {
    throw portError(error, port, option);
  }
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
}
