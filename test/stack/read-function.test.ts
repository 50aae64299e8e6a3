import { describe, expect, test } from '@jest/globals';
import { readDetailVariables } from '../../lambda/environment/variables.ts';
import { createHistoryRepository } from '../../lambda/dynamodb/history-repository.ts';
import { createCredentialRepository } from '../../lambda/dynamodb/credential-repository.ts';
import { readThrottle } from '../../lib/reserved-instances.ts';
import { stubClient } from '../support/stub-client.ts';
import { stageNames } from '../support/assemblies.ts';
import { propertiesOf, templatesByStage, textOf } from '../support/templates.ts';
import { variablesOf } from '../support/variables.ts';

const templates = templatesByStage();
const functionOf = (stage: (typeof stageNames)[number]) =>
  propertiesOf(templates[stage], 'AWS::Lambda::Function', 'DetailsDetailFunction');
const environmentOf = (stage: (typeof stageNames)[number]) =>
  (functionOf(stage)['Environment'] as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;

describe('the detail function', () => {
  test.each(stageNames)('of %s logs into a log group of its own', (stage) => {
    const { LogGroup } = functionOf(stage)['LoggingConfig'] as Record<string, unknown>;
    expect(textOf(LogGroup)).toBe('<DetailsDetailLogs>');
  });

  test.each(stageNames)('of %s has exactly the environment that its configuration reads, and its own name', (stage) => {
    expect(Object.keys(environmentOf(stage)).toSorted()).toEqual(variablesOf(readDetailVariables).toSorted());
    expect(environmentOf(stage)['SERVICE_NAME']).toBe(`payment-detail-${stage}`);
  });

  test.each([
    ['ORDERS_TABLE', '<TablesOrders>'],
    ['CANCELLATIONS_TABLE', '<TablesCancellations>'],
    ['EXECUTIONS_TABLE', '<TablesExecutions>'],
    ['STORE_KEYS_TABLE', '<TablesStoreKeys>'],
  ])('finds in %s the name of %s', (variable, table) => {
    for (const stage of stageNames) expect(textOf(environmentOf(stage)[variable])).toBe(table);
  });

  test.each([
    { stage: 'dev', instances: undefined },
    { stage: 'staging', instances: 100 },
    { stage: 'prod', instances: 100 },
  ] as const)('of $stage takes no instance from the cancel function: $instances of its own', ({ stage, instances }) => {
    expect(functionOf(stage)['ReservedConcurrentExecutions']).toBe(instances);
    expect(readThrottle.rate + readThrottle.burst).toBeLessThanOrEqual(instances ?? Infinity);
  });

  test('makes the calls that it has permissions for, and no others', async () => {
    const { client, sent } = stubClient({}, {}, {}, {});
    const orderId = { storeId: 'STORE-1', orderNo: 'ORD-1' };
    const history = createHistoryRepository(client, {
      orders: 'orders',
      cancellations: 'cancellations',
      executions: 'executions',
    });
    await history.findOrder(orderId, () => 1000);
    await history.listCancellations(orderId, 1, () => 1000);
    await history.listExecutions(orderId, 1, () => 1000);
    await createCredentialRepository(client, 'store-keys', () => 0).find('access-key-1', () => 1000);
    expect(sent.map(({ name, input }) => `${name} ${(input as { TableName: string }).TableName}`)).toEqual([
      'GetCommand orders',
      'QueryCommand cancellations',
      'QueryCommand executions',
      'GetCommand store-keys',
    ]);
  });
});
