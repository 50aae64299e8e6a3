import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { DeleteItemCommand, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { cancelPath } from '../../../lambda/contract/paths.ts';
import { gatewayRefusals } from '../../../lambda/contract/result-codes.ts';
import { metricNamespace } from '../../../lambda/environment/metric-names.ts';
import { serviceSource } from '../../../lambda/events/event-names.ts';
import { docsThrottle } from '../../../lib/reserved-instances.ts';
import { busNameOf, tableNamesOf } from '../../../lib/stages.ts';
import { sendOnce } from '../../../tools/operator/send-once.ts';
import { type Deployment, functionNamed } from './deployment.ts';
import { inLanes } from './lanes.ts';
import type { Operator } from './operator.ts';
import { underRole } from './roles.ts';

// What the emulator does otherwise than AWS, and what therefore is not shown here. When a newer version does it as AWS
// does, the run fails and names what to take off this list.

export interface Gap {
  /** What the emulator does, which AWS does not. */
  readonly what: string;
  readonly isOpen: (deployment: Deployment, operator: Operator) => Promise<boolean>;
}

export const gaps: readonly Gap[] = [
  {
    what: 'has no CodeDeploy, which the hook before traffic reports to',
    async isOpen(deployment) {
      const input = { deploymentId: 'd-1', lifecycleEventHookExecutionId: 'e-1', status: 'Succeeded' };
      return await underRole(deployment, functionNamed(deployment, 'PreTraffic'), async (call) => {
        const command = 'PutLifecycleEventHookExecutionStatusCommand';
        const { error } = await call({ service: 'codedeploy', command, input });
        return error === 'Unknown: UnknownError';
      });
    },
  },
  {
    what: 'ignores the condition dynamodb:LeadingKeys of a policy',
    async isOpen(deployment) {
      const Item = { orderKey: { S: 'ANOTHER-STORE/none' }, leftBy: { S: 'known-gaps.ts' } };
      const input = { TableName: tableNamesOf('dev').orders, Item };
      return await underRole(deployment, functionNamed(deployment, 'PreTraffic'), async (call) => {
        const { error } = await call({ service: 'dynamodb', command: 'PutItemCommand', input });
        const Key = { orderKey: Item.orderKey };
        await deployment.dynamodb.send(new DeleteItemCommand({ TableName: input.TableName, Key }));
        return error === undefined;
      });
    },
  },
  {
    what: 'reads and writes tables without their key',
    async isOpen({ keyId, dynamodb }, { aws }) {
      await aws('kms', 'disable-key', '--key-id', keyId);
      try {
        const Key = { orderKey: { S: 'none' } };
        return await succeeds(dynamodb.send(new GetItemCommand({ TableName: tableNamesOf('dev').orders, Key })));
      } finally {
        await aws('kms', 'enable-key', '--key-id', keyId);
      }
    },
  },
  {
    what: 'never refuses a transaction because another one is at work on its item',
    async isOpen({ dynamodb }) {
      const TableName = tableNamesOf('dev').orders;
      const Key = { orderKey: { S: 'KNOWN-GAPS/none' } };
      const Update = {
        TableName,
        Key,
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      };
      const write = async () => {
        return await succeeds(dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Update }] })));
      };
      const written = await Promise.all(Array.from({ length: 30 }, write));
      await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
      return written.every(Boolean);
    },
  },
  {
    what: 'lets everybody put events of the service itself on the bus, whatever the policy of the bus says',
    async isOpen(_deployment, { aws }) {
      const entry = { EventBusName: busNameOf('dev'), Source: serviceSource, DetailType: 'known-gaps', Detail: '{}' };
      return await succeeds(aws('events', 'put-events', '--entries', JSON.stringify([entry])));
    },
  },
  {
    what: 'moves no messages from one queue to another by itself',
    async isOpen({ queues }, { aws }) {
      const arn = ['--attribute-names', 'QueueArn', '--query', 'Attributes.QueueArn'];
      const source = String(await aws('sqs', 'get-queue-attributes', '--queue-url', queues.reportLetters, ...arn));
      return !(await succeeds(aws('sqs', 'start-message-move-task', '--source-arn', source)));
    },
  },
  {
    what: 'restores a table as it is, whatever moment is named',
    async isOpen({ dynamodb }, { aws }) {
      const TableName = tableNamesOf('dev').orders;
      const Key = { orderKey: 'KNOWN-GAPS/none' };
      await dynamodb.send(new PutCommand({ TableName, Item: Key }));
      const restored = `${TableName}-known-gaps`;
      const names = ['--source-table-name', TableName, '--target-table-name', restored];
      const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
      await aws('dynamodb', 'restore-table-to-point-in-time', ...names, '--restore-date-time', anHourAgo);
      const { Item } = await dynamodb.send(new GetCommand({ TableName: restored, Key }));
      await dynamodb.send(new DeleteCommand({ TableName, Key }));
      await aws('dynamodb', 'delete-table', '--table-name', restored);
      return Item !== undefined;
    },
  },
  {
    what: 'exports a table, and writes nothing into the bucket',
    async isOpen(_deployment, { aws }) {
      const bucket = 'known-gaps-of-payment-cancel';
      await aws('s3api', 'create-bucket', '--bucket', bucket);
      const table = ['--table-name', tableNamesOf('dev').orders, '--query', 'Table.TableArn'];
      const arn = String(await aws('dynamodb', 'describe-table', ...table));
      const from = ['--s3-bucket', bucket, '--table-arn', arn, '--query', 'ExportDescription.ExportArn'];
      const exportArn = String(await aws('dynamodb', 'export-table-to-point-in-time', ...from));
      const query = ['--export-arn', exportArn, '--query', 'ExportDescription.ExportStatus'];
      for (let tries = 0; tries < 20; tries += 1) {
        if ((await aws('dynamodb', 'describe-export', ...query)) === 'COMPLETED') break;
      }
      return (await aws('s3api', 'list-objects-v2', '--bucket', bucket, '--query', 'Contents')) === null;
    },
  },
  {
    what: 'lets a function log without a right to',
    async isOpen(deployment, { aws }) {
      return await underRole(deployment, functionNamed(deployment, 'Docs'), async (call, name) => {
        await call({ service: 'dynamodb', command: 'ListTablesCommand', input: {} });
        const query = ['--log-group-name-prefix', `/aws/lambda/${name}`, '--query', 'logGroups[].logGroupName'];
        return ((await aws('logs', 'describe-log-groups', ...query)) as string[]).length > 0;
      });
    },
  },
  {
    what: 'writes no access log of the gateway',
    async isOpen({ accessLog }, { aws }) {
      const query = ['--log-group-name', accessLog, '--query', 'logStreams[].logStreamName'];
      return ((await aws('logs', 'describe-log-streams', ...query)) as string[]).length === 0;
    },
  },
  {
    what: 'makes no metrics of what functions log',
    async isOpen(_deployment, { aws }) {
      const { Metrics } = (await aws('cloudwatch', 'list-metrics', '--namespace', metricNamespace)) as {
        readonly Metrics: readonly object[];
      };
      return Metrics.length === 0;
    },
  },
  {
    what: 'does not insert $context.requestTime into a response of the gateway',
    async isOpen({ url }) {
      const { body } = await sendOnce(`${url}/none`, { ...nothing }, timeLimit());
      return body.includes('"timestamp":"$context.requestTime"');
    },
  },
  {
    what: 'throttles the stage, but no route by its own limits',
    async isOpen({ url }) {
      const { rate, burst } = docsThrottle;
      const responses = await inLanes(2 * (rate + burst), 6, async () => {
        return await sendOnce(`${url}/openapi.json`, { ...nothing, method: 'HEAD' }, timeLimit());
      });
      return responses.every(({ status }) => status === 200);
    },
  },
  {
    what: 'responds with the error of a function that failed, and not with the response of the gateway',
    async isOpen(deployment, { aws }) {
      const configure = async (handler: string) => {
        const docs = ['--function-name', functionNamed(deployment, 'Docs').name];
        await aws('lambda', 'update-function-configuration', ...docs, '--handler', handler);
      };
      await configure('index.none');
      const { status, body } = await sendOnce(`${deployment.url}/docs`, { ...nothing, method: 'GET' }, timeLimit());
      await configure('index.handler');
      return status === 502 && !body.includes(gatewayRefusals.DEFAULT_5XX.resultCode);
    },
  },
  {
    what: 'lets bodies through the gateway that are larger than 10 MB',
    async isOpen({ url }) {
      const body = ' '.repeat(10 * 1024 * 1024 + 1);
      const response = await sendOnce(`${url}${cancelPath}`, { headers: {}, body }, timeLimit());
      // The function's own refusal has errors, and the gateway's has none.
      return response.status === 413 && response.body.includes('BODY_TOO_LARGE');
    },
  },
  {
    // The last one, because it takes a permission away.
    what: 'lets the gateway invoke a function that does not permit it',
    async isOpen(deployment, { aws }) {
      const { name } = functionNamed(deployment, 'Docs');
      const { Policy } = (await aws('lambda', 'get-policy', '--function-name', name)) as { readonly Policy: string };
      const { Statement } = JSON.parse(Policy) as { readonly Statement: ReadonlyArray<{ readonly Sid: string }> };
      // One permission for all its routes.
      const allowed = Statement.filter((statement) => JSON.stringify(statement).includes('/*/*/*"'));
      for (const { Sid } of allowed) {
        await aws('lambda', 'remove-permission', '--function-name', name, '--statement-id', Sid);
      }
      const { status } = await sendOnce(`${deployment.url}/docs`, { method: 'GET', ...nothing }, timeLimit());
      return allowed.length > 0 && status === 200;
    },
  },
];

const nothing = { headers: {}, body: '' };
const timeLimit = () => AbortSignal.timeout(30_000);

async function succeeds(call: Promise<unknown>): Promise<boolean> {
  return await call.then(
    () => true,
    () => false,
  );
}
