import type { ErrorObject } from 'ajv';

/** ajv's standalone validator of detail-request.schema.ts. */
declare const validate: {
  (body: unknown): boolean;
  errors?: ErrorObject[] | null;
};
export = validate;
