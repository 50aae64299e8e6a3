import { Validations } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  type CfnRestApi,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  type Method,
  type MethodDeploymentOptions,
  MethodLoggingLevel,
  ResponseType,
  RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { cancelPath, signedCalls } from '../lambda/contract/paths.ts';
import { gatewayRefusals } from '../lambda/contract/result-codes.ts';
import { documentPaths } from '../lambda/docs/document-paths.ts';
import { asciiJson } from './ascii-json.ts';
import { CustomDomain } from './custom-domain.ts';
import type { ReadFunction } from './read-function.ts';
import { docsThrottle, readThrottle } from './reserved-instances.ts';
import { serviceLogGroup } from './service-log-group.ts';
import type { Stage } from './stages.ts';

interface GatewayProps {
  readonly stage: Stage;
  /** Encrypts the access log. */
  readonly key: IKey;
  /** The function behind the route that cancels. */
  readonly cancel: IFunction;
  /** The functions behind the other signed routes. */
  readonly readFunctions: readonly ReadFunction[];
  /** The function that serves documentation. */
  readonly docs: IFunction;
}

/**
 * The regional REST API: the signed routes, the routes of the documentation, and the contract's envelope for the
 * responses that the gateway makes itself.
 */
export class Gateway extends Construct {
  readonly api: RestApi;
  readonly accessLog: LogGroup;

  constructor(scope: Construct, id: string, { stage, key, cancel, readFunctions, docs }: GatewayProps) {
    super(scope, id);
    this.accessLog = serviceLogGroup(this, 'AccessLog', { stage, key });
    this.api = new RestApi(this, 'Api', {
      restApiName: `payment-cancel-${stage.name}`,
      description: signedCalls.map(({ title, apiId }) => `${title} (${apiId})`).join(', '),
      endpointTypes: [EndpointType.REGIONAL],
      // Functions get bodies as the bytes that were signed, not converted to UTF-8.
      binaryMediaTypes: ['*/*'],
      // With mutual TLS, the default address would be a way around client certificates.
      disableExecuteApiEndpoint: stage.domain?.truststore !== undefined,
      // API Gateway logs with a role of the account, one for all APIs of a region (docs/releases.md).
      cloudWatchRole: false,
      deployOptions: {
        stageName: stage.name,
        ...methodSettings(stage.throttle, true),
        methodOptions: {
          ...Object.fromEntries(readFunctions.map(({ path }) => [`${path}/POST`, methodSettings(readThrottle, false)])),
          ...Object.fromEntries(
            documentRoutes.map(({ path, method }) => [`${path}/${method}`, methodSettings(docsThrottle, false)]),
          ),
        },
        tracingEnabled: true,
        accessLogDestination: new LogGroupLogDestination(this.accessLog),
        accessLogFormat: AccessLogFormat.custom(accessLogLine),
      },
    });
    if (stage.domain?.truststore === undefined) requireModernTls(this.api);
    const signedMethods = [
      addRoute(this.api, { path: cancelPath, method: 'POST' }, cancel, 'METHOD'),
      ...readFunctions.map((read) => addRoute(this.api, { path: read.path, method: 'POST' }, read.function, 'METHOD')),
    ];
    // One permission for all its routes: each would be two resources of the stack otherwise.
    const documentMethods = documentRoutes.map((route) => addRoute(this.api, route, docs, 'API'));
    acknowledgeFindings(this.api, signedMethods, documentMethods);
    addGatewayResponses(this.api);
    if (stage.domain !== undefined) new CustomDomain(this, 'Domain', { api: this.api, domain: stage.domain });
  }
}

interface Route {
  readonly path: string;
  readonly method: string;
}

const documentRoutes: readonly Route[] = documentPaths.flatMap((path) =>
  ['GET', 'HEAD'].map((method) => ({ path, method })),
);

/** @param permitted what may invoke the function: this method only, or the whole API */
function addRoute(api: RestApi, { path, method }: Route, handler: IFunction, permitted: 'METHOD' | 'API'): Method {
  return api.root.resourceForPath(path).addMethod(
    method,
    new LambdaIntegration(handler, {
      proxy: true,
      ...(permitted === 'API' ? { scopePermissionToMethod: false } : { allowTestInvoke: false }),
    }),
  );
}

/**
 * The settings of a route. A route that has any inherits none from the stage, so all are given. Metrics by route cost
 * money: only those of the cancel route are used, by alarms.
 */
