import type { ErrorObject } from 'ajv';

/** ajv's standalone validator of cancel-request.schema.ts. */
declare const validate: {
  (body: unknown): boolean;
  /** Of the body that was refused last. */
  errors: ErrorObject[];
};
export = validate;
