import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Execution } from '../domain/execution.ts';
import type { Order } from '../domain/order.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import { accountOfNextAttempt, type CommandOutcome, findAccount, payBackDeposit } from './execution-commands.ts';
import type { RefundTables } from './execution-commands.ts';
import { abortAfter, read } from './failures.ts';
import { orderKeyOf } from './items.ts';
import { executionOf, type ExecutionRow, isCompleteAccount } from './refund-items.ts';

/** What becomes of money that was captured after its order was voided. @throws DatabaseUnavailable, InvariantViolated */
export interface LateDepositRepository {
  /** The execution of an order's void, strongly consistent; undefined if there is none yet. One round trip. */
  findVoid(order: Order, remainingMs: RemainingMs): Promise<Execution | undefined>;
  /**
   * Asks for a refund in full as the next attempt of the void, if its execution is still as it was read. Where the money
   * needs a bank account and none is kept, the attempt has FAILED, and waits for somebody to give one. At most two round
   * trips. @throws the error of AWS as well
   */
  payBack(order: Order, execution: Execution, nowMs: number, remainingMs: RemainingMs): Promise<CommandOutcome>;
}

const dayMs = 24 * 60 * 60 * 1000;

/** @param refundAccountDays for how long a refund account is kept */
export function createLateDepositRepository(
  client: DynamoDBDocumentClient,
  tables: RefundTables,
  refundAccountDays: number,
): LateDepositRepository {
  return {
    async findVoid(order, remainingMs) {
      const command = new QueryCommand({
        TableName: tables.executions,
        KeyConditionExpression: 'orderKey = :orderKey',
        ExpressionAttributeValues: { ':orderKey': orderKeyOf(order) },
        ConsistentRead: true,
        // A voided order has this one cancellation and no other.
        Limit: 1,
      });
      const { Items = [] } = await read(() => client.send(command, { abortSignal: abortAfter(remainingMs) }));
      const [row] = Items as ExecutionRow[];
      return row && executionOf(row);
    },

    async payBack(order, execution, nowMs, remainingMs) {
      const row = execution.hasAccount
        ? await read(() => findAccount(client, tables.refundAccounts, execution, nowMs, abortAfter(remainingMs)))
        : undefined;
      // A void may have been sent with a part of an account only, which no bank can pay.
      const account = row && isCompleteAccount(row) ? row : undefined;
      const needsAccount = order.refundMethod === 'BANK_ACCOUNT' || execution.hasAccount;
      const next = account && accountOfNextAttempt(account, execution, nowMs + refundAccountDays * dayMs);
      const isMissing = needsAccount && next === undefined;
      return await payBackDeposit(
        client,
        tables,
        execution,
        { account: next, isMissing, nowMs },
        abortAfter(remainingMs),
      );
    },
  };
}
