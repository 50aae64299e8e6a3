import type { ErrorObject } from 'ajv';
import type { Localized } from './language.ts';

/** What the body of a request to a route must be. */
export interface RequestShape<Body> {
  /** A validator that `npm run generate` has compiled from the route's schema. */
  readonly isRequest: { (body: unknown): body is Body; errors?: ErrorObject[] | null };
  readonly fields: BodyFields;
}

/** The fields that a body may have, for the messages about them. */
export interface BodyFields {
  /** What each field accepts, by its name. Has every name that any object of the body may have. */
  readonly accepted: Readonly<Record<string, Localized>>;
  /** The names of the fields of the object at a JSON Pointer. */
  readonly namesAt: (pointer: string) => readonly string[];
  /** Number of segments of the longest pointer to a field. */
  readonly depth: number;
  /** The fields that may be a number or text. A number that cannot be read exactly has to be sent as text there. */
  readonly mayBeText: ReadonlySet<string>;
}
