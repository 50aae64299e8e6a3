import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { cancelRequestSchema } from '../lambda/contract/cancel-request.schema.ts';
import { detailRequestSchema } from '../lambda/contract/detail-request.schema.ts';

/** What `npm run generate` writes: files of lambda/contract, and the schema that each validates. */
export const validators = [
  { name: 'cancel-request', schema: cancelRequestSchema },
  { name: 'detail-request', schema: detailRequestSchema },
] as const;

type Validator = (typeof validators)[number];

export function validatorFileOf({ name }: Validator): URL {
  return new URL(`../lambda/contract/${name}.validator.cjs`, import.meta.url);
}

/**
 * The validator of a request as source text. Compiled ahead, it starts without ajv's compiler, which would cost a
 * function's cold start more than everything else that is ours.
 */
export function generatedValidator({ name, schema }: Validator): string {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, messages: false, code: { source: true, lines: true } });
  const validate = ajv.compile(schema);
  const code = (standaloneCode as unknown as typeof standaloneCode.default)(ajv, validate);
  return `// Generated from ${name}.schema.ts by \`npm run generate\`. Do not edit.\n${code}\n`;
}
