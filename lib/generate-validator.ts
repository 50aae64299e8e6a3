import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { cancelRequestSchema } from '../lambda/contract/cancel-request.schema.ts';

export const validatorFile = new URL('../lambda/contract/cancel-request.validator.cjs', import.meta.url);

/**
 * The validator of the cancel request as source text. Compiled ahead, it starts without ajv's compiler, which would
 * cost the function's cold start more than everything else that is ours.
 */
export function generatedValidator(): string {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, messages: false, code: { source: true, lines: true } });
  const validate = ajv.compile(cancelRequestSchema);
  const code = (standaloneCode as unknown as typeof standaloneCode.default)(ajv, validate);
  return `// Generated from cancel-request.schema.ts by \`npm run generate\`. Do not edit.\n${code}\n`;
}
