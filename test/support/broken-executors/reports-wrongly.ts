import { createExecutor as createSound } from '../../../examples/executor/executor.ts';
import type { Executor } from '../../../tools/conformance/executor.ts';

type Parts = Parameters<typeof createSound>[0];

/** Reports amounts in minor units, and writes the account that it paid to into its reports. */
export function createExecutor(parts: Parts): Executor {
  const accounts = new Map<string, string>();
  return createSound({
    ...parts,
    psp: {
      ...parts.psp,
      async refund(call) {
        if (call.account !== undefined) accounts.set(call.reference, call.account.accountNumber);
        return await parts.psp.refund(call);
      },
    },
    async report(event) {
      const { returnRequestId, attempt, amount } = event.data;
      const pspReference = accounts.get(`${returnRequestId}-${attempt}`);
      const data = { ...event.data, amount: amount * 100, ...(pspReference === undefined ? {} : { pspReference }) };
      await parts.report({ ...event, data });
    },
  });
}
