import { paginateListBackupVaults } from '@aws-sdk/client-backup';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTableCommand,
  type DynamoDBClient,
  ScanCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import { backupVaultName, firewallLogName, tableNamesOf } from '../../../lib/stages.ts';
import { type Check, isNamed, type Place, type Problem } from './check.ts';
import { isStillborn } from './stack-state.ts';

/**
 * What an earlier stack has left behind: with a name of the stage, so that the first deployment would end in "already
 * exists". What is empty may be deleted. What is not is never proposed for deletion.
 */
export const leftovers: Check = {
  name: 'leftovers',
  async find(place) {
    if (place.stack !== undefined && !isStillborn(place.stack)) return [];
    const kept: Problem[] = [];
    for (const name of Object.values(tableNamesOf(place.stage.name))) {
      kept.push(...(await leftTable(place.clients.dynamoDb, name)));
    }
    kept.push(...(await leftVault(place)));
    return [...kept, ...(await leftLogGroup(place)), ...(kept.length > 0 ? [] : await leftKeys(place))];
  },
};

async function leftTable(client: DynamoDBClient, name: string): Promise<Problem[]> {
  const table = await findTable(client, name);
  if (table === undefined) return [];
  // ItemCount of DescribeTable is hours old.
  const { Count } = await client.send(new ScanCommand({ TableName: name, Limit: 1, ConsistentRead: true }));
  if (Count !== 0) {
    return [
      {
        what: `The table ${name} is left of an earlier stack, and has items: keep it, and see "Restore" in docs/operations.md.`,
        mend: `aws dynamodb create-backup --table-name ${name} --backup-name ${name}-kept`,
      },
    ];
  }
  const commands = [
    ...(table.DeletionProtectionEnabled === true
      ? [
          `aws dynamodb update-table --no-deletion-protection-enabled --table-name ${name}`,
          // A table that is still being changed cannot be deleted.
          `aws dynamodb wait table-exists --table-name ${name}`,
        ]
      : []),
    `aws dynamodb delete-table --table-name ${name}`,
  ];
  return [{ what: `The table ${name} is left of an earlier stack, and empty.`, mend: commands.join(' && ') }];
}

async function findTable(client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

/** Nobody may delete copies before their time, and no vault that has some. */
async function leftVault({ stage, clients: { backup } }: Place): Promise<Problem[]> {
  if (!stage.hasBackups) return [];
  const name = backupVaultName(stage.name);
  for await (const { BackupVaultList = [] } of paginateListBackupVaults({ client: backup }, {})) {
    const vault = BackupVaultList.find(({ BackupVaultName }) => BackupVaultName === name);
    if (vault === undefined) continue;
    const what = `The vault ${name} is left of an earlier stack`;
    if (vault.NumberOfRecoveryPoints === 0) {
      return [{ what: `${what}, and empty.`, mend: `aws backup delete-backup-vault --backup-vault-name ${name}` }];
    }
    return [
      {
        what: `${what}, and has copies: keep it, with its key, and give the new one another name.`,
        mend: `in lib/stages.ts, backupVaultName: return \`payment-cancel-\${stage}-2\`;`,
      },
    ];
  }
  return [];
}

/** The firewall's: the only log group with a fixed name. */
async function leftLogGroup({ stage, clients: { logs } }: Place): Promise<Problem[]> {
  const name = firewallLogName(stage.name);
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  if (!logGroups.some(({ logGroupName }) => logGroupName === name)) return [];
  const what = `The log group ${name} is left of an earlier stack. Its lines are lost with it: export them first if they matter.`;
  return [{ what, mend: `aws logs delete-log-group --log-group-name ${name}` }];
}

/** Keys cost a dollar a month and stop nothing. Backups and logs may still be encrypted with them. */
async function leftKeys({ stage, clients: { kms, tagging } }: Place): Promise<Problem[]> {
  const filters = [
    { Key: 'service', Values: ['payment-cancel'] },
    { Key: 'stage', Values: [stage.name] },
  ];
  const notes: Problem[] = [];
  const pages = paginateGetResources({ client: tagging }, { TagFilters: filters, ResourceTypeFilters: ['kms:key'] });
  for await (const { ResourceTagMappingList = [] } of pages) {
    for (const { ResourceARN } of ResourceTagMappingList) {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: ResourceARN }));
      if (KeyMetadata?.KeyState !== 'Enabled') continue;
      notes.push({
        what: `The key "${KeyMetadata.Description}" is left of an earlier stack. Without it, backups and logs of that stack cannot be read.`,
        mend: `aws kms schedule-key-deletion --pending-window-in-days 30 --key-id ${KeyMetadata.KeyId}`,
        isNote: true,
      });
    }
  }
  return notes;
}
