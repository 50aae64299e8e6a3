import { currencyCodes } from '../../../lambda/domain/money.ts';
import { cancelRequestSchema } from '../../../lambda/cancel/cancel-request.schema.ts';
import { cancelResponseSchema } from '../../../lambda/cancel/cancel-response.schema.ts';
import { countryCodes } from '../../../lambda/contract/countries.ts';
import { detailRequestSchema } from '../../../lambda/detail/detail-request.schema.ts';
import { detailSuccessSchema } from '../../../lambda/detail/detail-response.schema.ts';
import { type HeaderName, headerRules } from '../../../lambda/contract/headers.ts';
import { maxBodyBytes } from '../../../lambda/contract/limits.ts';
import { detailExample, detailRefusals, detailRequestFields, detailResponseFields } from './detail.ts';
import { refusalResponses, type Response } from './refusals.ts';
import * as texts from './texts.ts';
import { cancelPath, detailPath } from '../../../lambda/contract/paths.ts';

/** A request and its answer, as the specification has them. */
export interface OpenApiExample {
  readonly title: string;
  readonly request: unknown;
  readonly response: unknown;
}

/**
 * The API as OpenAPI 3.1, from the very schemas, headers, result codes and messages that the function uses. The function
 * itself does not contain it.
 * @param examples by a name of letters, digits and hyphens
 */
export function openApiDocument(examples: Readonly<Record<string, OpenApiExample>>) {
  const [success, refusal] = cancelResponseSchema.oneOf;
  return {
    openapi: '3.1.1',
    info: {
      title: 'Payment Cancellation (EBP_API_232, EBP_API_237)',
      version: '2',
      summary: 'Cancels a whole order, some products of it, or an amount, and tells what is left of it.',
      description: texts.introduction,
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    // Relative to where the document is served from: every stage serves its own.
    servers: [{ url: '.', description: 'The deployment that serves this document' }],
    tags: [{ name: 'Payment', description: 'What becomes of a payment.' }],
    paths: {
      [cancelPath]: {
        post: {
          tags: ['Payment'],
          operationId: 'cancelPayment',
          summary: 'Cancel Payment',
          description: texts.operation,
          security: [{ accessKey: [], signature: [] }],
          parameters: headerParameters(),
          requestBody: {
            required: true,
            description: bodyText,
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/CancelPaymentRequest' },
                examples: mapValues(examples, ({ title, request }) => ({ summary: title, value: request })),
              },
            },
          },
          responses: {
            '200': successResponse(examples),
            ...refusalResponses(),
          },
        },
      },
      [detailPath]: {
        post: {
          tags: ['Payment'],
          operationId: 'getPaymentDetail',
          summary: 'Get Payment Details',
          description: texts.detailOperation,
          security: [{ accessKey: [], signature: [] }],
          parameters: headerParameters(texts.detailHeaders),
          requestBody: {
            required: true,
            description: bodyText,
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/PaymentDetailRequest' },
                examples: { order: { summary: detailExample.title, value: detailExample.request } },
              },
            },
          },
          responses: {
            '200': {
              description: texts.detailSuccess,
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/PaymentDetailSuccess' },
                  examples: { order: { summary: detailExample.title, value: detailExample.response } },
                },
              },
            },
            ...refusalResponses(detailRefusals),
          },
        },
      },
    },
    components: {
      schemas: {
        CancelPaymentRequest: described(cancelRequestSchema, texts.requestFields),
        CancelPaymentSuccess: described(success, texts.responseFields),
        CancelPaymentRefusal: described(refusal, texts.responseFields),
        PaymentDetailRequest: described(detailRequestSchema, detailRequestFields),
        PaymentDetailSuccess: described(detailSuccessSchema, detailResponseFields),
        BlockedByFirewall: blockedSchema(refusal),
      },
      securitySchemes: {
        accessKey: { type: 'apiKey', in: 'header', name: 'X-Access-Key', description: texts.accessKey },
        signature: { type: 'apiKey', in: 'header', name: 'X-EBP-Signature', description: texts.signature },
      },
    },
  };
}

const bodyText = `At most ${maxBodyBytes} bytes of UTF-8, sent as \`application/json\`, optionally with \`charset=utf-8\`.`;

/** A JSON Schema, as far as fields are looked for in it. */
interface Schema {
  readonly $id?: string;
  readonly properties?: Readonly<Record<string, object>>;
  readonly items?: object;
  readonly oneOf?: readonly object[];
}

/** A schema with a sentence at each field; its id is its name in the document. */
function described(schema: object, sentences: Readonly<Record<string, string>>): object {
  const { $id: _id, properties, items, oneOf, ...others } = schema as Schema;
  return {
    ...others,
    ...(properties && {
      properties: mapValues(properties, (property, name) => ({
        ...described(property, sentences),
        ...(sentences[name] === undefined ? {} : { description: sentences[name] }),
      })),
    }),
    ...(items && { items: described(items, sentences) }),
    ...(oneOf && { oneOf: oneOf.map((one) => described(one, sentences)) }),
  };
}

/** The firewall puts nothing into an answer: no id of the request, and no time. */
function blockedSchema(refusal: Schema): object {
  const nothing = { const: '' };
  return { ...refusal, properties: { ...refusal.properties, requestId: nothing, timestamp: nothing } };
}

function successResponse(examples: Readonly<Record<string, OpenApiExample>>): Response {
  return {
    description: texts.success,
    headers: { 'Idempotent-Replayed': { description: texts.replayed, schema: { const: 'true' } } },
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/CancelPaymentSuccess' },
        examples: mapValues(examples, ({ title, response }) => ({ summary: title, value: response })),
      },
    },
  };
}

/** OpenAPI takes Content-Type and Accept from the bodies, and the two that sign from the security schemes. */
const headersToldElsewhere: ReadonlySet<HeaderName> = new Set(['Content-Type', 'X-Access-Key', 'X-EBP-Signature']);

function headerParameters(sentences = texts.headers) {
  const ruled = headerRules
    .filter(({ name }) => !headersToldElsewhere.has(name))
    .map(({ name, isRequired, accepted, ...rule }) => ({
      name,
      in: 'header',
      required: isRequired,
      description: `${sentences[name]} Send ${accepted.en}.`,
      schema: { type: 'string', ...('pattern' in rule ? { pattern: rule.pattern } : valuesOf(name)) },
      ...(texts.headerExamples[name] === undefined ? {} : { example: texts.headerExamples[name] }),
    }));
  const free = Object.entries(texts.headersWithoutRules).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  return [...ruled, ...free];
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
