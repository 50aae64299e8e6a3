import { describe, expect, test } from '@jest/globals';
import { stageNamed } from '../../../../../lib/stages.ts';
import { leftovers } from '../../../../../tools/operator/preflight/leftovers.ts';
import { type Answers, awsError, stubAws } from '../../../../support/stub-aws.ts';

const nothing: Answers = {
  DescribeTable: awsError('ResourceNotFoundException'),
  ListBackupVaults: { BackupVaultList: [] },
  DescribeLogGroups: { logGroups: [] },
  GetResources: { ResourceTagMappingList: [] },
};
const orders = 'payment-cancel-prod-orders';

/** Answers of an account where only the table of orders is left. */
const leftOrders = (table: object, items: number): Answers => ({
  DescribeTable: ({ TableName }: { readonly TableName: string }) =>
    TableName === orders ? { Table: table } : awsError('ResourceNotFoundException'),
  Scan: { Count: items },
});
const groups = (...names: string[]): Answers => ({
  DescribeLogGroups: { logGroups: names.map((logGroupName) => ({ logGroupName })) },
});
const vaults = (name: string, copies: number): Answers => ({
  ListBackupVaults: ({ NextToken }: { readonly NextToken?: string }) =>
    NextToken === undefined
      ? { BackupVaultList: [{ BackupVaultName: 'Default', NumberOfRecoveryPoints: 9 }], NextToken: 'next' }
      : { BackupVaultList: [{ BackupVaultName: name, NumberOfRecoveryPoints: copies }] },
});
const leftKey = (state: string): Answers => ({
  GetResources: { ResourceTagMappingList: [{ ResourceARN: 'arn:aws:kms:us-east-1:111111111111:key/k-1' }] },
  DescribeKey: {
    KeyMetadata: { KeyId: 'k-1', KeyState: state, Description: 'Tables and logs of payment-cancel-prod' },
  },
});

async function find(answers: Answers, status?: string) {
  const { clients, calls } = stubAws({ ...nothing, ...answers });
  const environment = { account: '111111111111', region: 'us-east-1' };
  const stack = status === undefined ? undefined : { name: 'payment-cancel-prod', status, isProtected: true };
  const problems = await leftovers.find({ stage: stageNamed('prod'), environment, clients, stack });
  return { problems, calls };
}

describe('what an earlier stack has left', () => {
  test('is looked for by the names of the stage', async () => {
    const { problems, calls } = await find({});
    expect(problems).toEqual([]);
    expect(calls).toEqual([
      ['DescribeTable', { TableName: orders }],
      ['DescribeTable', { TableName: 'payment-cancel-prod-cancellations' }],
      ['DescribeTable', { TableName: 'payment-cancel-prod-store-keys' }],
      ['DescribeTable', { TableName: 'payment-cancel-prod-refund-accounts' }],
      ['DescribeTable', { TableName: 'payment-cancel-prod-executions' }],
      ['DescribeTable', { TableName: 'payment-cancel-prod-endpoints' }],
      ['ListBackupVaults', {}],
      ['DescribeLogGroups', { logGroupNamePrefix: 'aws-waf-logs-payment-cancel-prod' }],
      [
        'GetResources',
        expect.objectContaining({
          TagFilters: [
            { Key: 'service', Values: ['payment-cancel'] },
            { Key: 'stage', Values: ['prod'] },
          ],
        }),
      ],
    ]);
  });

  test('is not looked for where there is a stack that has it', async () => {
    expect(await find(leftOrders({}, 0), 'UPDATE_COMPLETE')).toEqual({ problems: [], calls: [] });
    expect((await find(leftOrders({}, 0), 'ROLLBACK_COMPLETE')).problems).toHaveLength(1);
  });
});

describe('a table that is left', () => {
  const remove = `aws dynamodb delete-table --table-name ${orders}`;

  test.each([
    [{}, remove],
    [
      { DeletionProtectionEnabled: true },
      `aws dynamodb update-table --no-deletion-protection-enabled --table-name ${orders} && aws dynamodb wait table-exists --table-name ${orders} && ${remove}`,
    ],
  ])('and empty may be deleted: %j', async (table, mend) => {
    expect((await find(leftOrders(table, 0))).problems).toEqual([
      { what: `The table ${orders} is left of an earlier stack, and empty.`, mend },
    ]);
  });

  test('and has items is to be kept: no command deletes it, or the key that it may be encrypted with', async () => {
    const { problems } = await find({ ...leftOrders({ DeletionProtectionEnabled: true }, 1), ...leftKey('Enabled') });
    expect(problems).toEqual([
      {
        what: expect.stringContaining('has items: keep it'),
        mend: `aws dynamodb create-backup --table-name ${orders} --backup-name ${orders}-kept`,
      },
    ]);
    expect(JSON.stringify(problems)).not.toContain('delet');
  });

  test('is asked for its items now, because the count that a table has is hours old', async () => {
    const { calls } = await find(leftOrders({ ItemCount: 0 }, 1));
    expect(calls).toContainEqual(['Scan', { TableName: orders, Limit: 1, ConsistentRead: true }]);
  });
});

describe('what else is left', () => {
  test('is the log group of the firewall, by its whole name', async () => {
    const name = 'aws-waf-logs-payment-cancel-prod';
    expect((await find(groups(`${name}-old`))).problems).toEqual([]);
    expect((await find(groups(`${name}-old`, name))).problems).toMatchObject([
      { mend: `aws logs delete-log-group --log-group-name ${name}` },
    ]);
  });

  test('is the vault, by its whole name, on whatever page it is listed', async () => {
    const name = 'payment-cancel-prod';
    expect((await find(vaults(`${name}-old`, 0))).problems).toEqual([]);
    expect((await find(vaults(name, 0))).problems).toEqual([
      {
        what: `The vault ${name} is left of an earlier stack, and empty.`,
        mend: `aws backup delete-backup-vault --backup-vault-name ${name}`,
      },
    ]);
  });

  test('is a vault with copies, which is to be kept: no command deletes it, or the key of the copies', async () => {
    const { problems } = await find({ ...vaults('payment-cancel-prod', 1), ...leftKey('Enabled') });
    expect(problems).toEqual([
      {
        what: expect.stringContaining('has copies: keep it'),
        mend: 'in lib/stages.ts, backupVaultName: return `payment-cancel-${stage}-2`;',
      },
    ]);
    expect(JSON.stringify(problems)).not.toContain('delet');
  });

  test('is no vault in a stage that makes no copies', async () => {
    const { clients, calls } = stubAws(nothing);
    const environment = { account: '111111111111', region: 'us-east-1' };
    await leftovers.find({ stage: stageNamed('staging'), environment, clients, stack: undefined });
    expect(calls.map(([name]) => name)).not.toContain('ListBackupVaults');
  });

  test('is a key, which is only a note, because it stops nothing', async () => {
    expect((await find(leftKey('Enabled'))).problems).toEqual([
      {
        what: expect.stringContaining('The key "Tables and logs of payment-cancel-prod" is left of an earlier stack.'),
        mend: 'aws kms schedule-key-deletion --pending-window-in-days 30 --key-id k-1',
        isNote: true,
      },
    ]);
  });

  test('is not a key that is being deleted already', async () => {
    expect((await find(leftKey('PendingDeletion'))).problems).toEqual([]);
  });
});
