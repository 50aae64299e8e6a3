import { describe, expect, test } from '@jest/globals';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Execution } from '../../../../lambda/domain/execution.ts';
import { resolveExecution, retryExecution } from '../../../../lambda/dynamodb/execution-commands.ts';
import { sdkError, stubClient } from '../../../support/stub-client.ts';

const execution: Execution = {
  storeId: 'S',
  orderNo: 'N',
  returnRequestId: 'RETREQ1',
  kind: 'REFUND',
  currencyCode: 'KRW',
  amountMinor: 1000n,
  attempt: 2,
  sequence: 3,
  status: 'FAILED',
  requestedAtMs: 1,
  updatedAtMs: 2,
  hasAccount: true,
};
const tables = { executions: 'executions', refundAccounts: 'accounts' };

const canceledFor = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'The transaction was canceled.',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('a write of an operator', () => {
  test.each<[string, object, string]>([
    ['is done', {}, 'DONE'],
    ['finds it changed', canceledFor('ConditionalCheckFailed', 'None'), 'CHANGED'],
    ['meets another write at the same moment', canceledFor('TransactionConflict', 'None'), 'BUSY'],
    ['meets another write of its account', canceledFor('None', 'TransactionConflict'), 'BUSY'],
  ])('%s', async (_what, answer, outcome) => {
    const { client } = stubClient(answer);
    expect(await retryExecution(client, tables, execution, undefined, 9)).toBe(outcome);
  });

  test.each([canceledFor('ValidationError'), sdkError('AccessDeniedException', 400)])('fails: %s', async (error) => {
    const { client } = stubClient(error);
    await expect(resolveExecution(client, 'executions', execution, 'by hand', 9)).rejects.toBe(error);
  });

  test('changes an execution that is as it was read, and its account together with it', async () => {
    const { client, sent } = stubClient({});
    const account = { orderKey: 'S/N', refundKey: 'RETREQ1#3', n: '1', until: 5n };
    await retryExecution(client, tables, execution, account, 9);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.input).toMatchObject({
      TransactItems: [
        {
          Update: {
            Key: { orderKey: 'S/N', rid: 'RETREQ1' },
            ConditionExpression: '#kind = :wasKind AND #att = :attempt AND #seq = :sequence AND #st = :status',
            ExpressionAttributeValues: { ':attempt': 2, ':sequence': 3, ':status': 'FAILED', ':att': 3, ':seq': 0 },
          },
        },
        { Put: { TableName: 'accounts', Item: account } },
      ],
    });
  });
});
