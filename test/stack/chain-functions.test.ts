import { describe, expect, test } from '@jest/globals';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createEndpointRepository } from '../../lambda/dynamodb/endpoint-repository.ts';
import { createLateDepositRepository } from '../../lambda/dynamodb/late-deposit-repository.ts';
import { type CancellationWrite, createOrderRepository } from '../../lambda/dynamodb/order-repository.ts';
import { createPaymentRepository } from '../../lambda/dynamodb/payment-repository.ts';
import { executionRow, refundAccountKeyOf } from '../../lambda/dynamodb/refund-items.ts';
import { createExecutionRepository } from '../../lambda/dynamodb/execution-repository.ts';
import {
  localReceiverVariable,
  readOrderTakerVariables,
  readPublisherVariables,
  readSenderVariables,
  readTakerVariables,
} from '../../lambda/environment/variables.ts';
import { createDeadLetters } from '../../lambda/events/dead-letters.ts';
import { createEventBus } from '../../lambda/events/event-bus.ts';
import { createRedelivery } from '../../lambda/events/redelivery.ts';
import { refundEventOf } from '../../lambda/events/refund-event.ts';
import type { Execution, ExecutionReport } from '../../lambda/domain/execution.ts';
import { orderOf } from '../../tools/in-memory/orders.ts';
import { commitOfAssemblies, stageNames } from '../support/assemblies.ts';
import { permissionsByRole } from '../support/permissions.ts';
import { propertiesOf, templatesByStage, textOf } from '../support/templates.ts';
import type { StageName } from '../../lib/stages.ts';
import { variablesOf } from '../support/variables.ts';
import { endpointWith } from '../support/webhooks.ts';

const templates = templatesByStage();

const publisher = { id: 'RefundsOutPublisher', name: 'publisher', read: readPublisherVariables } as const;
const taker = { id: 'RefundsBackTaker', name: 'result-taker', read: readTakerVariables } as const;
const orderTaker = { id: 'RefundsInTaker', name: 'order-taker', read: readOrderTakerVariables } as const;
const sender = { id: 'RefundsWebhooksSender', name: 'webhook-sender', read: readSenderVariables } as const;
const ofAll = stageNames.flatMap((stage) => [publisher, taker, orderTaker, sender].map((one) => ({ stage, ...one })));

const functionOf = (stage: StageName, id: string) =>
  propertiesOf(templates[stage], 'AWS::Lambda::Function', `${id}Function`);
