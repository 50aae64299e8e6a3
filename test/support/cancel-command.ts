import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryDetail } from '../../tools/in-memory/memory-detail.ts';
import { type MemoryService, memoryService } from '../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import type { Store } from '../../tools/in-memory/requests.ts';
import { demoStore } from '../../tools/local/demo.ts';
import { type Run, runNode } from './run-node.ts';
import { type Served, serveHandler } from './serve-handler.ts';

/** `npm run cancel` on a service of its own, which has the specification's order. */
export interface CancelCommand {
  readonly service: MemoryService;
  readonly served: Served;
  fileWith(text: string): string;
  /** Runs it with a file of this text. Its first line, which names the API, is left out of what it printed. */
  cancel(text: string, ...options: string[]): Promise<Run>;
  close(): Promise<void>;
}

export async function serveCancelCommand(holder: Store = demoStore): Promise<CancelCommand> {
  const folder = mkdtempSync(join(tmpdir(), 'payment-cancel-test-'));
  const service = memoryService([orderOf({ storeId: holder.storeId })], holder);
  const details = { '/api/v2/payment/detail': memoryDetail(service).handler };
  const served = await serveHandler(service, '/api/v2/payment/cancel', details);
  const fileWith = (text: string) => {
    const file = join(folder, 'request.json');
    writeFileSync(file, text);
    return file;
  };
  return {
    service,
    served,
    fileWith,
    async cancel(text, ...options) {
      const run = await runNode(['bin/cancel.ts', fileWith(text), '--url', served.url, ...options]);
      return { ...run, stderr: run.stderr.replace(/^.*\n/, '') };
    },
    async close() {
      await served.close();
      rmSync(folder, { recursive: true });
    },
  };
}
