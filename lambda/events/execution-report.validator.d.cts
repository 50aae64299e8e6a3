import type { ErrorObject } from 'ajv';
import type { ReportEvent } from './execution-report.ts';

/** ajv's standalone validator of execution-report.schema.ts. */
declare const validate: {
  (event: unknown): event is ReportEvent;
  /** Of the event that was refused last. */
  errors?: ErrorObject[] | null;
};
export = validate;
