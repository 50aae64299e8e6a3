import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Execution, type ExecutionReport, judgeReport, type Verdict } from '../domain/execution.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import { wrapNumbers } from './client.ts';
import { abortAfter } from './failures.ts';
import { orderKeyOf } from './items.ts';
import { executionOf, type ExecutionRow, executionRow } from './refund-items.ts';

export interface ExecutionRepository {
  /** Puts an execution unless there is one. @throws DatabaseUnavailable when no time remains, or the error of AWS */
  putIfNew(execution: Execution, remainingMs: RemainingMs): Promise<void>;
  /** Takes a report, or says why not, in one round trip. @throws as putIfNew, InvariantViolated */
  take(report: ExecutionReport, nowMs: number, remainingMs: RemainingMs): Promise<Verdict>;
}

export function createExecutionRepository(client: DynamoDBDocumentClient, table: string): ExecutionRepository {
  return {
    async putIfNew(execution, remainingMs) {
      const command = new PutCommand({
        TableName: table,
        Item: executionRow(execution),
        ConditionExpression: 'attribute_not_exists(rid)',
      });
      try {
        await client.send(command, { abortSignal: abortAfter(remainingMs) });
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async take(report, nowMs, remainingMs) {
      const { returnRequestId, attempt, sequence, status } = report;
      const optional = [
        { name: 'why', value: report.failureReason },
        { name: 'psp', value: report.pspReference },
        { name: 'how', value: report.settlement },
      ];
      const given = optional.filter(({ value }) => value !== undefined);
      // What an earlier report said stays, but for the reason of a failure that is none any more.
      const removed = report.failureReason === undefined ? ' REMOVE why' : '';
      const sets = [
        '#sequence = :sequence',
        '#status = :status',
        '#at = :at',
        ...given.map(({ name }) => `${name} = :${name}`),
      ];
      const command = new UpdateCommand({
        TableName: table,
        Key: { orderKey: orderKeyOf(report), rid: returnRequestId },
        UpdateExpression: `SET ${sets.join(', ')}${removed}`,
        // Doubles, reports in another order and late ones fail it, and so does everything after a settlement by hand, or of
        // what nobody was asked for.
        ConditionExpression:
          'att = :attempt AND #sequence < :sequence AND #status <> :resolved AND a = :amount AND cur = :currency ' +
          'AND attribute_not_exists(org)',
        ExpressionAttributeNames: { '#sequence': 'seq', '#status': 'st', '#at': 'at' },
        ExpressionAttributeValues: {
          ':attempt': attempt,
          ':sequence': sequence,
          ':status': status,
          ':resolved': 'RESOLVED',
          ':amount': report.amountMinor,
          ':currency': report.currencyCode,
          ':at': nowMs,
          ...Object.fromEntries(given.map(({ name, value }) => [`:${name}`, value])),
        },
        ReturnValues: 'ALL_OLD',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        const { Attributes } = await client.send(command, { abortSignal: abortAfter(remainingMs) });
        return judgeReport(executionOf(Attributes as ExecutionRow), report);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const row = error.Item && (unmarshall(error.Item, { wrapNumbers }) as ExecutionRow);
        const verdict = judgeReport(row && executionOf(row), report);
        if (verdict.kind === 'TAKEN') throw new Error('A report was refused that can be taken.', { cause: error });
        return verdict;
      }
    },
  };
}
