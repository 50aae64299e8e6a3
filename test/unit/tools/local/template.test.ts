import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplate } from '../../../../tools/local/template.ts';

type Template = Parameters<typeof readTemplate>[0];
type Resource = Template['Resources'][string];
type Changes = Readonly<Record<string, Resource['Properties']>>;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-assets-'));
  for (const [asset, file] of [
    ['cjs-asset', 'index.js'],
    ['esm-asset', 'index.mjs'],
    ['other-asset', 'other.js'],
  ] as const) {
    mkdirSync(join(folder, asset));
    writeFileSync(join(folder, asset, file), '');
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (template: Template) => readTemplate(template, (s3Key) => join(folder, s3Key));

/** A template of one route to one function with one table, and with some properties changed. */
function templateOf(changes: Changes = {}): Template {
  const resources: Record<string, Resource> = {
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'payment-cancel-dev-orders',
        KeySchema: [{ AttributeName: 'orderKey', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'orderKey', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
      },
    },
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Handler: 'index.handler',
        Timeout: 10,
        Code: { S3Bucket: { 'Fn::Sub': 'assets' }, S3Key: 'cjs-asset' },
        Environment: { Variables: { ORDERS_TABLE: { Ref: 'Orders' }, SERVICE_NAME: 'payment-cancel' } },
      },
    },
    Api: resourceOf('AWS::ApiGateway::RestApi'),
    V2: resourceOf('AWS::ApiGateway::Resource', {
      ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      PathPart: 'v2',
    }),
    Cancel: resourceOf('AWS::ApiGateway::Resource', { ParentId: { Ref: 'V2' }, PathPart: 'cancel' }),
    Post: resourceOf('AWS::ApiGateway::Method', {
      HttpMethod: 'POST',
      ResourceId: { Ref: 'Cancel' },
      Integration: {
        Type: 'AWS_PROXY',
        Uri: { 'Fn::Join': ['', ['arn:aws:lambda:path/', { 'Fn::GetAtt': ['Handler', 'Arn'] }, '/invocations']] },
      },
    }),
    Stage: resourceOf('AWS::ApiGateway::Stage', { StageName: 'dev' }),
    Throttled: resourceOf('AWS::ApiGateway::GatewayResponse', {
      ResponseType: 'THROTTLED',
      StatusCode: '429',
      ResponseParameters: {
        'gatewayresponse.header.Content-Type': "'application/json; charset=utf-8'",
        'gatewayresponse.header.Retry-After': "'1'",
      },
      ResponseTemplates: { 'application/json': '{"requestId":"$context.requestId"}' },
    }),
    Failed: resourceOf('AWS::ApiGateway::GatewayResponse', { ResponseType: 'DEFAULT_5XX' }),
  };
  for (const [id, properties] of Object.entries(changes)) {
    const { Type, Properties } = resources[id] ?? resourceOf('AWS::Unknown');
    resources[id] = { Type, Properties: { ...Properties, ...properties } };
  }
  return { Resources: resources };
}

function resourceOf(Type: string, Properties: Resource['Properties'] = {}): Resource {
  return { Type, Properties };
}

describe('the template, read for localhost', () => {
  test('lists the routes and the function that each leads to', () => {
    expect(read(templateOf()).routes).toEqual([
      {
        method: 'POST',
        path: '/v2/cancel',
        function: {
          name: 'Handler',
          codeFile: join(folder, 'cjs-asset', 'index.js'),
          export: 'handler',
          timeoutMs: 10_000,
          environment: { ORDERS_TABLE: 'payment-cancel-dev-orders', SERVICE_NAME: 'payment-cancel' },
        },
      },
    ]);
  });

  test('keeps them apart where there are two functions', () => {
    const { Resources } = templateOf();
    const HandlerOfOthers = resourceOf('AWS::Lambda::Function', {
      ...Resources['Handler']?.Properties,
      Handler: 'other.main',
      Code: { S3Key: 'other-asset' },
    });
    const Get = resourceOf('AWS::ApiGateway::Method', {
      HttpMethod: 'GET',
      ResourceId: { Ref: 'V2' },
      Integration: { Uri: { 'Fn::GetAtt': ['HandlerOfOthers', 'Arn'] } },
    });
    const { routes } = read({ Resources: { ...Resources, HandlerOfOthers, Get } });
    expect(
      routes.map(({ method, path, function: { name, export: entry } }) => [method, path, name, entry].join(' ')),
    ).toEqual(['POST /v2/cancel Handler handler', 'GET /v2 HandlerOfOthers main']);
  });

  test('finds a bundle of either module format', () => {
    const [route] = read(templateOf({ Handler: { Code: { S3Key: 'esm-asset' } } })).routes;
    expect(route?.function.codeFile).toBe(join(folder, 'esm-asset', 'index.mjs'));
  });

  test('has a function without an environment', () => {
    const [route] = read(templateOf({ Handler: { Environment: undefined } })).routes;
    expect(route?.function.environment).toEqual({});
  });

  test('has of tables what their creation needs', () => {
    expect(read(templateOf()).tables).toEqual([
      {
        TableName: 'payment-cancel-dev-orders',
        KeySchema: [{ AttributeName: 'orderKey', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'orderKey', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    ]);
  });

  test("has the gateway's own responses, without the quotes around their headers", () => {
    expect([...read(templateOf()).gatewayResponses]).toEqual([
      [
        'THROTTLED',
        {
          status: 429,
          headers: { 'Content-Type': 'application/json; charset=utf-8', 'Retry-After': '1' },
          template: '{"requestId":"$context.requestId"}',
        },
      ],
      ['DEFAULT_5XX', { status: undefined, headers: {}, template: '' }],
    ]);
  });

  test("names the gateway's stage", () => {
    expect(read(templateOf()).gatewayStage).toBe('dev');
  });
});

describe('what localhost cannot stand in for', () => {
  test.each<[what: string, changes: Changes, message: string]>([
    [
      'a variable that refers to no table',
      { Handler: { Environment: { Variables: { URL: { Ref: 'Api' } } } } },
      'On localhost there is no value for {"Ref":"Api"}.',
    ],
    [
      'a variable that AWS would compute',
      { Handler: { Environment: { Variables: { ARN: { 'Fn::GetAtt': ['Orders', 'Arn'] } } } } },
      'On localhost there is no value for {"Fn::GetAtt":["Orders","Arn"]}.',
    ],
    [
      'a pseudo parameter',
      { Handler: { Environment: { Variables: { REGION: { Ref: 'AWS::Region' } } } } },
      'On localhost there is no value for {"Ref":"AWS::Region"}.',
    ],
    [
      'a table whose name AWS would choose',
      { Orders: { TableName: undefined } },
      'On localhost there is no value for {"Ref":"Orders"}.',
    ],
    [
      'a route to no function',
      { Post: { Integration: { Type: 'MOCK' } } },
      'A route of the template leads to no function.',
    ],
    [
      'a route without an integration',
      { Post: { Integration: undefined } },
      'A route of the template leads to no function.',
    ],
    ['a route whose path is missing', { Post: { ResourceId: { Ref: 'Gone' } } }, 'The template has no resource Gone.'],
    ['a path whose parent is missing', { Cancel: { ParentId: { Ref: 'Gone' } } }, 'The template has no resource Gone.'],
    [
      'a handler without a file',
      { Handler: { Handler: 'main.handler' } },
      'The bundle has no file for the handler main.',
    ],
  ])('is named: %s', (_what, changes, message) => {
    expect(() => read(templateOf(changes))).toThrow(new Error(message));
  });
});
