import type { ErrorObject } from 'ajv';
import type { CancellationRequest } from '../domain/cancellation.ts';

/** ajv's standalone validator of cancel-request.schema.ts. */
declare const validate: {
  (body: unknown): body is CancellationRequest;
  /** Of the body that was refused last. */
  errors?: ErrorObject[] | null;
};
export = validate;
