import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { findExecution } from '../../../../lambda/dynamodb/execution-commands.ts';
import { serviceSource } from '../../../../lambda/events/event-names.ts';
import type { RefundEvent } from '../../../../lambda/events/refund-event.ts';
import type { TableNames } from '../../../../lib/stages.ts';
import { UsageError } from '../../../../tools/command-line.ts';
import { resolveRefund, retryRefund } from '../../../../tools/refunds/change-refund.ts';
import type { ChainBus } from './chain-bus.ts';
import type { PlannedCancellation } from './plan.ts';
import type { UnderWay } from './under-way.ts';

/** What operators have done. */
export interface OperatorDeeds {
  retried: number;
  resolved: number;
  /** What went wrong that must not. */
  readonly failures: string[];
}

interface Surroundings {
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly bus: ChainBus;
  readonly underWay: UnderWay;
  readonly plannedOf: (data: RefundEvent['data']) => PlannedCancellation;
  readonly onChange: (eventId: string) => void;
}

export const refundAccountDays = 365;

/** Somebody who hears of each refund that failed, and lets it be tried again, or settles it by hand at its second failure. */
export function startOperator({ client, tables, bus, underWay, plannedOf, onChange }: Surroundings): OperatorDeeds {
  const deeds: OperatorDeeds = { retried: 0, resolved: 0, failures: [] };

  const change = async (data: RefundEvent['data']): Promise<void> => {
    const { returnRequestId, attempt } = data;
    const { deed, otherAccount } = plannedOf(data);
    if (attempt > 1 && deed.failures === Infinity) {
      const options = { note: 'Paid by hand.', isPendingMeant: false };
      await resolveRefund(client, tables, data, options, Date.now());
      deeds.resolved += 1;
      const resolved = await findExecution(client, tables.executions, data, returnRequestId);
      onChange(`${returnRequestId}-${resolved?.attempt}-${resolved?.sequence}`);
    } else {
      const options = { account: otherAccount, refundAccountDays };
      const next = await retryRefund(client, tables, data, options, Date.now());
      deeds.retried += 1;
      onChange(`${returnRequestId}-${next}-0`);
    }
  };
  const act = async (data: RefundEvent['data']): Promise<void> => {
    for (;;) {
      try {
        return await change(data);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        const execution = await findExecution(client, tables.executions, data, data.returnRequestId);
        // The event came doubled, or late: somebody has done it already.
        if (execution?.status !== 'FAILED' || execution.attempt > data.attempt) return;
      }
    }
  };
  bus.subscribe({ source: [serviceSource], 'detail-type': ['payment.refund_failed.v1'] }, ({ detail }) => {
    act((detail as RefundEvent).data)
      .catch((error: unknown) => deeds.failures.push(`an operator's command: ${String(error)}`))
      .finally(() => underWay.ends());
  });
  return deeds;
}
