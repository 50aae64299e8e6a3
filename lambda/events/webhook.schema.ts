import { executionStatuses } from '../domain/execution.ts';
import { cancellationKinds } from '../domain/cancellation.ts';
import { eventTypes } from './event-names.ts';
import { refundEventSchemas } from './refund-event.schema.ts';
import { webhookFields } from './webhook.ts';

type Properties = Readonly<Record<string, object>>;

/** The fields of every event, by what is said of them there. What differs between events is as wide as all of them. */
const ofEvents: Properties = Object.assign(
  {},
  ...Object.values(refundEventSchemas).map((schema) => propertiesOf(propertiesOf(schema)['data'])),
) as Properties;
const wide: Properties = {
  kind: { enum: cancellationKinds },
  sequence: { type: 'integer', minimum: 0 },
  status: { enum: executionStatuses },
  settlement: {},
};

/** Which of them an event may lack. */
const optional: ReadonlySet<string> = new Set(['origin', 'failureReason', 'pspReference', 'settlement']);

/** What a merchant gets by webhook, for the OpenAPI document. It allows more fields, because some may be added. */
export const webhookSchema = {
  type: 'object',
  description: 'What became of a refund. There may be more fields one day.',
  required: ['type', 'timestamp', 'data'],
  properties: {
    type: { enum: eventTypes, description: 'What happened.' },
    timestamp: { type: 'string', format: 'date-time', description: 'When it happened: ISO 8601 in UTC.' },
    data: {
      type: 'object',
      required: webhookFields.filter((name) => !optional.has(name)),
      properties: Object.fromEntries(webhookFields.map((name) => [name, schemaOf(name)])),
    },
  },
};

function propertiesOf(schema: object | undefined): Properties {
  const { properties = {} } = (schema ?? {}) as { readonly properties?: Properties };
  return properties;
}

/** Without the one value that a field has in one event, where it has others in others. */
function schemaOf(name: string): object {
  const schema = ofEvents[name] ?? {};
  const inAll = wide[name];
  if (inAll === undefined) return schema;
  const { const: _value, ...others } = schema as { readonly const?: unknown };
  return { ...others, ...inAll };
}
