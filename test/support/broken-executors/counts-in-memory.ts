import { createExecutor as createSound } from '../../../examples/executor/executor.ts';
import type { Executor } from '../../../tools/conformance/executor.ts';

type Parts = Parameters<typeof createSound>[0];

/** Numbers its reports from 1 in each attempt, and from 1 again when its process has started anew. */
export function createExecutor(parts: Parts): Executor {
  const counts = new Map<string, number>();
  return createSound({
    ...parts,
    async report(event) {
      const { returnRequestId, attempt } = event.data;
      const id = `${returnRequestId}-${attempt}`;
      const sequence = (counts.get(id) ?? 0) + 1;
      counts.set(id, sequence);
      await parts.report({ ...event, id: `${id}-${sequence}`, data: { ...event.data, sequence } });
    },
  });
}
