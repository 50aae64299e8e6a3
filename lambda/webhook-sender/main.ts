import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createDocumentClient } from '../dynamodb/client.ts';
import { createEndpointRepository } from '../dynamodb/endpoint-repository.ts';
import { senderMetricNames } from '../environment/metric-names.ts';
import { systemRuntime } from '../environment/runtime.ts';
import { allowsLocalReceiver, readSenderVariables } from '../environment/variables.ts';
import { createDeadLetters } from '../events/dead-letters.ts';
import { createEventTelemetry } from '../events/event-telemetry.ts';
import { createRedelivery } from '../events/redelivery.ts';
import { createCallEndpoint } from './call-endpoint.ts';
import { createDeliver } from './deliver.ts';
import { createResolve } from './resolve.ts';
import { createWebhookSender } from './send-webhooks.ts';

// The entry of the webhook sender: wiring only.
const variables = readSenderVariables(process.env);
const { now, random } = systemRuntime;
const sqs = new SQSClient({});
const endpoints = createEndpointRepository(createDocumentClient(), variables.endpointsTable);
const deliver = createDeliver({ resolve: createResolve(), https, http });

export const handler = createWebhookSender({
  endpoints,
  callEndpoint: createCallEndpoint({ endpoints, deliver, allowsLocal: allowsLocalReceiver(process.env), now }),
  redelivery: createRedelivery(sqs, variables.queue),
  deadLetters: createDeadLetters(sqs, variables.deadLetters),
  report: createEventTelemetry('send-webhook', senderMetricNames, variables, now),
  now,
  random,
});
