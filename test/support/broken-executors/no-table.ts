import { createExecutor as createSound } from '../../../examples/executor/executor.ts';
import type { Executor, ExecutorParts, TableRow } from '../../../tools/conformance/executor.ts';

type Parts = Parameters<typeof createSound>[0];

/** Relies on the PSP's idempotency keys, which end: what it remembers itself is gone with its process. */
export function createExecutor(parts: Parts): Executor {
  return createSound({ ...parts, table: memoryTable(), psp: { ...parts.psp, find: async () => undefined } });
}

function memoryTable<Row extends TableRow>(): ExecutorParts<Row>['table'] {
  const rows = new Map<string, Row>();
  return {
    get: async (id) => rows.get(id),
    put: async (row) => {
      if (row.version !== (rows.get(row.id)?.version ?? 0) + 1) return false;
      rows.set(row.id, row);
      return true;
    },
  };
}
