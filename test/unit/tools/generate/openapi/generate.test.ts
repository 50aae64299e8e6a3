import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { cancelRequestSchema } from '../../../../../lambda/cancel/cancel-request.schema.ts';
import { headerRules } from '../../../../../lambda/contract/header-rules.ts';
import { readHeaders } from '../../../../../lambda/contract/headers.ts';
import { samples } from '../../../../../tools/generate/openapi/samples.ts';
import { describeViolation, type Reason } from '../../../../../lambda/contract/violations.ts';
import { gatewayRefusals, refusals } from '../../../../../lambda/contract/result-codes.ts';
import openApi from '../../../../../docs/openapi.json' with { type: 'json' };
import { demoExamples } from '../../../../../tools/local/demo.ts';
import { openApiFile } from '../../../../../tools/generate/openapi/generate.ts';
import { checkHeaders, documented } from '../../../../support/documented.ts';
import { memoryService } from '../../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../../tools/in-memory/orders.ts';
import {
  type Example,
  exampleRequest,
  exampleText,
  headersOf,
  signatureOf,
} from '../../../../../tools/in-memory/requests.ts';
import { projectRoot, runNode } from '../../../../support/run-node.ts';
import { send } from '../../../../support/send.ts';

interface Media {
  readonly schema: object;
  readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
}

const committed = readFileSync(openApiFile, 'utf8');
const document = JSON.parse(committed) as typeof openApi;
const operation = document.paths['/api/v2/payment/cancel']?.post as unknown as {
  readonly parameters: ReadonlyArray<{ readonly name: string; readonly required: boolean; readonly schema: object }>;
  readonly requestBody: { readonly content: { readonly 'application/json': Media } };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: Readonly<Record<string, Media>> }>
  >;
};
const mediaOf = (status: string) => operation.responses[status]?.content['application/json'];
const ajv = new Ajv2020({ strict: false });

describe('docs/openapi.json', () => {
  test('has nothing for the linter to complain about', async () => {
    const run = await runNode(['node_modules/@redocly/cli/bin/cli.js', 'lint', 'docs/openapi.json', '--format=json'], {
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_NOTIFICATIONS: 'true',
      HOME: projectRoot,
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ totals: { errors: 0, warnings: 0 } });
    expect(run.exitCode).toBe(0);
  });
});

test('patterns use only what regular expressions have in every language: no classes of Unicode', () => {
  const patterns = [...committed.matchAll(/"pattern": (".*")/g)].map(([, text = '""']) => JSON.parse(text) as string);
  expect(patterns.length).toBeGreaterThan(5);
  expect(patterns.filter((pattern) => /\\[pP]/.test(pattern))).toEqual([]);
});

describe('the requests', () => {
  test("are shown by the specification's examples, each with a demo order of its own", () => {
    const { examples } = operation.requestBody.content['application/json'];
    expect(Object.keys(examples)).toEqual(demoExamples.map(({ name }) => name));
    for (const { name, request } of demoExamples) {
      const specified = JSON.parse(exampleText(name, 'request')) as object;
      expect(examples[name]?.value).toEqual(request);
      expect(request).toEqual({ ...specified, orderNo: request.orderNo });
    }
  });

  test('are bounded as the function bounds them', () => {
    const { CancelPaymentRequest } = document.components.schemas;
    const withoutTexts = JSON.parse(JSON.stringify(CancelPaymentRequest), (key, value: unknown) =>
      key === 'description' ? undefined : value,
    ) as object;
    expect({ $id: cancelRequestSchema.$id, ...withoutTexts }).toEqual(JSON.parse(JSON.stringify(cancelRequestSchema)));
  });

  test('have a sentence at each field', () => {
    expect(fieldsWithoutSentence(document.components.schemas.CancelPaymentRequest)).toEqual([]);
  });

  test('explain each format: nobody else has these', () => {
    const { properties } = document.components.schemas.CancelPaymentRequest.properties.refundAccount;
    const ofEach = Object.values(properties).map(({ format, description }) => [
      format,
      description.includes(`The format \`${format}\`: at least one`),
    ]);
    expect(ofEach).toEqual([
      ['account-number', true],
      ['bank-text', true],
      ['bank-text', true],
    ]);
  });
});

