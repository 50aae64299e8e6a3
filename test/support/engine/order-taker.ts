import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createLateDepositRepository } from '../../../lambda/dynamodb/late-deposit-repository.ts';
import { createOrderRepository } from '../../../lambda/dynamodb/order-repository.ts';
import { createPaymentRepository } from '../../../lambda/dynamodb/payment-repository.ts';
import { systemRuntime } from '../../../lambda/environment/runtime.ts';
import { createOrderTaker } from '../../../lambda/order-taker/take-events.ts';
import type { TableNames } from '../../../lib/stages.ts';
import { contextOf } from '../../../tools/in-memory/requests.ts';
import { messageOf } from '../platform-events.ts';

/** For how long accounts are kept here. */
export const accountDays = 10;

/** The real order taker on an engine, and what it has put among the dead letters. */
export interface RunningOrderTaker {
  /** Each dead letter: the event as it came, its id, and the reason. */
  readonly letters: Array<{ readonly eventId: string; readonly reason: string; readonly event: object }>;
  readonly counted: string[];
  /** Hands over events as one batch, and returns which of them come again, by their index. */
  send(...events: readonly object[]): Promise<number[]>;
}

export function runOrderTaker(client: DynamoDBDocumentClient, tables: TableNames): RunningOrderTaker {
  const letters: RunningOrderTaker['letters'] = [];
  const counted: string[] = [];
  const handler = createOrderTaker({
    payments: createPaymentRepository(client, tables.orders),
    orders: createOrderRepository(client, tables, accountDays),
    lateDeposits: createLateDepositRepository(client, tables, accountDays),
    deadLetters: {
      async send(body, reason) {
        const { detail } = JSON.parse(body) as { readonly detail: { readonly id: string } };
        letters.push({ eventId: detail.id, reason, event: detail });
      },
    },
    redelivery: { delay: async () => undefined },
    report: (handled) => counted.push(...handled.counted),
    runtime: systemRuntime,
  });
  return {
    letters,
    counted,
    async send(...events) {
      const Records = events.map((event, index) => messageOf(event, String(index)));
      const { batchItemFailures } = await handler({ Records }, contextOf(10_000));
      return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier)).toSorted((one, two) => one - two);
    },
  };
}