const environmentOf = (stage: StageName, id: string) =>
  (functionOf(stage, id)['Environment'] as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;

describe('the functions of refunds', () => {
  test.each(ofAll)('of $stage run on Node 24 and arm64: $name', ({ stage, id }) => {
    expect(functionOf(stage, id)).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  test.each(ofAll)('of $stage log JSON into a log group of their own: $name', ({ stage, id }) => {
    const { LogFormat, LogGroup } = functionOf(stage, id)['LoggingConfig'] as Record<string, unknown>;
    expect({ LogFormat, LogGroup: textOf(LogGroup) }).toEqual({ LogFormat: 'JSON', LogGroup: `<${id}Logs>` });
  });

  // Instances that are reserved would be taken from the cancel function.
  test.each(ofAll)('of $stage reserve no instance: $name', ({ stage, id }) => {
    expect(functionOf(stage, id)['ReservedConcurrentExecutions']).toBeUndefined();
  });

  test.each(ofAll)(
    'of $stage have exactly the environment that is read, and their name: $name',
    ({ stage, id, name, read }) => {
      expect(environmentOf(stage, id)).toEqual({
        ...Object.fromEntries(variablesOf(read).map((variable) => [variable, expect.anything()])),
        SERVICE_NAME: `payment-${name}-${stage}`,
        COMMIT: commitOfAssemblies,
      });
    },
  );

  test.each(stageNames)('of %s find in it the table, the bus or queue, and dead letters each of their own', (stage) => {
    const own = (id: string, ...names: string[]) => names.map((name) => textOf(environmentOf(stage, id)[name]));
    expect(own(publisher.id, 'EXECUTIONS_TABLE', 'EVENT_BUS', 'DEAD_LETTERS_URL')).toEqual([
      '<TablesExecutions>',
      '<RefundsEventsBus>',
      '<RefundsOutDeadLetters>',
    ]);
    expect(
      own(orderTaker.id, 'ORDERS_TABLE', 'CANCELLATIONS_TABLE', 'EXECUTIONS_TABLE', 'REFUND_ACCOUNTS_TABLE'),
    ).toEqual(['<TablesOrders>', '<TablesCancellations>', '<TablesExecutions>', '<TablesRefundAccounts>']);
    expect(own(orderTaker.id, 'QUEUE_URL', 'DEAD_LETTERS_URL')).toEqual(['<RefundsInQueue>', '<RefundsInDeadLetters>']);
    expect(own(taker.id, 'EXECUTIONS_TABLE', 'DEAD_LETTERS_URL')).toEqual([
      '<TablesExecutions>',
      '<RefundsBackDeadLetters>',
    ]);
    expect(own(sender.id, 'ENDPOINTS_TABLE', 'QUEUE_URL', 'DEAD_LETTERS_URL')).toEqual([
      '<TablesEndpoints>',
      '<RefundsWebhooksQueue>',
      '<RefundsWebhooksDeadLetters>',
    ]);
  });
});

/** Every call that the code makes, and the action that IAM demands for it. */
const calls = {
  RefundsOutPublisherRole: [
    { call: 'PutEvents bus', grant: 'events:PutEvents <RefundsEventsBus.Arn>' },
    { call: 'Put executions', grant: 'dynamodb:PutItem <TablesExecutions.Arn>' },
    { call: 'SendMessage dead-letters', grant: 'sqs:SendMessage <RefundsOutDeadLetters.Arn>' },
  ],
  RefundsBackTakerRole: [
    { call: 'Update executions', grant: 'dynamodb:UpdateItem <TablesExecutions.Arn>' },
    { call: 'SendMessage dead-letters', grant: 'sqs:SendMessage <RefundsBackDeadLetters.Arn>' },
  ],
  RefundsInTakerRole: [
    { call: 'Get orders', grant: 'dynamodb:GetItem <TablesOrders.Arn>' },
    { call: 'Put orders', grant: 'dynamodb:PutItem <TablesOrders.Arn>' },
    { call: 'Update orders', grant: 'dynamodb:UpdateItem <TablesOrders.Arn>' },
    { call: 'BatchGet orders', grant: 'dynamodb:BatchGetItem <TablesOrders.Arn>' },
    { call: 'BatchGet cancellations', grant: 'dynamodb:BatchGetItem <TablesCancellations.Arn>' },
    { call: 'TransactGet cancellations', grant: 'dynamodb:GetItem <TablesCancellations.Arn>' },
    { call: 'TransactWrite Update orders', grant: 'dynamodb:UpdateItem <TablesOrders.Arn>' },
    { call: 'TransactWrite Put cancellations', grant: 'dynamodb:PutItem <TablesCancellations.Arn>' },
    { call: 'Query executions', grant: 'dynamodb:Query <TablesExecutions.Arn>' },
    { call: 'Get accounts', grant: 'dynamodb:GetItem <TablesRefundAccounts.Arn>' },
    { call: 'TransactWrite Update executions', grant: 'dynamodb:UpdateItem <TablesExecutions.Arn>' },
    { call: 'TransactWrite Put accounts', grant: 'dynamodb:PutItem <TablesRefundAccounts.Arn>' },
    { call: 'ChangeMessageVisibility queue', grant: 'sqs:ChangeMessageVisibility <RefundsInQueue.Arn>' },
    { call: 'SendMessage dead-letters', grant: 'sqs:SendMessage <RefundsInDeadLetters.Arn>' },
  ],
  RefundsWebhooksSenderRole: [
    { call: 'Get endpoints', grant: 'dynamodb:GetItem <TablesEndpoints.Arn>' },
    { call: 'Update endpoints', grant: 'dynamodb:UpdateItem <TablesEndpoints.Arn>' },
    { call: 'ChangeMessageVisibility queue', grant: 'sqs:ChangeMessageVisibility <RefundsWebhooksQueue.Arn>' },
    { call: 'SendMessage dead-letters', grant: 'sqs:SendMessage <RefundsWebhooksDeadLetters.Arn>' },
  ],
} as const;

/** What Lambda does with a function's role, to read a stream or a queue for it. */
const ofLambda =
  /^(?:dynamodb:(?:DescribeStream|GetRecords|GetShardIterator|ListStreams)|sqs:(?:DeleteMessage|GetQueueAttributes|ReceiveMessage)|logs:\w+|kms:\w+) /;

describe('webhooks', () => {
  // It would let a merchant's URL lead into the function itself.
  test.each(stageNames)('of %s go to no local receiver, in any function', (stage) => {
    expect(JSON.stringify(templates[stage])).not.toContain(localReceiverVariable);
  });
});

describe('the permissions of the functions of refunds', () => {
  test('are for the calls that the publisher makes', async () => {
    const sent: string[] = [];
    await createEventBus(recording(sent), 'bus').put(refundEventOf(execution), remainingMs);
    await createExecutionRepository(recording(sent), 'executions').putIfNew(execution, remainingMs);
    await createDeadLetters(recording(sent), 'dead-letters').send('{}', 'why', remainingMs);
    expect(sent).toEqual(calls.RefundsOutPublisherRole.map(({ call }) => call));
  });

  test('are for the calls that the result taker makes', async () => {
    const sent: string[] = [];
    await createExecutionRepository(recording(sent), 'executions').take(report, 0, remainingMs);
    await createDeadLetters(recording(sent), 'dead-letters').send('{}', 'why', remainingMs);
    expect(sent).toEqual(calls.RefundsBackTakerRole.map(({ call }) => call));
  });

  test('are for the calls that the order taker makes', async () => {
    const sent: string[] = [];
    const client = recording(sent);
    const payments = createPaymentRepository(client, 'orders');
    await payments.find(order, remainingMs);
    await payments.putIfNew(order, remainingMs);
    await payments.change(order, 'CAPTURED', remainingMs);
    const tables = {
      orders: 'orders',
      cancellations: 'cancellations',
      executions: 'executions',
      refundAccounts: 'accounts',
    };
    const orders = createOrderRepository(client, tables, 30);
    const key = { ...order, cancellationKey: 'P#1' };
    await orders.load(key, remainingMs);
    await orders.findRecord(key, remainingMs);
    await orders.commit(write, remainingMs);
    const deposits = createLateDepositRepository(client, tables, 30);
    await deposits.findVoid(order, remainingMs);
    await deposits.payBack(order, { ...execution, hasAccount: true }, 0, remainingMs);
    await createRedelivery(client, 'queue').delay('receipt', 5, remainingMs);
    await createDeadLetters(client, 'dead-letters').send('{}', 'why', remainingMs);
    expect(sent).toEqual(calls.RefundsInTakerRole.map(({ call }) => call));
  });

  test('are for the calls that the webhook sender makes', async () => {
    const sent: string[] = [];
    const endpoints = createEndpointRepository(recording(sent), 'endpoints');
    await endpoints.find('STORE-1', remainingMs);
    await endpoints.note(endpointWith(), 'FAILED', undefined, 0, remainingMs);
    await createRedelivery(recording(sent), 'queue').delay('receipt', 5, remainingMs);
    await createDeadLetters(recording(sent), 'dead-letters').send('{}', 'why', remainingMs);
    expect(sent).toEqual(calls.RefundsWebhooksSenderRole.map(({ call }) => call));
  });

  test.each(
    stageNames.flatMap((stage) =>
      (Object.keys(calls) as ReadonlyArray<keyof typeof calls>).map((role) => ({ stage, role })),
    ),
  )('are in $stage these and what Lambda needs: $role', ({ stage, role }) => {
    const granted = grantsOf(stage, role).filter((grant) => !ofLambda.test(grant));
    // Several calls may need the same one.
    expect(granted.toSorted()).toEqual([...new Set(calls[role].map(({ grant }) => grant))].toSorted());
  });

  test.each(stageNames)(
    'in %s let only the cancel function and the order taker touch a refund account, and the one only puts them',
    (stage) => {
      const grants = [...permissionsByRole(templates[stage]).keys()].flatMap((role) =>
        grantsOf(stage, role).map((grant) => `${role}: ${grant}`),
      );
      expect(grants.filter((grant) => grant.includes('RefundAccounts'))).toEqual([
        'FunctionCancelRole: dynamodb:PutItem <TablesRefundAccounts.Arn>',
        // That of a void, for a deposit that comes late.
        'RefundsInTakerRole: dynamodb:GetItem <TablesRefundAccounts.Arn>',
        'RefundsInTakerRole: dynamodb:PutItem <TablesRefundAccounts.Arn>',
      ]);
    },
  );

  test.each(stageNames)('in %s let what takes results write no order and no record', (stage) => {
    const tables = grantsOf(stage, 'RefundsBackTakerRole').filter((grant) => grant.startsWith('dynamodb:'));
    expect(tables).toEqual(['dynamodb:UpdateItem <TablesExecutions.Arn>']);
  });
});

function grantsOf(stage: StageName, role: string): string[] {
  return (permissionsByRole(templates[stage]).get(role) ?? []).flatMap(({ actions, resource }) =>
    actions.map((action) => `${action} ${resource}`),
  );
}

const remainingMs = () => 1000;

/** A client of all three services that notes each call with what it is about. */
function recording(sent: string[]): DynamoDBDocumentClient & EventBridgeClient & SQSClient {
  const client = {
    send: async (command: { readonly constructor: { readonly name: string }; readonly input: Input }) => {
      const name = command.constructor.name.replace(/Command$/, '');
      sent.push(...aboutOf(command.input).map((about) => `${name} ${about}`));
      return {
        Entries: [{ EventId: 'event-1' }],
        Attributes: executionRow(execution),
        ...(name === 'Get' && command.input.TableName === 'accounts' ? { Item: account } : {}),
      };
    },
  };
  return client as unknown as ReturnType<typeof recording>;
}

/** What a call is about: a table, a queue, a bus, or each part of a transaction. */
function aboutOf({ TableName, QueueUrl, Entries, RequestItems, TransactItems }: Input): string[] {
  if (RequestItems !== undefined) return Object.keys(RequestItems);
  if (TransactItems !== undefined) {
    return TransactItems.flatMap((item) =>
      Object.entries(item).map(([name, one]) => (name === 'Get' ? one.TableName : `${name} ${one.TableName}`)),
    );
  }
  return [TableName ?? QueueUrl ?? Entries?.map(({ EventBusName }) => EventBusName).join() ?? ''];
}

const account = { ...refundAccountKeyOf('STORE-1/ORD-1', 'RETREQ1', 1), n: '1', b: 'KB', h: 'H', until: 9n ** 12n };

const execution: Execution = {
  storeId: 'STORE-1',
  orderNo: 'ORD-1',
  returnRequestId: 'RETREQ1',
  kind: 'REFUND',
  currencyCode: 'KRW',
  amountMinor: 1000n,
  attempt: 1,
  sequence: 0,
  status: 'REQUESTED',
  requestedAtMs: 0,
  updatedAtMs: 0,
  hasAccount: false,
};

const report: ExecutionReport = {
  storeId: 'STORE-1',
  orderNo: 'ORD-1',
  returnRequestId: 'RETREQ1',
  attempt: 1,
  sequence: 1,
  status: 'SUCCEEDED',
  currencyCode: 'KRW',
  amountMinor: 1000n,
};

const order = orderOf({ storeId: 'STORE-1', orderNo: 'ORD-1' });

const write: CancellationWrite = {
  order,
  cancellation: { kind: 'REFUND', orderNo: 'ORD-1', currencyCode: 'KRW', nextStatus: 'CANCELED', items: [] },
  record: {
    cancellationKey: 'P#1',
    requestDigest: '0',
    kind: 'REFUND',
    createdAtMs: 0,
    returnRequestId: 'RETREQ1',
    orderVersion: 2,
    accountTag: undefined,
    dataJson: '{}',
  },
  refundAccount: undefined,
  clientRequestToken: 'token',
};

interface Input {
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: ReadonlyArray<Readonly<Record<string, { readonly TableName: string }>>>;
  readonly TableName?: string;
  readonly QueueUrl?: string;
  readonly Entries?: ReadonlyArray<{ readonly EventBusName: string }>;
}
