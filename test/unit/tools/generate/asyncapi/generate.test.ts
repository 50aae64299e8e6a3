import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import asyncApi from '../../../../../docs/asyncapi.json' with { type: 'json' };
import { executionReportSchema } from '../../../../../lambda/events/execution-report.schema.ts';
import { readReport } from '../../../../../lambda/events/execution-report.ts';
import { eventTypes, platformEventTypes, reportType, requestTypes } from '../../../../../lambda/events/event-names.ts';
import { platformEventSchemas } from '../../../../../lambda/events/platform-event.schema.ts';
import { readPlatformEvent } from '../../../../../lambda/events/platform-event.ts';
import { refundEventSchemas } from '../../../../../lambda/events/refund-event.schema.ts';
import { busNameOf, stageNames } from '../../../../../lib/stages.ts';
import { asyncApiFile, generatedAsyncApi } from '../../../../../tools/generate/asyncapi/generate.ts';
import { projectRoot, runNode } from '../../../../support/run-node.ts';

interface Message {
  readonly name: string;
  readonly description: string;
  readonly payload: { readonly $ref: string };
  readonly examples: ReadonlyArray<{ readonly name: string; readonly payload: unknown }>;
}

const messages = Object.values(asyncApi.components.messages) as readonly Message[];
/** Each message with each of its examples. */
const examples = messages.flatMap((message) => message.examples.map((example) => ({ ...example, message })));

describe('docs/asyncapi.json', () => {
  test('is committed as it is generated: run `npm run generate`', () => {
    expect(readFileSync(asyncApiFile, 'utf8')).toBe(generatedAsyncApi());
  });

  test('has nothing for the linter to complain about', async () => {
    const run = await runNode(['node_modules/@redocly/cli/bin/cli.js', 'lint', 'docs/asyncapi.json', '--format=json'], {
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_NOTIFICATIONS: 'true',
      HOME: projectRoot,
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ totals: { errors: 0, warnings: 0 } });
    expect(run.exitCode).toBe(0);
  });

  test("fits AsyncAPI's own JSON Schema", () => {
    const { schemas } = createRequire(import.meta.url)('@asyncapi/specs') as { schemas: Record<string, object> };
    // It contains the schema of schemas itself.
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, validateSchema: false, meta: false });
    const validate = ajv.compile(schemas[asyncApi.asyncapi] ?? {});
    expect(validate(asyncApi) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...asyncApi, operations: { takeReports: { action: 'reply' } } })).toBe(false);
  });

  test('has a message for each event and for reports, each in one operation', () => {
    expect(messages.map(({ name }) => name)).toEqual([...platformEventTypes, ...eventTypes, reportType]);
    const { takeOrders, askForRefunds, announceOutcomes, takeReports } = asyncApi.operations;
    const used = [takeOrders, askForRefunds, announceOutcomes, takeReports].map((operation) =>
      operation.messages.map(({ $ref }) => (resolved((resolved($ref) as Message['payload']).$ref) as Message).name),
    );
    expect(used).toEqual([
      platformEventTypes,
      requestTypes,
      eventTypes.filter((type) => !requestTypes.some((request) => request === type)),
      [reportType],
    ]);
  });

  test('names the bus of each stage', () => {
    const { address, parameters } = asyncApi.channels.refunds;
    expect(parameters.stage.enum).toEqual(stageNames);
    expect(stageNames.map((stage) => address.replace('{stage}', stage))).toEqual(stageNames.map(busNameOf));
  });

  test.each(messages)(
    'says with which Source and DetailType $name is put on the bus',
    ({ name, description, examples }) => {
      const [source] = new Set(examples.map(({ payload }) => (payload as { source: string }).source));
      expect(description).toContain(`\`Source\` \`${source}\` and \`DetailType\` \`${name}\``);
    },
  );

  test('has the schemas that events are tested by, and that what comes in is checked with', () => {
    const { CurrencyCode, ...schemas } = asyncApi.components.schemas;
    const inFull = Object.values(schemas).map((schema) => {
      const text = JSON.stringify(schema).replaceAll(/"allOf":\[\{"\$ref":"[^"]*CurrencyCode"\}\]/g, () =>
        JSON.stringify({ enum: CurrencyCode.enum }).slice(1, -1),
      );
      return JSON.parse(text) as object;
    });
    const { $id: _id, ...reports } = executionReportSchema;
    expect(inFull.slice(0, -1)).toEqual([
      ...platformEventTypes.map((type) => plain(platformEventSchemas[type])),
      ...eventTypes.map((type) => plain(refundEventSchemas[type])),
    ]);
    expect(inFull.at(-1)).toMatchObject(plain(reports));
  });

  test.each(examples)('the example $name of $message.name fits its schema', ({ payload, message }) => {
    const ajv = new Ajv({ strict: false }).addSchema(asyncApi, 'document');
    const validate = ajv.compile({ $ref: `document${message.payload.$ref}` });
    expect(validate(payload) ? [] : validate.errors).toEqual([]);
    expect(payload).toHaveProperty('type', message.name);
  });

  test('has no example of an event of the platform that would be refused', () => {
    const events = examples.filter(({ message }) => platformEventTypes.some((type) => type === message.name));
    expect(new Set(events.map(({ message }) => message.name)).size).toBe(platformEventTypes.length);
    expect(events.map(({ payload }) => readPlatformEvent(JSON.stringify({ detail: payload })))).toEqual(
      events.map(() => expect.objectContaining({ ok: true })),
    );
  });

  test('has no example of a report that would be refused', () => {
    const reports = examples.filter(({ message }) => message.name === reportType);
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.map(({ payload }) => readReport(payload))).toEqual(
      reports.map(() => expect.objectContaining({ ok: true })),
    );
  });
});

function plain(schema: object): object {
  return JSON.parse(JSON.stringify(schema)) as object;
}

/** What a reference within the document leads to. */
function resolved(ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>>)[name], asyncApi);
}
