import { EndpointType, LambdaIntegration, MethodLoggingLevel, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { gatewayRefusals } from '../lambda/contract/result-codes.ts';
import type { Stage } from './stages.ts';

/** The regional REST API: one route to the function, and the contract's envelope for what the gateway answers itself. */
export class CancelApi extends Construct {
  readonly api: RestApi;

  constructor(
    scope: Construct,
    id: string,
    { stage, handler }: { readonly stage: Stage; readonly handler: IFunction },
  ) {
    super(scope, id);
    this.api = new RestApi(this, 'Api', {
      restApiName: `payment-cancel-${stage.name}`,
      description: 'Cancel Payment (EBP_API_232)',
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName: stage.name,
        throttlingRateLimit: stage.throttle.rate,
        throttlingBurstLimit: stage.throttle.burst,
        loggingLevel: MethodLoggingLevel.OFF,
        // Data tracing would write bodies, and with them bank accounts, into the log.
        dataTraceEnabled: false,
      },
    });
    this.api.root
      .resourceForPath('/api/v2/payment/cancel')
      .addMethod('POST', new LambdaIntegration(handler, { proxy: true, allowTestInvoke: false }));
    addGatewayResponses(this.api);
  }
}

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
 * The envelope as the gateway can write it. Its templates only put values in, so the timestamp is in the gateway's own
 * format (23/Nov/2026:03:43:47 +0000): AWS has no ISO 8601 one to offer there.
 */
function envelopeTemplate({ resultCode, message }: GatewayRefusal): string {
  return JSON.stringify({
    resultCode,
    message,
    requestId: '$context.requestId',
    timestamp: '$context.requestTime',
    data: null,
    errors: [],
  });
}
