import { createExecutor as createSound } from '../../../examples/executor/executor.ts';
import type { Executor, PspAnswer } from '../../../tools/conformance/executor.ts';

type Parts = Parameters<typeof createSound>[0];

/** Takes a call that was not answered for one that did nothing. */
export function createExecutor(parts: Parts): Executor {
  const { psp } = parts;
  return createSound({
    ...parts,
    psp: {
      ...psp,
      async refund(call): Promise<PspAnswer> {
        try {
          return await psp.refund(call);
        } catch {
          return { operation: 'REFUND', status: 'FAILED', code: 'TIMEOUT' };
        }
      },
    },
  });
}