function methodSettings({ rate, burst }: Stage['throttle'], metricsEnabled: boolean): MethodDeploymentOptions {
  return {
    throttlingRateLimit: rate,
    throttlingBurstLimit: burst,
    // Execution logs would repeat the access log, and data tracing would log bodies with bank accounts.
    loggingLevel: MethodLoggingLevel.OFF,
    dataTraceEnabled: false,
    metricsEnabled,
  };
}

/** One line of JSON per request. Its request id leads to the log of the function. */
const accessLogLine = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  responseType: '$context.error.responseType',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  integrationStatus: '$context.integration.status',
  firewall: '$context.waf.status',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  traceId: '$context.xrayTraceId',
});

/**
 * TLS 1.3, or 1.2 with forward secrecy, at the default address and at a custom domain: the policy of the API counts for
 * both. Mutual TLS works with none of these policies, and with it the default address is closed.
 */
function requireModernTls(api: RestApi): void {
  const resource = api.node.defaultChild as CfnRestApi;
  resource.securityPolicy = SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;
  resource.endpointAccessMode = 'BASIC';
}

function acknowledgeFindings(api: RestApi, signedMethods: readonly Method[], documentMethods: readonly Method[]): void {
  const signedReason =
    'Every request is signed: the function checks the signature over the raw body with the key of the store, which no ' +
    'authorizer of the gateway gets to see.';
  for (const signedMethod of signedMethods) {
    Validations.of(signedMethod).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-APIG4', reason: signedReason },
      { id: 'AwsSolutions::AwsSolutions-COG4', reason: signedReason },
    );
  }
  const publicReason =
    'Documentation is for everybody, before there is a key to sign with. Its function has no right but to log, and a ' +
    'throttle and instances of its own.';
  for (const documentMethod of documentMethods) {
    Validations.of(documentMethod).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-APIG4', reason: publicReason },
      { id: 'AwsSolutions::AwsSolutions-COG4', reason: publicReason },
    );
  }
  Validations.of(api).acknowledge(
    {
      id: 'AwsSolutions::AwsSolutions-APIG2',
      reason:
        'The function validates, after the signature: the gateway would answer a stranger about the body, and in ' +
        'another order and envelope than the contract has.',
    },
    { id: 'AwsSolutions::AwsSolutions-APIG6', reason: noExecutionLogsReason },
    { id: 'PCI.DSS.321::PCI.DSS.321-APIGWExecutionLoggingEnabled', reason: noExecutionLogsReason },
    {
      id: 'PCI.DSS.321::PCI.DSS.321-APIGWCacheEnabledAndEncrypted',
      reason:
        'There is no cache that could be encrypted: each response is of the state at its moment. A cache would keep ' +
        "merchants' data in one more place.",
    },
    {
      id: 'PCI.DSS.321::PCI.DSS.321-APIGWSSLEnabled',
      reason:
        'A client certificate would prove the gateway to a backend over HTTP, and there is none: the gateway invokes ' +
        'functions through the API of Lambda, over TLS and as IAM allows.',
    },
  );
}

const noExecutionLogsReason =
  'The access log has a line for every request. Execution logs would add headers, and with them access keys and ' +
  'signatures.';

type GatewayRefusal = (typeof gatewayRefusals)[keyof typeof gatewayRefusals];

function addGatewayResponses(api: RestApi): void {
  for (const [type, refusal] of Object.entries(gatewayRefusals)) {
    const isThrottling = type === 'THROTTLED';
    api.addGatewayResponse(`Response${type}`, {
      type: ResponseType.of(type),
      ...(refusal.status === undefined ? {} : { statusCode: String(refusal.status) }),
      responseHeaders: {
        'Content-Type': "'application/json; charset=utf-8'",
        'Cache-Control': "'no-store'",
        ...(isThrottling ? { 'Retry-After': "'1'" } : {}),
      },
      templates: { 'application/json': envelopeTemplate(refusal) },
    });
  }
}

/**
 * The envelope as the gateway can write it. Its templates can only insert values, so the timestamp has the gateway's
 * own format (23/Nov/2026:03:43:47 +0000): AWS offers no ISO 8601 there.
 */
function envelopeTemplate({ resultCode, message }: GatewayRefusal): string {
  return asciiJson({
    resultCode,
    message,
    requestId: '$context.requestId',
    timestamp: '$context.requestTime',
    data: null,
    errors: [],
  });
}
