import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { smokeAccessKeyHash, smokeStore } from '../../lambda/pre-traffic/smoke-order.ts';
import { readFunctions } from '../support/read-functions.ts';
import type { StageName } from '../../lib/stages.ts';
import { stageNames } from '../support/assemblies.ts';
import { type Permission, permissionsByRole } from '../support/permissions.ts';
import { nameOf, propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';

const templates = templatesByStage();

const toCopy = ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource', 'dynamodb:StartAwsBackupJob'];
const toLog = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const toReadAStream = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/** To read with the key of the tables, and to read and write with it, through DynamoDB and in no other way. */
const toRead = onTheKey(['kms:Decrypt', 'kms:DescribeKey']);
const toUseTheKey = onTheKey([
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
]);

const ofTheReservedStore = {
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${smokeStore.storeId}/*`] },
};

const toReport = permission(
  'arn:<AWS::Partition>:codedeploy:<AWS::Region>:<AWS::AccountId>:deploymentgroup:<ReleaseApplication>/<ReleaseGroup>',
  ['codedeploy:PutLifecycleEventHookExecutionStatus'],
);

/** What CodeDeploy may do in every stage. */
const toMoveTheAlias = [
  // Lambda checks these two against the function, and not against its alias.
  permission('<FunctionCancelFunction.Arn>', ['lambda:GetAlias', 'lambda:UpdateAlias']),
  permission('<FunctionCancelFunction.Arn>:live', ['lambda:GetProvisionedConcurrencyConfig']),
];

const copies = 'arn:<AWS::Partition>:backup:<AWS::Region>:<AWS::AccountId>:recovery-point:*';

/** Where tables are copied into a vault: the role of AWS Backup. */
const backupPermissions: readonly Permission[] = [
  permission('<TablesCancellations.Arn>', toCopy),
  permission('<TablesEndpoints.Arn>', toCopy),
  permission('<TablesExecutions.Arn>', toCopy),
  permission('<TablesKey.Arn>', ['kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  onTheKey(['kms:Decrypt', 'kms:GenerateDataKey']),
  permission('<TablesKey.Arn>', ['kms:DescribeKey']),
  permission('<TablesOrders.Arn>', toCopy),
  permission('<TablesStoreKeys.Arn>', toCopy),
  // AWS Backup makes the id of a copy when it makes the copy.
  permission(copies, ['backup:TagResource']),
];

/** Everything that a role of a stage may do, sorted by resource. */
const permissionsIn = (stage: StageName): Readonly<Record<string, readonly Permission[]>> => ({
  FunctionCancelRole: [
    permission('<FunctionCancelLogs.Arn>', toLog),
    permission('<TablesCancellations.Arn>', ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem']),
    toUseTheKey,
    permission('<TablesOrders.Arn>', ['dynamodb:BatchGetItem', 'dynamodb:UpdateItem']),
    permission('<TablesRefundAccounts.Arn>', ['dynamodb:PutItem']),
    permission('<TablesStoreKeys.Arn>', ['dynamodb:GetItem']),
  ],
  RefundsOutPublisherRole: [
    permission('<RefundsEventsBus.Arn>', ['events:PutEvents']),
    permission('<RefundsOutDeadLetters.Arn>', ['sqs:SendMessage']),
    permission('<RefundsOutPublisherLogs.Arn>', toLog),
    permission('<TablesCancellations.Arn>/stream/*', ['dynamodb:ListStreams']),
    permission('<TablesCancellations.StreamArn>', toReadAStream),
    permission('<TablesExecutions.Arn>', ['dynamodb:PutItem']),
    permission('<TablesExecutions.Arn>/stream/*', ['dynamodb:ListStreams']),
    permission('<TablesExecutions.StreamArn>', toReadAStream),
    toUseTheKey,
  ],
  RefundsBackTakerRole: [
    permission('<RefundsBackDeadLetters.Arn>', ['sqs:SendMessage']),
    permission('<RefundsBackQueue.Arn>', ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']),
    permission('<RefundsBackTakerLogs.Arn>', toLog),
    permission('<TablesExecutions.Arn>', ['dynamodb:UpdateItem']),
    toUseTheKey,
  ],
  RefundsInTakerRole: [
    permission('<RefundsInDeadLetters.Arn>', ['sqs:SendMessage']),
    permission('<RefundsInQueue.Arn>', [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ]),
    permission('<RefundsInTakerLogs.Arn>', toLog),
    permission('<TablesCancellations.Arn>', ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem']),
    permission('<TablesExecutions.Arn>', ['dynamodb:Query', 'dynamodb:UpdateItem']),
    toUseTheKey,
    permission('<TablesOrders.Arn>', [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]),
    permission('<TablesRefundAccounts.Arn>', ['dynamodb:GetItem', 'dynamodb:PutItem']),
  ],
  RefundsWebhooksSenderRole: [
    permission('<RefundsWebhooksDeadLetters.Arn>', ['sqs:SendMessage']),
    permission('<RefundsWebhooksQueue.Arn>', [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ]),
    permission('<RefundsWebhooksSenderLogs.Arn>', toLog),
    permission('<TablesEndpoints.Arn>', ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
    toUseTheKey,
  ],
  ...Object.fromEntries(
    readFunctions.map(({ id }) => [
      `${id}Role`,
      [
        permission(`<${id}Logs.Arn>`, toLog),
        permission('<TablesCancellations.Arn>', ['dynamodb:Query']),
        permission('<TablesExecutions.Arn>', ['dynamodb:Query']),
        toRead,
        permission('<TablesOrders.Arn>', ['dynamodb:GetItem']),
        permission('<TablesStoreKeys.Arn>', ['dynamodb:GetItem']),
      ],
    ]),
  ),
  DocumentationDocsRole: [permission('<DocumentationDocsLogs.Arn>', toLog)],
  ReleasePreTrafficRole: [
    // Any version of it: the permission is the same in every release.
    permission('<FunctionCancelFunction.Arn>:*', ['lambda:InvokeFunction']),
    permission('<ReleasePreTrafficLogs.Arn>', toLog),
    permission('<TablesCancellations.Arn>', ['dynamodb:PutItem'], ofTheReservedStore),
    toUseTheKey,
    permission('<TablesOrders.Arn>', ['dynamodb:PutItem'], ofTheReservedStore),
    permission('<TablesStoreKeys.Arn>', ['dynamodb:PutItem'], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [smokeAccessKeyHash] },
    }),
    toReport,
  ],
  // In dev all traffic is shifted at once, and there are no alarms.
  ...(stage === 'dev'
    ? { ReleaseRole: [...toMoveTheAlias, permission('<ReleasePreTrafficFunction.Arn>', ['lambda:InvokeFunction'])] }
    : {
        ReleasePostTrafficRole: [permission('<ReleasePostTrafficLogs.Arn>', toLog), toReport],
        ReleaseRole: [
          permission('*', ['cloudwatch:DescribeAlarms']),
          ...toMoveTheAlias,
          permission('<ReleasePostTrafficFunction.Arn>', ['lambda:InvokeFunction']),
          permission('<ReleasePreTrafficFunction.Arn>', ['lambda:InvokeFunction']),
        ],
      }),
  ...(stage === 'prod' ? { BackupsRole: backupPermissions } : {}),
});

/** The service that assumes a role. */
const serviceOf = (role: string) => ({ ReleaseRole: 'codedeploy', BackupsRole: 'backup' })[role] ?? 'lambda';

describe('the roles', () => {
  test.each(stageNames)('of %s are these, each with one service that may assume it', (stage) => {
    const roles = resourcesOf(templates[stage], 'AWS::IAM::Role').map(([id, { Properties }]) => {
      const { Tags: _tags, AssumeRolePolicyDocument: assume, ...others } = Properties;
      // No managed policies, and none in the role itself.
      expect(others).toEqual({});
      const { Statement } = assume as { readonly Statement: ReadonlyArray<Readonly<Record<string, unknown>>> };
      expect(Statement).toEqual([
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: expect.any(String) } },
      ]);
      return `${nameOf(id)}: ${(Statement[0]?.['Principal'] as { Service: string } | undefined)?.Service}`;
    });
    const expected = Object.keys(permissionsIn(stage)).map((role) => `${role}: ${serviceOf(role)}.amazonaws.com`);
    expect(roles.toSorted()).toEqual(expected.toSorted());
  });

  test.each(stageNames)('of %s are those of the functions and of the deployment group', (stage) => {
    const roleOf = (type: string, name: string, property: string) =>
      textOf(propertiesOf(templates[stage], type, name)[property]);
    expect(roleOf('AWS::Lambda::Function', 'FunctionCancelFunction', 'Role')).toBe('<FunctionCancelRole.Arn>');
    for (const { id } of readFunctions) {
      expect(roleOf('AWS::Lambda::Function', `${id}Function`, 'Role')).toBe(`<${id}Role.Arn>`);
    }
    const chain = ['RefundsOutPublisher', 'RefundsBackTaker', 'RefundsInTaker', 'RefundsWebhooksSender'];
    for (const id of ['DocumentationDocs', ...chain]) {
      expect(roleOf('AWS::Lambda::Function', `${id}Function`, 'Role')).toBe(`<${id}Role.Arn>`);
    }
    expect(roleOf('AWS::Lambda::Function', 'ReleasePreTrafficFunction', 'Role')).toBe('<ReleasePreTrafficRole.Arn>');
    expect(roleOf('AWS::CodeDeploy::DeploymentGroup', 'ReleaseGroup', 'ServiceRoleArn')).toBe('<ReleaseRole.Arn>');
  });

  test.each(['staging', 'prod'] as const)('of %s have one of the hook after traffic', (stage) => {
    const { Role } = propertiesOf(templates[stage], 'AWS::Lambda::Function', 'ReleasePostTrafficFunction');
    expect(textOf(Role)).toBe('<ReleasePostTrafficRole.Arn>');
  });

  test.each(stageNames)('of %s have no other policies, and nothing but a role has one', (stage) => {
    for (const type of ['AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::User', 'AWS::IAM::Group']) {
      expect(resourcesOf(templates[stage], type)).toEqual([]);
    }
    for (const [, { Properties }] of resourcesOf(templates[stage], 'AWS::DynamoDB::Table')) {
      expect(Properties).not.toHaveProperty('ResourcePolicy');
    }
  });
});

describe('the permissions', () => {
  test.each(stageNames.flatMap((stage) => Object.keys(permissionsIn(stage)).map((role) => ({ stage, role }))))(
    'of $role in $stage are exactly these',
    ({ stage, role }) => {
      expect(permissionsByRole(templates[stage]).get(role)).toEqual(permissionsIn(stage)[role]);
    },
  );

  test.each(stageNames)('in %s have no wildcard in an action, and these in a resource', (stage) => {
    const wildcards: string[] = [];
    for (const granted of permissionsByRole(templates[stage]).values()) {
      expect(granted).not.toEqual([]);
      for (const { actions, resource } of granted) {
        for (const action of actions) expect(action).toMatch(/^[a-z]+:[A-Za-z]+$/);
        if (/[*?]/.test(resource)) wildcards.push(`${actions.join()} ${resource}`);
      }
    }
    expect(wildcards.toSorted()).toEqual([
      ...(stage === 'prod' ? [`backup:TagResource ${copies}`] : []),
      ...(stage === 'dev' ? [] : ['cloudwatch:DescribeAlarms *']),
      // Lambda lists the streams of one table, whose names have the time of their creation.
      'dynamodb:ListStreams <TablesCancellations.Arn>/stream/*',
      'dynamodb:ListStreams <TablesExecutions.Arn>/stream/*',
      'lambda:InvokeFunction <FunctionCancelFunction.Arn>:*',
    ]);
  });

  test.each(stageNames)(
    'in %s never let anything scan, and only functions that read query, and what looks for the refund of a void',
    (stage) => {
      const grants = [...permissionsByRole(templates[stage])].flatMap(([role, granted]) =>
        granted.flatMap(({ actions, resource }) => actions.map((action) => `${role}: ${action} ${resource}`)),
      );
      expect(new Set(grants.filter((one) => /Scan|Query|PartiQL/.test(one)))).toEqual(
        new Set([
          'RefundsInTakerRole: dynamodb:Query <TablesExecutions.Arn>',
          ...readFunctions.flatMap(({ id }) =>
            ['Cancellations', 'Executions'].map((table) => `${id}Role: dynamodb:Query <Tables${table}.Arn>`),
          ),
        ]),
      );
    },
  );

  test.each(stageNames.flatMap((stage) => readFunctions.map(({ id }) => ({ stage, role: `${id}Role` }))))(
    'in $stage let $role write nothing',
    ({ stage, role }) => {
      const actions = (permissionsByRole(templates[stage]).get(role) ?? []).flatMap((one) => one.actions);
      expect(actions.filter((action) => /^dynamodb:(?!Get|Query)/.test(action))).toEqual([]);
    },
  );

  test.each(stageNames)('in %s let only what checks signatures read the keys of stores', (stage) => {
    const readers = [...permissionsByRole(templates[stage])].filter(([, granted]) =>
      granted.some(
        ({ resource, actions }) =>
          resource.startsWith('<TablesStoreKeys') &&
          actions.some((action) => action !== 'dynamodb:PutItem' && !toCopy.includes(action)),
      ),
    );
    const signed = ['FunctionCancelRole', ...readFunctions.map(({ id }) => `${id}Role`)];
    expect(readers.map(([role]) => role).toSorted()).toEqual(signed.toSorted());
  });

  test.each(stageNames)('in %s let only the webhook sender see where webhooks go, and their secrets', (stage) => {
    const grants = [...permissionsByRole(templates[stage])].flatMap(([role, granted]) =>
      granted.flatMap(({ actions, resource }) => (resource.startsWith('<TablesEndpoints') ? [[role, actions]] : [])),
    );
    expect(grants).toEqual([
      ['RefundsWebhooksSenderRole', ['dynamodb:GetItem', 'dynamodb:UpdateItem']],
      ...(stage === 'prod' ? [['BackupsRole', toCopy]] : []),
    ]);
  });

  test.each(stageNames)('in %s to the key of the tables are through DynamoDB alone', (stage) => {
    const ofKms = [...permissionsByRole(templates[stage])]
      .flatMap(([role, granted]) => (role === 'BackupsRole' ? [] : granted))
      .filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));
    // Whoever writes: the cancel function, the hook before traffic, and the four functions of the chain.
    const writers = Array.from({ length: 6 }, () => toUseTheKey);
    expect(ofKms.filter((one) => !isDeepStrictEqual(one, toRead))).toEqual(writers);
    expect(ofKms).toHaveLength(writers.length + readFunctions.length);
  });
});

function permission(resource: string, actions: readonly string[], conditions?: unknown): Permission {
  return { actions, resource, conditions };
}

function onTheKey(actions: readonly string[]): Permission {
  const region = { 'Fn::Join': ['', ['dynamodb.', { Ref: 'AWS::Region' }, '.amazonaws.com']] };
  return permission('<TablesKey.Arn>', actions, { StringEquals: { 'kms:ViaService': region } });
}
