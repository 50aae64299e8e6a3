import type { ErrorObject } from 'ajv';
import type { DetailRequest } from './detail-request.ts';

/** ajv's standalone validator of detail-request.schema.ts. */
declare const validate: {
  (body: unknown): body is DetailRequest;
  /** Of the body that was refused last. */
  errors?: ErrorObject[] | null;
};
export = validate;
