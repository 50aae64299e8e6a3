import { createCancelTelemetry } from '../../../../lambda/cancel/telemetry.ts';
import type { TableNames } from '../../../../lib/stages.ts';
import { type HandlerInstance, invoke, startInstance } from '../../../support/engine/fleet.ts';
import type { PlannedCancellation } from './plan.ts';

/** A cancellation that was made: the response says under which id. */
export interface MadeCancellation {
  readonly planned: PlannedCancellation;
  readonly returnRequestId: string;
}

const maxTries = 20;

/**
 * Sends all cancellations through the real handler.
 * @param atOnce so many at once
 * @param onMade the next one is sent when it has resolved
 * @throws Error when one is not a success
 */
export async function cancelAll(
  tables: TableNames,
  cancellations: readonly PlannedCancellation[],
  atOnce: number,
  onMade: (made: MadeCancellation) => Promise<void>,
): Promise<void> {
  const queue = cancellations.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      const telemetry = createCancelTelemetry({ service: 'cancel', version: 'campaign' }, Date.now);
      const instance = startInstance(tables, telemetry);
      try {
        for (const planned of queue) {
          await onMade({ planned, returnRequestId: await cancel(instance, planned) });
        }
      } finally {
        instance.stop();
      }
    }),
  );
}

async function cancel({ handler }: HandlerInstance, { store, order, text }: PlannedCancellation): Promise<string> {
  const headers = { 'X-Currency-Code': order.currencyCode };
  for (let tries = 1; ; tries += 1) {
    const { status, envelope } = await invoke(handler, store, text, headers);
    if (status === 200 && envelope.data) return envelope.data.returnRequestId;
    if (status !== 503 || tries === maxTries) {
      throw new Error(`A cancellation of ${order.orderNo} was answered ${status}: ${JSON.stringify(envelope)}`);
    }
  }
}
