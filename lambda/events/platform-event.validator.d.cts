import type { ErrorObject } from 'ajv';
import type { PlatformMessage } from './platform-event.ts';

/** ajv's standalone validator of platform-event.schema.ts. */
declare const validate: {
  (event: unknown): event is PlatformMessage;
  /** Of the event that was refused last. */
  errors?: ErrorObject[] | null;
};
export = validate;