describe('the headers', () => {
  test('are those of the contract, as parameters or as security schemes', () => {
    const names = [...operation.parameters, ...Object.values(document.components.securitySchemes)].map(
      ({ name }) => name,
    );
    const free = ['X-System-Language', 'X-Language-Code', 'Accept-Language'];
    const needed = [...Object.keys(headerRules), 'Content-Encoding', ...free];
    // OpenAPI takes the media type from the body.
    expect(names.toSorted()).toEqual(needed.filter((name) => name !== 'Content-Type').toSorted());
    expect(operation.requestBody.content).toHaveProperty(['application/json']);
  });

  test.each([
    ['X-Store-Id', ['STORE-1', 'S'.repeat(64)], ['', 'S'.repeat(65), 'a/b', 'ä']],
    ['X-Ric-Code', ['KIC', 'EIC'], ['kic', 'XXX']],
    ['X-Country-Code', ['KR', 'US'], ['kr', 'KOR', 'XX']],
    ['X-Currency-Code', ['KRW', 'KWD'], ['krw', 'ZZZ']],
    ['X-Idempotency-Key', ['k', '"k', '~'.repeat(128)], ['', 'k'.repeat(129), 'ä', 'k, k']],
    ['Idempotency-Key', ['k', '"k"', `"${'~'.repeat(128)}"`], ['', '""', '"k', 'k"k', 'k'.repeat(129), 'k, k']],
    ['If-Match', ['*', '"O-1.3"', 'W/"O-1.3"'], ['', 'O-1.3', '"O-1"', '"O-1.0"', '"O-1.3", "O-1.4"']],
  ])('%s is documented as it is checked', (name, accepted, refused) => {
    const schema = operation.parameters.find((parameter) => parameter.name === name)?.schema ?? {};
    for (const value of [...accepted, ...refused]) {
      const isAccepted = readHeaders(
        Object.fromEntries(Object.entries(headersOf('{}', { [name]: value })).map(([key, one]) => [key, [one]])),
      ).ok;
      expect([value, isAccepted]).toEqual([value, accepted.includes(value)]);
      expect([value, ajv.validate(schema, value)]).toEqual([value, isAccepted]);
    }
  });

  test('show a signature to compare with, which is right', () => {
    const text = document.components.securitySchemes.signature.description;
    expect(text).toContain(signatureOf('{"orderNo":"A"}', 'demo-hash-key-for-localhost-only'));
  });
});

describe('the responses', () => {
  const statuses = Object.keys(operation.responses);

  test('are all that the function and the gateway give', () => {
    const ofFunction = Object.values(refusals).map(({ status }) => String(status));
    const ofGateway = Object.values(gatewayRefusals).flatMap(({ status }) =>
      status === undefined ? [] : [String(status)],
    );
    expect(statuses.toSorted()).toEqual([...new Set(['200', ...ofFunction, ...ofGateway, '4XX', '5XX'])].toSorted());
  });

  test.each(statuses)('%s has examples that fit its schema', (status) => {
    const examples = Object.values(mediaOf(status)?.examples ?? {});
    expect(examples.length).toBeGreaterThan(0);
    for (const { value } of examples) documented(Number(status.replace('XX', '99')), value);
  });

  test.each<Example>(['full-order', 'item-level', 'partial-amount'])(
    "have the specification's %s example, but for its ids and the offset of its timestamp",
    (example) => {
      const specified = JSON.parse(exampleText(example, 'response')) as { timestamp: string; data: object };
      expect(mediaOf('200')?.examples[example]?.value).toEqual({
        ...specified,
        timestamp: expect.stringContaining(specified.timestamp.slice(0, 23)),
        data: {
          ...specified.data,
          orderNo: expect.stringMatching(/^ORD2025122400\d$/),
          returnRequestId: expect.stringMatching(/^RETREQ/),
        },
      });
    },
  );

  test.each(Object.keys(samples) as Reason[])('%s is described with its messages in both languages', (reason) => {
    const { refusal, violation, others = {} } = samples[reason];
    const { description } = operation.responses[refusals[refusal].status] ?? {};
    for (const language of ['en', 'ko'] as const) {
      for (const sample of [violation, ...Object.values(others)]) {
        expect(description).toContain(describeViolation({ reason, ...sample }, language).message);
      }
      expect(description).toContain(refusals[refusal].message[language]);
    }
  });

  test('have a sentence at each field', () => {
    expect(fieldsWithoutSentence(document.components.schemas.CancelPaymentSuccess)).toEqual([]);
    expect(fieldsWithoutSentence(document.components.schemas.Refusal)).toEqual([]);
  });
});

