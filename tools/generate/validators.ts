import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { cancelRequestSchema, formats } from '../../lambda/cancel/cancel-request.schema.ts';
import { detailRequestSchema } from '../../lambda/detail/detail-request.schema.ts';

/** The validators that are generated: the folder in lambda/ of each, and the schema that it checks. */
export const validators = [
  { folder: 'cancel', name: 'cancel-request', schema: cancelRequestSchema },
  { folder: 'detail', name: 'detail-request', schema: detailRequestSchema },
] as const;

type Validator = (typeof validators)[number];

export function validatorFileOf({ folder, name }: Validator): URL {
  return new URL(`../../lambda/${folder}/${name}.validator.cjs`, import.meta.url);
}

/**
 * The validator of a request as source text. Compiled in advance, so that a function starts without ajv's compiler,
 * which would take longer in a cold start than all our own code.
 */
export function generatedValidator({ name, schema }: Validator): string {
  const code = { source: true, lines: true };
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, messages: false, formats, code });
  const validate = ajv.compile(schema);
  const source = (standaloneCode as unknown as typeof standaloneCode.default)(ajv, validate);
  return `// Generated from ${name}.schema.ts by \`npm run generate\`. Do not edit.\n${source}\n`;
}
