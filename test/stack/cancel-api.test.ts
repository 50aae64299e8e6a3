import { afterEach, describe, expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { gatewayRefusals } from '../../lambda/contract/result-codes.ts';
import type { StageName } from '../../lib/stages.ts';
import { onlyResourceOf, resourcesOf, stageNames, templateOf, templatesByStage } from '../fixtures/templates.ts';

const templates = templatesByStage();
const template = templates.prod;

describe('the REST API', () => {
  test.each(stageNames)('of %s is regional', (stage) => {
    const [, { Properties }] = onlyResourceOf(templates[stage], 'AWS::ApiGateway::RestApi');
    expect(Properties['EndpointConfiguration']).toEqual({ Types: ['REGIONAL'] });
    expect(Properties['Name']).toBe(`payment-cancel-${stage}`);
  });

  test('takes bodies as text, because the signature is over their bytes', () => {
    const [, { Properties }] = onlyResourceOf(template, 'AWS::ApiGateway::RestApi');
    expect(Properties).not.toHaveProperty('BinaryMediaTypes');
  });

  test.each(stageNames)('of %s has one route: POST /api/v2/payment/cancel', (stage) => {
    expect(routesOf(templates[stage])).toEqual(['POST /api/v2/payment/cancel']);
    templates[stage].resourceCountIs('AWS::ApiGateway::Resource', 4);
  });

  test('hands the whole request over to the function', () => {
    const [functionId] = onlyResourceOf(template, 'AWS::Lambda::Function');
    const [, { Properties }] = onlyResourceOf(template, 'AWS::ApiGateway::Method');
    const { Type, IntegrationHttpMethod, Uri } = Properties['Integration'] as Record<string, unknown>;
    expect({ Type, IntegrationHttpMethod }).toEqual({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
    expect(joined(Uri)).toBe(
      `arn:<AWS::Partition>:apigateway:<AWS::Region>:lambda:path/2015-03-31/functions/<${functionId}.Arn>/invocations`,
    );
  });

  test('is the only one that may invoke the function, and only by that route', () => {
    const [functionId] = onlyResourceOf(template, 'AWS::Lambda::Function');
    const [apiId] = onlyResourceOf(template, 'AWS::ApiGateway::RestApi');
    const [stageId] = onlyResourceOf(template, 'AWS::ApiGateway::Stage');
    const [, { Properties }] = onlyResourceOf(template, 'AWS::Lambda::Permission');
    const { SourceArn, ...permission } = Properties;
    expect(permission).toEqual({
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      FunctionName: { 'Fn::GetAtt': [functionId, 'Arn'] },
    });
    expect(joined(SourceArn)).toBe(
      `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${apiId}>/<${stageId}>/POST/api/v2/payment/cancel`,
    );
    template.resourceCountIs('AWS::Lambda::Url', 0);
  });

  test('is told at the end of a deployment', () => {
    const [apiId] = onlyResourceOf(template, 'AWS::ApiGateway::RestApi');
    const [stageId] = onlyResourceOf(template, 'AWS::ApiGateway::Stage');
    const { CancelUrl } = template.findOutputs('CancelUrl') as Record<string, { Value: unknown }>;
    expect(joined(CancelUrl?.Value)).toBe(
      `https://<${apiId}>.execute-api.<AWS::Region>.<AWS::URLSuffix>/<${stageId}>/api/v2/payment/cancel`,
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
    expect(Properties['MethodSettings']).toEqual([
      expect.objectContaining({
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: rate,
        ThrottlingBurstLimit: burst,
      }),
    ]);
  });

  test.each(stageNames)('%s never traces data, which would log bank accounts', (stage) => {
    const [, { Properties }] = onlyResourceOf(templates[stage], 'AWS::ApiGateway::Stage');
    const settings = Properties['MethodSettings'] as Array<Record<string, unknown>>;
    expect(settings.map(({ DataTraceEnabled }) => DataTraceEnabled)).toEqual(settings.map(() => false));
  });
});

const refusals = [
  { type: 'MISSING_AUTHENTICATION_TOKEN', status: '404', resultCode: 'EBP-Z-0001' },
  { type: 'REQUEST_TOO_LARGE', status: '413', resultCode: 'EBP-C-0006' },
  { type: 'THROTTLED', status: '429', resultCode: 'EBP-C-0011' },
  { type: 'DEFAULT_4XX', status: undefined, resultCode: 'EBP-C-0006' },
  { type: 'DEFAULT_5XX', status: undefined, resultCode: 'EBP-Z-0010' },
];

describe('what the gateway answers by itself', () => {
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
  ])("is a new one when the %s of a gateway's answer changes", (_what, change) => {
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

/** A joined value as text, each reference in it as <its name>. */
function joined(value: unknown): string {
  const [separator, parts] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const reference = part as { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] };
      return `<${reference.Ref ?? reference['Fn::GetAtt']?.join('.')}>`;
    })
    .join(separator);
}
