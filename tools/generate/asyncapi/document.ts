import {
  type EventType,
  eventTypes,
  executorSource,
  type PlatformEventType,
  platformEventTypes,
  platformSource,
  reportType,
  requestTypes,
  serviceSource,
} from '../../../lambda/events/event-names.ts';
import { executionReportSchema } from '../../../lambda/events/execution-report.schema.ts';
import { eventMeanings, refundEventSchemas } from '../../../lambda/events/refund-event.schema.ts';
import { platformEventMeanings, platformEventSchemas } from '../../../lambda/events/platform-event.schema.ts';
import { currencyCodes } from '../../../lambda/domain/money.ts';
import { busNameOf, stageNames } from '../../../lib/stages.ts';
import type { EventExample, EventExamples } from './examples.ts';
import type { PlatformExamples } from './platform-examples.ts';
import * as texts from './texts.ts';

/** The events as AsyncAPI 3.0, made of the schemas that what comes in is checked with and events are tested by. */
export function asyncApiDocument(events: EventExamples, platform: PlatformExamples, reports: readonly EventExample[]) {
  const outcomes = eventTypes.filter((type) => eventMeanings[type].status !== 'REQUESTED');
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Orders and refunds of the payment cancellation service',
      version: '1.0.0',
      description: texts.introduction,
      tags: [
        { name: 'Orders', description: 'What platforms say of orders and payments.' },
        { name: 'Refunds', description: 'What is asked of executors, and what became of it.' },
      ],
    },
    defaultContentType: 'application/json',
    servers: {
      eventBridge: {
        host: 'events.{region}.amazonaws.com',
        protocol: 'https',
        description: texts.server,
        security: [sigV4],
        variables: { region: { description: 'The region of the stage.' } },
      },
    },
    channels: {
      refunds: {
        address: busNameOf('dev').replace('dev', '{stage}'),
        title: 'The bus of a stage',
        description: texts.channel,
        servers: [{ $ref: '#/servers/eventBridge' }],
        parameters: { stage: { description: 'The deployment.', enum: stageNames } },
        messages: Object.fromEntries(
          [...platformEventTypes, ...eventTypes, reportType].map((type) => [
            nameOf(type),
            { $ref: `#/components/messages/${nameOf(type)}` },
          ]),
        ),
      },
    },
    operations: {
      takeOrders: operationOf('receive', texts.takeOrders, platformEventTypes),
      askForRefunds: operationOf('send', texts.askForRefunds, requestTypes),
      announceOutcomes: operationOf('send', texts.announceOutcomes, outcomes),
      takeReports: operationOf('receive', texts.takeReports, [reportType]),
    },
    components: {
      securitySchemes: {
        sigV4: { type: 'http', scheme: 'AWS4-HMAC-SHA256', description: texts.sigV4 },
      },
      messages: {
        ...Object.fromEntries(platformEventTypes.map((type) => [nameOf(type), platformMessage(type, platform[type])])),
        ...Object.fromEntries(eventTypes.map((type) => [nameOf(type), eventMessage(type, events[type])])),
        [nameOf(reportType)]: reportMessage(reports),
      },
      schemas: {
        ...Object.fromEntries(
          platformEventTypes.map((type) => [nameOf(type), withSharedCurrencies(platformEventSchemas[type])]),
        ),
        ...Object.fromEntries(eventTypes.map((type) => [nameOf(type), withSharedCurrencies(refundEventSchemas[type])])),
        [nameOf(reportType)]: withSharedCurrencies(reportSchema()),
        CurrencyCode: currencySchema,
      },
    },
  };
}

const sigV4 = { $ref: '#/components/securitySchemes/sigV4' };

/** payment.refund_requested.v1 is PaymentRefundRequestedV1. */
function nameOf(type: string): string {
  return type.replaceAll(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function operationOf(
  action: 'send' | 'receive',
  { summary, description }: texts.OperationText,
  types: readonly string[],
) {
  return {
    action,
    summary,
    description,
    security: [sigV4],
    channel: { $ref: '#/channels/refunds' },
    messages: types.map((type) => ({ $ref: `#/channels/refunds/messages/${nameOf(type)}` })),
  };
}

function eventMessage(type: EventType, examples: readonly EventExample[]) {
  const { title, description } = eventMeanings[type];
  return messageOf({ type, source: serviceSource, title, description, examples });
}

function platformMessage(type: PlatformEventType, examples: readonly EventExample[]) {
  const { title, description } = platformEventMeanings[type];
  return messageOf({ type, source: platformSource, title, description, examples });
}

function reportMessage(examples: readonly EventExample[]) {
  const { title, description } = texts.report;
  return messageOf({ type: reportType, source: executorSource, title, description, examples });
}

function messageOf({
  type,
  source,
  title,
  description,
  examples,
}: {
  readonly type: string;
  readonly source: string;
  readonly title: string;
  readonly description: string;
  readonly examples: readonly EventExample[];
}) {
  return {
    name: type,
    title,
    summary: title,
    description: `${description} ${texts.entry(source, type)}`,
    contentType: 'application/json',
    payload: { $ref: `#/components/schemas/${nameOf(type)}` },
    examples,
  };
}

function reportSchema(): object {
  const { $id: _id, ...schema } = executionReportSchema;
  return { title: texts.report.title, description: texts.report.description, ...schema };
}

const currencySchema = { title: 'A currency', type: 'string', enum: currencyCodes().toSorted() };

/** A schema with a reference to the long list of currencies in the place of each copy. */
function withSharedCurrencies(schema: object): object {
  const fields = Object.entries(schema).map(([name, value]: [string, unknown]) => {
    if (name === 'currencyCode') {
      const { description } = value as { readonly description: string };
      return [name, { allOf: [{ $ref: '#/components/schemas/CurrencyCode' }], description }];
    }
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [name, isObject ? withSharedCurrencies(value) : value];
  });
  return Object.fromEntries(fields);
}
