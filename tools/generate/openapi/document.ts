import { countryCodes } from '../../../lambda/contract/countries.ts';
import { refusalSchema } from '../../../lambda/contract/envelope.schema.ts';
import {
  type FreeHeaderName,
  type HeaderName,
  type HeaderRule,
  headerRules,
} from '../../../lambda/contract/header-rules.ts';
import { signedCalls } from '../../../lambda/contract/paths.ts';
import { maxBodyBytes } from '../../../lambda/contract/limits.ts';
import { currencyCodes } from '../../../lambda/domain/money.ts';
import type { DocumentedRoute } from './documented-route.ts';
import { type OpenApiResponse, refusalResponses } from './refusals.ts';
import * as texts from './texts.ts';
import { webhooks, webhookSchemas } from './webhook.ts';

/** The API as OpenAPI 3.1, made of the same schemas, headers, result codes and messages that the functions use. */
export function openApiDocument(routes: readonly DocumentedRoute[]) {
  return {
    openapi: '3.1.1',
    info: {
      title: `Payment Cancellation (${signedCalls.map(({ apiId }) => apiId).join(', ')})`,
      version: '2',
      summary: 'Cancels a whole order, some products of it, or an amount, and returns what can still be canceled.',
      description: texts.introduction,
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    // Relative to where the document is served from: every stage serves its own.
    servers: [{ url: '.', description: 'The deployment that serves this document' }],
    tags: [{ name: 'Payment', description: 'Cancels payments, and shows what was canceled.' }],
    paths: Object.fromEntries(routes.map((route) => [route.path, { post: operationOf(route) }])),
    webhooks: webhooks(),
    components: {
      schemas: {
        ...Object.fromEntries(
          routes.flatMap(({ request, success }) => [
            [request.name, withDescriptions(request.schema, request.fields)],
            [success.name, success.schema],
          ]),
        ),
        ...webhookSchemas,
        Refusal: refusalSchema,
        BlockedByFirewall: blockedSchema,
      },
      securitySchemes: {
        accessKey: { type: 'apiKey', in: 'header', name: 'X-Access-Key', description: texts.accessKey },
        signature: { type: 'apiKey', in: 'header', name: 'X-EBP-Signature', description: texts.signature },
      },
    },
  };
}

function operationOf(route: DocumentedRoute) {
  const { operationId, summary, description, headers, request, examples } = route;
  return {
    tags: ['Payment'],
    operationId,
    summary,
    description,
    security: [{ accessKey: [], signature: [] }],
    parameters: headerParameters(headers),
    requestBody: {
      required: true,
      description: texts.body(maxBodyBytes),
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${request.name}` },
          examples: mapValues(examples, ({ title, request: value }) => ({ summary: title, value })),
        },
      },
    },
    responses: { '200': successResponse(route), ...refusalResponses(route) },
  };
}

function successResponse({ success: { name, description, headers }, examples }: DocumentedRoute): OpenApiResponse {
  return {
    description,
    headers,
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${name}` },
        examples: mapValues(examples, ({ title, response: value }) => ({ summary: title, value })),
      },
    },
  };
}

/** The parts of a JSON Schema that contain fields. */
interface Schema {
  readonly $id?: string;
  readonly properties?: Readonly<Record<string, object>>;
  readonly items?: object;
}

/** A schema with a description at each field. Its id is left out: the document has a name for it. */
function withDescriptions(schema: object, sentences: Readonly<Record<string, string>>): object {
  const { $id: _id, properties, items, ...others } = schema as Schema;
  return {
    ...others,
    ...(properties && {
      properties: mapValues(properties, (property, name) => ({
        ...withDescriptions(property, sentences),
        ...(sentences[name] === undefined ? {} : { description: sentences[name] }),
      })),
    }),
    ...(items && { items: withDescriptions(items, sentences) }),
  };
}

/** The firewall sends a fixed text: request id and time are empty. */
const blockedSchema = {
  ...refusalSchema,
  properties: { ...refusalSchema.properties, requestId: { const: '' }, timestamp: { const: '' } },
};

/** OpenAPI describes Content-Type with the bodies, and the two headers that sign with the security schemes. */
const headersDescribedElsewhere: ReadonlySet<string> = new Set<HeaderName>([
  'Content-Type',
  'X-Access-Key',
  'X-EBP-Signature',
]);

function headerParameters(meanings: DocumentedRoute['headers']) {
  const ruled = (Object.entries(headerRules) as Array<[HeaderName, HeaderRule]>)
    .filter(([name]) => !headersDescribedElsewhere.has(name))
    .map(([name, { isRequired, accepted, pattern }]) => ({
      name,
      in: 'header',
      required: isRequired,
      description: `${meanings[name]} Send ${accepted.en}.`,
      schema: { type: 'string', ...(pattern === undefined ? valuesOf(name) : { pattern }) },
      ...(texts.headerExamples[name] === undefined ? {} : { example: texts.headerExamples[name] }),
    }));
  const free = (Object.entries(texts.freeHeaders) as Array<[FreeHeaderName, string]>).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  const contentEncoding = {
    name: 'Content-Encoding',
    in: 'header',
    required: false,
    description: texts.contentEncoding,
    schema: { enum: ['identity'] },
  };
  return [...ruled, contentEncoding, ...free];
}

function valuesOf(name: HeaderName): object {
  if (name === 'X-Country-Code') return { enum: countryCodes() };
  if (name === 'X-Currency-Code') return { enum: currencyCodes().toSorted() };
  return { maxLength: 64 };
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, name: string) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