describe('the detail call', () => {
  const { post } = document.paths['/api/v2/payment/detail'] ?? {};
  const responses = (post?.responses ?? {}) as unknown as typeof operation.responses;

  test.each(Object.keys(responses))('%s has examples that fit its schema', (status) => {
    const { examples = {} } = responses[status]?.content['application/json'] ?? {};
    expect(Object.keys(examples)).not.toEqual([]);
    for (const { value } of Object.values(examples)) {
      documented(Number(status.replace('XX', '99')), value, '/api/v2/payment/detail');
    }
  });

  test('has a sentence at each field', () => {
    expect(fieldsWithoutSentence(document.components.schemas.PaymentDetailRequest)).toEqual([]);
    expect(fieldsWithoutSentence(document.components.schemas.PaymentDetailSuccess)).toEqual([]);
  });
});

test('the text says what whoever sees a signed request can do with it', () => {
  expect(document.components.securitySchemes.signature.description).toContain(
    'The signature covers the body alone: no header and no time.',
  );
});

describe('what is not documented is found', () => {
  test('a header, and a value of one', () => {
    const etag = '"ORD20251224001.2"';
    expect(() => checkHeaders(200, { 'Cache-Control': 'no-store', ETag: etag })).not.toThrow();
    expect(() => checkHeaders(412, { ETag: etag })).not.toThrow();
    expect(() => checkHeaders(200, { ETag: 'ORD20251224001.2' })).toThrow('The header ETag: ORD');
    expect(() => checkHeaders(400, { ETag: etag })).toThrow('The header ETag of a 400 is not documented.');
    expect(() => checkHeaders(200, { 'Retry-After': '1' })).toThrow('The header Retry-After of a 200');
  });

  test('a status', async () => {
    const envelope = await refusedTotal();
    expect(() => documented(302, envelope)).toThrow('The status 302 is not documented.');
  });

  test('a result code, or a reason, of another status', async () => {
    const envelope = await refusedTotal();
    expect(documented(400, envelope)).toBe(envelope);
    expect(() => documented(404, envelope)).toThrow('is no documented 404');
    expect(() => documented(404, { ...envelope, resultCode: 'EBP-Z-0002' })).toThrow('is no documented 404');
  });

  test('a field', async () => {
    const envelope = await refusedTotal();
    expect(() => documented(400, { ...envelope, hint: 'x' })).toThrow('is no documented 400');
  });
});

/** The envelope of a 400 EBP-C-0004 with TOTAL_MISMATCH. */
async function refusedTotal() {
  const body = { ...exampleRequest('full-order'), totalCancelAmount: 1 };
  return (await send(memoryService([orderOf()]), body)).envelope;
}

/** The fields of a schema that have no description. */
function fieldsWithoutSentence(schema: unknown): string[] {
  const {
    properties = {},
    items,
    oneOf = [],
  } = schema as {
    readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
    readonly items?: unknown;
    readonly oneOf?: readonly unknown[];
  };
  return [
    ...Object.entries(properties).flatMap(([name, property]) => [
      ...(property.description === undefined ? [name] : []),
      ...fieldsWithoutSentence(property),
    ]),
    ...(items === undefined ? [] : fieldsWithoutSentence(items)),
    ...oneOf.flatMap(fieldsWithoutSentence),
  ];
}
