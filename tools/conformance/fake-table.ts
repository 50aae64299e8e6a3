import type { TableRow } from './executor.ts';

/** The executor's table: it survives the executor. */
export class FakeTable {
  readonly rows = new Map<string, TableRow>();

  get(id: string): TableRow | undefined {
    return structuredClone(this.rows.get(id));
  }

  put(row: TableRow): boolean {
    const seen = this.rows.get(row.id)?.version ?? 0;
    if (row.version !== seen + 1) return false;
    this.rows.set(row.id, structuredClone(row));
    return true;
  }
}
