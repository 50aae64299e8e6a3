import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { cancelRequestSchema, formats } from '../../lambda/cancel/cancel-request.schema.ts';
import { executionReportSchema } from '../../lambda/events/execution-report.schema.ts';
import { platformEventSchema } from '../../lambda/events/platform-event.schema.ts';
import { detailRequestSchema } from '../../lambda/detail/detail-request.schema.ts';

/** The validators that are generated: the folder in lambda/ of each, and the schema that it checks. */
export const validators = [
  { folder: 'cancel', name: 'cancel-request', schema: cancelRequestSchema, hasMessages: false },
  { folder: 'detail', name: 'detail-request', schema: detailRequestSchema, hasMessages: false },
  // Its errors are for people, and its function need not start fast.
  { folder: 'events', name: 'execution-report', schema: executionReportSchema, hasMessages: true },
  { folder: 'events', name: 'platform-event', schema: platformEventSchema, hasMessages: true },
] as const;

type Validator = (typeof validators)[number];

export function validatorFileOf({ folder, name }: Validator): URL {
  return new URL(`../../lambda/${folder}/${name}.validator.cjs`, import.meta.url);
}

/**
 * A validator as source text. Compiled in advance, so that a function starts without ajv's compiler,
 * which would take longer in a cold start than all our own code.
 */
export function generatedValidator({ name, schema, hasMessages }: Validator): string {
  const code = { source: true, lines: true };
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    discriminator: true,
    messages: hasMessages,
    formats,
    code,
  });
  const validate = ajv.compile(schema);
  const source = (standaloneCode as unknown as typeof standaloneCode.default)(ajv, validate);
  return `// Generated from ${name}.schema.ts by \`npm run generate\`. Do not edit.\n${hasMessages ? source : withShortErrors(source)}\n`;
}

/**
 * The code of a validator with less of each error: only the place, the keyword and the names of fields are read
 * (contract/schema-violations.ts), and every byte of the rest is parsed at a cold start.
 * @throws Error when ajv writes errors in another way
 */
function withShortErrors(source: string): string {
  const short = source.replaceAll(
    /const (err\d+) = \{(instancePath.*?),schemaPath:".*?",keyword:"(\w+)",params:(\{.*?\})\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g,
    (_code, _name, place: string, keyword: string, params: string) => {
      const isRead = keyword === 'required' || keyword === 'additionalProperties';
      return `(vErrors ??= []).push({${place},keyword:"${keyword}"${isRead ? `,params:${params}` : ''}});\n`;
    },
  );
  if (/schemaPath|const err\d/.test(short)) throw new Error('ajv writes errors in another way than it did.');
  const [enumeration] = /schema\d+\.\S+/.exec(short) ?? [];
  return enumeration === undefined ? short.replace(/^const schema\d+ = .*\n/m, '') : short;
}
