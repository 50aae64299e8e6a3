import { afterEach, describe, expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { gatewayRefusals } from '../../lambda/contract/result-codes.ts';
import { documentPaths } from '../../lambda/docs/document-paths.ts';
import type { StageName } from '../../lib/stages.ts';
import { readFunctions } from '../support/read-functions.ts';
import { stageNames } from '../support/assemblies.ts';
import {
  nameOf,
  onlyResourceOf,
  propertiesOf,
  resourcesOf,
  type Template,
  templatesByStage,
  textOf,
} from '../support/templates.ts';
import { templateOf } from '../support/synthesize-template.ts';

const templates = templatesByStage();
const template = templates.prod;
const cancelMethod = 'GatewayApiapiv2paymentcancelPOST';

describe('the REST API', () => {
  test.each(stageNames)('of %s is regional', (stage) => {
    const [, { Properties }] = onlyResourceOf(templates[stage], 'AWS::ApiGateway::RestApi');
    expect(Properties['EndpointConfiguration']).toEqual({ Types: ['REGIONAL'] });
    expect(Properties['Name']).toBe(`payment-cancel-${stage}`);
  });

  test.each(stageNames)('of %s takes bodies as bytes, because the signature is over them', (stage) => {
    expect(propertiesOf(templates[stage], 'AWS::ApiGateway::RestApi')['BinaryMediaTypes']).toEqual(['*/*']);
  });

  test.each(stageNames)('of %s speaks TLS 1.3, or 1.2 with forward secrecy', (stage) => {
    expect(propertiesOf(templates[stage], 'AWS::ApiGateway::RestApi')).toMatchObject({
      SecurityPolicy: expect.stringMatching(/^SecurityPolicy_TLS13_1_2_PFS_/),
      EndpointAccessMode: 'BASIC',
    });
  });

  test.each(stageNames)('of %s leaves the role that API Gateway logs with to the account', (stage) => {
    expect(resourcesOf(templates[stage], 'AWS::ApiGateway::Account')).toEqual([]);
  });

  test.each(stageNames)('of %s has these routes and no others', (stage) => {
    expect(routesOf(templates[stage]).toSorted()).toEqual([
      'GET /docs',
      'GET /docs/elements.js',
      'GET /docs/execution-text.js',
      'GET /docs/follow-executions.js',
      'GET /docs/page.css',
      'GET /docs/show-answer.js',
      'GET /docs/show-order.js',
      'GET /docs/sign-request.js',
      'GET /docs/try-it.js',
      'GET /openapi.json',
      'HEAD /docs',
      'HEAD /docs/elements.js',
      'HEAD /docs/execution-text.js',
      'HEAD /docs/follow-executions.js',
      'HEAD /docs/page.css',
      'HEAD /docs/show-answer.js',
      'HEAD /docs/show-order.js',
      'HEAD /docs/sign-request.js',
      'HEAD /docs/try-it.js',
      'HEAD /openapi.json',
      'POST /api/v2/payment/cancel',
      ...readFunctions.map(({ path }) => `POST ${path}`),
    ]);
    expect(resourcesOf(templates[stage], 'AWS::ApiGateway::Resource')).toHaveLength(14 + readFunctions.length);
  });

  test.each(stageNames)('of %s hands the whole request over to the alias of the function', (stage) => {
    const method = propertiesOf(templates[stage], 'AWS::ApiGateway::Method', cancelMethod);
    const { Type, IntegrationHttpMethod, Uri } = method['Integration'] as Record<string, unknown>;
    expect({ Type, IntegrationHttpMethod }).toEqual({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
    expect(textOf(Uri)).toBe(
      'arn:<AWS::Partition>:apigateway:<AWS::Region>:lambda:path/2015-03-31/functions/<FunctionLive>/invocations',
    );
    expect(method['AuthorizationType']).toBe('NONE');
  });

  test.each(stageNames)('of %s is the only one that may invoke the alias, and only by that route', (stage) => {
    const [aliasId] = onlyResourceOf(templates[stage], 'AWS::Lambda::Alias');
    const permissions = resourcesOf(templates[stage], 'AWS::Lambda::Permission').map(
      ([, { Properties }]) => Properties,
    );
    const [ofAlias = {}, ...others] = permissions.filter(({ FunctionName }) =>
      isDeepStrictEqual(FunctionName, { Ref: aliasId }),
    );
    const { SourceArn, ...permission } = ofAlias;
    expect(others).toEqual([]);
    expect(permission).toEqual({
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      FunctionName: { Ref: aliasId },
    });
    expect(textOf(SourceArn)).toBe(
      `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<GatewayApi>/<${stageNameOf(stage)}>/POST/api/v2/payment/cancel`,
    );
    expect(resourcesOf(templates[stage], 'AWS::Lambda::Url')).toHaveLength(0);
  });

  test.each(stageNames)('of %s has documentation served by another function than the one that cancels', (stage) => {
    const methods = resourcesOf(templates[stage], 'AWS::ApiGateway::Method').filter(
      ([, { Properties }]) => Properties['HttpMethod'] !== 'POST',
    );
    expect(methods).toHaveLength(20);
    for (const [, { Properties }] of methods) {
      const { Type, Uri } = Properties['Integration'] as Record<string, unknown>;
      expect([Type, Properties['AuthorizationType']]).toEqual(['AWS_PROXY', 'NONE']);
      expect(textOf(Uri)).toContain('/functions/<DocumentationDocsFunction.Arn>/invocations');
    }
  });

  test.each(stageNames.flatMap((stage) => readFunctions.map((read) => ({ stage, ...read }))))(
    'of $stage has $path served by another function than the one that cancels',
    ({ stage, id, path }) => {
      const name = `GatewayApi${path.replaceAll('/', '')}POST`;
      const method = propertiesOf(templates[stage], 'AWS::ApiGateway::Method', name);
      const { Type, Uri } = method['Integration'] as Record<string, unknown>;
      expect([Type, method['AuthorizationType']]).toEqual(['AWS_PROXY', 'NONE']);
      expect(textOf(Uri)).toContain(`/functions/<${id}Function.Arn>/invocations`);
    },
  );

  test('is printed at the end of a deployment', () => {
    expect(cancelUrlOf(template)).toBe(
      `https://<GatewayApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>/<${stageNameOf('prod')}>/api/v2/payment/cancel`,
    );
  });
});

describe("the API's stage", () => {
  test.each([
    { stage: 'dev', rate: 50, burst: 100 },
    { stage: 'staging', rate: 200, burst: 400 },
    { stage: 'prod', rate: 1000, burst: 2000 },
  ] as const)('$stage lets $rate requests a second through, $burst at once', ({ stage, rate, burst }) => {
    const [, { Properties }] = onlyResourceOf(templates[stage], 'AWS::ApiGateway::Stage');
    expect(Properties['StageName']).toBe(stage);
    const settings = Properties['MethodSettings'] as Array<Record<string, unknown>>;
    expect(
      settings.map(({ HttpMethod, ResourcePath, ThrottlingRateLimit, ThrottlingBurstLimit }) => [
        `${String(HttpMethod)} ${String(ResourcePath)}`,
        ThrottlingRateLimit,
        ThrottlingBurstLimit,
      ]),
    ).toEqual([
      ['* /*', rate, burst],
      ...readFunctions.map(({ path }) => [`POST /${path.replaceAll('/', '~1')}`, 50, 50]),
      ...documentPaths.flatMap((path) =>
        ['GET', 'HEAD'].map((method) => [`${method} /${path.replaceAll('/', '~1')}`, 10, 20]),
      ),
    ]);
  });

  test.each(stageNames)('%s never traces data, which would log bank accounts', (stage) => {
    const [, { Properties }] = onlyResourceOf(templates[stage], 'AWS::ApiGateway::Stage');
    const settings = Properties['MethodSettings'] as Array<Record<string, unknown>>;
    for (const setting of settings) expect(setting).toMatchObject({ DataTraceEnabled: false, LoggingLevel: 'OFF' });
  });

  test.each(stageNames)('%s traces requests, and pays for no counts that nobody looks at', (stage) => {
    const { TracingEnabled, MethodSettings } = propertiesOf(templates[stage], 'AWS::ApiGateway::Stage');
    expect(TracingEnabled).toBe(true);
    const settings = MethodSettings as ReadonlyArray<Readonly<Record<string, unknown>>>;
    expect(settings.filter(({ MetricsEnabled }) => MetricsEnabled).map(({ ResourcePath }) => ResourcePath)).toEqual([
      '/*',
    ]);
  });
});

describe('the access log', () => {
  const { Format, DestinationArn } = propertiesOf(template, 'AWS::ApiGateway::Stage')['AccessLogSetting'] as {
    readonly Format: string;
    readonly DestinationArn: unknown;
  };
  const line = JSON.parse(Format) as Record<string, unknown>;

  test('is one line of JSON per request, each value from the context', () => {
    expect(Format).not.toContain('\n');
    for (const value of Object.values(line)) expect(value).toMatch(/^\$context(\.[A-Za-z]+)+$/);
    expect(line).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
  });

  test('is still JSON when a value has none', () => {
    expect(() => JSON.parse(Format.replaceAll(/\$context[A-Za-z.]+/g, '-')) as unknown).not.toThrow();
  });

  test('has neither bodies nor headers nor query strings', () => {
    expect(Format).not.toMatch(/body|header|querystring|payload|signature|\bapiKey|\$input/i);
  });

  test('goes to a log group of its own', () => {
    expect(textOf(DestinationArn)).toBe(
      'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:<GatewayAccessLog>',
    );
  });
});

const refusals = [
  { type: 'MISSING_AUTHENTICATION_TOKEN', status: '404', resultCode: 'EBP-Z-0001' },
  { type: 'REQUEST_TOO_LARGE', status: '413', resultCode: 'EBP-C-0006' },
  { type: 'THROTTLED', status: '429', resultCode: 'EBP-C-0011' },
  { type: 'DEFAULT_4XX', status: undefined, resultCode: 'EBP-C-0006' },
  { type: 'DEFAULT_5XX', status: undefined, resultCode: 'EBP-Z-0010' },
];

describe('what the gateway responds by itself', () => {
  test.each(stageNames)('is in %s these types and no others', (stage) => {
    const types = resourcesOf(templates[stage], 'AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) =>
      String(Properties['ResponseType']),
    );
    expect(types.toSorted()).toEqual(refusals.map(({ type }) => type).toSorted());
  });

  test.each(refusals)('$type has the status $status', ({ type, status }) => {
    expect(gatewayResponse(type)['StatusCode']).toBe(status);
  });

  test.each(refusals)('$type is the envelope, with $resultCode', ({ type, resultCode }) => {
    const { 'application/json': body, ...otherTypes } = gatewayResponse(type)['ResponseTemplates'] as Record<
      string,
      string
    >;
    const filled = body?.replaceAll('$context.requestId', 'request-1').replaceAll('$context.requestTime', 'now') ?? '';
    expect(otherTypes).toEqual({});
    expect(filled).not.toContain('$');
    expect(JSON.parse(filled)).toEqual({
      resultCode,
      message: expect.stringMatching(/^[A-Z].*\.$/),
      requestId: 'request-1',
      timestamp: 'now',
      data: null,
      errors: [],
    });
  });

  test.each(refusals)('$type is JSON that no cache keeps, and says when to come back if throttled', ({ type }) => {
    expect(gatewayResponse(type)['ResponseParameters']).toEqual({
      'gatewayresponse.header.Content-Type': "'application/json; charset=utf-8'",
      'gatewayresponse.header.Cache-Control': "'no-store'",
      ...(type === 'THROTTLED' ? { 'gatewayresponse.header.Retry-After': "'1'" } : {}),
    });
  });
});

describe('the deployment', () => {
  const [deploymentId, deployment] = onlyResourceOf(template, 'AWS::ApiGateway::Deployment');
  const refusal: { status: number; message: string } = gatewayRefusals.THROTTLED;
  const original = { ...refusal };
  afterEach(() => void Object.assign(refusal, original));

  test('is what the stage serves', () => {
    const [, { Properties }] = onlyResourceOf(template, 'AWS::ApiGateway::Stage');
    expect(Properties['DeploymentId']).toEqual({ Ref: deploymentId });
  });

  test.each(['AWS::ApiGateway::GatewayResponse', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::Resource'])(
    'waits for every %s',
    (type) => {
      const ids = resourcesOf(template, type).map(([id]) => id);
      expect(deployment.DependsOn).toEqual(expect.arrayContaining(ids));
    },
  );

  test('is the same one as long as nothing changes', () => {
    expect(onlyResourceOf(templateOf('prod'), 'AWS::ApiGateway::Deployment')[0]).toBe(deploymentId);
  });

  test.each([
    ['template', { message: 'Another message.' }],
    ['status', { status: 503 }],
  ])("is a new one when the %s of a gateway's response changes", (_what, change) => {
    Object.assign(refusal, change);
    expect(onlyResourceOf(templateOf('prod'), 'AWS::ApiGateway::Deployment')[0]).not.toBe(deploymentId);
  });
});

function gatewayResponse(type: string, stage: StageName = 'prod'): Readonly<Record<string, unknown>> {
  const found = resourcesOf(templates[stage], 'AWS::ApiGateway::GatewayResponse').find(
    ([, { Properties }]) => Properties['ResponseType'] === type,
  );
  if (found === undefined) throw new Error(`There is no gateway response ${type}.`);
  return found[1].Properties;
}

function routesOf(of: Template): string[] {
  const resources = new Map(resourcesOf(of, 'AWS::ApiGateway::Resource'));
  const pathOf = (reference: unknown): string => {
    const id = (reference as { Ref?: string }).Ref;
    const resource = id === undefined ? undefined : resources.get(id);
    if (resource === undefined) return '';
    return `${pathOf(resource.Properties['ParentId'])}/${String(resource.Properties['PathPart'])}`;
  };
  return resourcesOf(of, 'AWS::ApiGateway::Method').map(
    ([, { Properties }]) => `${String(Properties['HttpMethod'])} ${pathOf(Properties['ResourceId'])}`,
  );
}

function stageNameOf(stage: StageName): string {
  return nameOf(onlyResourceOf(templates[stage], 'AWS::ApiGateway::Stage')[0]);
}

function cancelUrlOf(of: Template): string {
  return textOf(of.Outputs?.['CancelUrl']?.Value);
}
