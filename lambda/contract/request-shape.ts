import type { ErrorObject } from 'ajv';
import type { Places } from './find-lossy-values.ts';
import type { BodyFields } from './schema-violations.ts';

/** What the body of a route has to be; fields and places are the cancel request's unless told. */
export interface RequestShape {
  /** A validator that `npm run generate` has compiled. */
  readonly isRequest: { (body: unknown): boolean; errors?: ErrorObject[] | null };
  readonly fields?: BodyFields;
  readonly places?: Places;
}
