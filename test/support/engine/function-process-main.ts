import { once } from 'node:events';
import { startFunction } from '../../../tools/local/function-host.ts';
import type { Start } from './function-process.ts';

// The process of function-process.ts: it gets the function to start, then one event after the other.
const [{ deployed, environment }] = (await once(process, 'message')) as [Start];
const host = await startFunction(deployed, environment);
process.on('message', (event) => {
  void host.invoke(event).then((result) => process.send?.(result));
});
process.send?.('started');
