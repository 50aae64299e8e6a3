import { createExecutor as createSound } from '../../../examples/executor/executor.ts';
import type { Executor } from '../../../tools/conformance/executor.ts';

type Parts = Parameters<typeof createSound>[0];

/** Has a key for each delivery of a request instead of one for each attempt. */
export function createExecutor(parts: Parts): Executor {
  const { psp, now } = parts;
  return createSound({
    ...parts,
    psp: {
      ...psp,
      refund: async (call) => await psp.refund({ ...call, idempotencyKey: `${call.reference}-${now()}` }),
    },
  });
}
