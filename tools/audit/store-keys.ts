import { impossibleAttributesOfCredential } from '../../lambda/dynamodb/impossible-rows.ts';
import type { CredentialRow } from '../../lambda/dynamodb/items.ts';
import { impossibleText } from './check-order.ts';
import type { Findings } from './progress.ts';
import { type Audit, reportViolation, type Row, walk } from './walk.ts';

const readAttributes = [
  'accessKeyHash',
  'storeId',
  'divisionCode',
  'channelCode',
  'issuedAt',
  'expiresAt',
] satisfies Array<keyof CredentialRow>;

/**
 * Names every row of the StoreKeys table that cannot be, by the hash of its access key. No hash key leaves the table for
 * that: one walk reads all attributes but the hash key, and another one lets DynamoDB find the rows without a hash key.
 */
export async function walkStoreKeys(run: Audit): Promise<void> {
  const { storeKeys, hashKeys } = run.progress;
  const TableName = run.tables.storeKeys;
  const report = (row: Row, page: Findings, impossible: readonly string[]) =>
    reportViolation(run, `store key ${String(row['accessKeyHash'])}`, page, impossibleText(impossible));

  await walk(run, storeKeys, { TableName, ProjectionExpression: readAttributes.join(', ') }, (rows, page) => {
    page.counts.storeKeys += rows.length;
    for (const row of rows) {
      const impossible = impossibleAttributesOfCredential(row as unknown as CredentialRow);
      // The hash key was not read, so it always looks impossible.
      const others = impossible.filter((name) => name !== 'hashKey');
      if (others.length > 0) report(row, page, others);
    }
  });

  const withoutHashKey = {
    TableName,
    ProjectionExpression: 'accessKeyHash',
    FilterExpression: 'attribute_not_exists(hashKey) OR NOT attribute_type(hashKey, :text) OR hashKey = :empty',
    ExpressionAttributeValues: { ':text': 'S', ':empty': '' },
  };
  await walk(run, hashKeys, withoutHashKey, (rows, page) => {
    for (const row of rows) report(row, page, ['hashKey']);
  });
}
